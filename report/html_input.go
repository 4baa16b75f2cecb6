package report

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// inputView is the head of the fold in which an item's input stands. The input itself
// is on the page packed, for all items together, and is put there when the fold opens.
type inputView struct {
	Line int
	File string
}

func viewInput(it *Item) *inputView {
	if it.Input == nil || it.Input.Entry == "" {
		return nil
	}
	return &inputView{it.Input.Line, it.Input.File}
}

// packInputs packs how the inputs of all items are coloured, as one JSON object: name of
// the item to the runs of its entry and, where a section draws it, of the source. The
// texts themselves are in report.json.
func packInputs(r *Report) (string, error) {
	all := make(map[string][]string)
	for i := range r.Items {
		in := r.Items[i].Input
		if in == nil || in.Entry == "" {
			continue
		}
		var list []string
		for _, part := range []struct{ language, text string }{{"TOML", in.Entry}, {"Go", in.Source}} {
			if part.text == "" {
				continue
			}
			runs, err := colour(part.language, part.text)
			if err != nil {
				return "", err
			}
			list = append(list, runs)
		}
		all[r.Items[i].ID] = list
	}
	data, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	return pack(data)
}

// coloured remembers what was coloured: a page is made many times of the same sources.
var coloured sync.Map

// colour says how a text in a language that chroma knows is coloured: runs of a letter for
// the class, "-" for plain text, and a length in UTF-16 units, as scripts count them:
// "k7-1f4". No markup is made of the text, here or on the page.
func colour(language, text string) (string, error) {
	key := language + " " + text
	if done, ok := coloured.Load(key); ok {
		return done.(string), nil
	}
	lexer := lexers.Get(language)
	if lexer == nil {
		return "", fmt.Errorf("chroma knows no language %q", language)
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	class, length := byte('-'), 0
	for _, t := range tokens.Tokens() {
		if c := classOf(t.Type); c != class {
			writeRun(&b, class, length)
			class, length = c, 0
		}
		length += len(utf16.Encode([]rune(t.Value)))
	}
	writeRun(&b, class, length)
	coloured.Store(key, b.String())
	return b.String(), nil
}

func writeRun(b *strings.Builder, class byte, length int) {
	if length > 0 {
		b.WriteByte(class)
		b.WriteString(strconv.Itoa(length))
	}
}

// classOf is the few classes that the style sheet has colours for.
func classOf(t chroma.TokenType) byte {
	switch {
	case t.InCategory(chroma.Comment):
		return 'c'
	case t.InCategory(chroma.Keyword):
		return 'k'
	case t.InSubCategory(chroma.LiteralString):
		return 's'
	case t.InSubCategory(chroma.LiteralNumber):
		return 'm'
	case t == chroma.NameFunction:
		return 'f'
	}
	return '-'
}
