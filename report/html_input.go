package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
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

// packInputs packs the highlighted inputs of all items as one JSON object: id of the item
// to the HTML of its entry and, where a section draws it, of the source.
func packInputs(r *Report) (string, error) {
	all := make(map[string][]string)
	for i := range r.Items {
		in := r.Items[i].Input
		if in == nil || in.Entry == "" {
			continue
		}
		entry, err := highlight("TOML", in.Entry)
		if err != nil {
			return "", err
		}
		list := []string{entry}
		if in.Source != "" {
			source, err := highlight("Go", in.Source)
			if err != nil {
				return "", err
			}
			list = append(list, source)
		}
		all[anchor(r.Items[i].ID)] = list
	}
	data, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	return pack(data)
}

// highlighted remembers what was coloured: a page is made many times of the same sources.
var highlighted sync.Map

// highlight colours a text in a language that chroma knows. Whatever the text holds,
// chroma escapes it.
func highlight(language, text string) (string, error) {
	key := language + " " + text
	if done, ok := highlighted.Load(key); ok {
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
	var b bytes.Buffer
	// The colours are in the style sheet of the page, by the classes of the tokens.
	format := html.New(html.WithClasses(true), html.PreventSurroundingPre(true))
	if err := format.Format(&b, styles.Fallback, tokens); err != nil {
		return "", err
	}
	highlighted.Store(key, b.String())
	return b.String(), nil
}
