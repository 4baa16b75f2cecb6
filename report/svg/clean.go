package svg

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// What ECharts draws with. Anything else in its output is refused: the drawing stands
// inside the page, where a surprise would be markup of ours.
var elements = map[string]bool{
	"svg": true, "g": true, "rect": true, "path": true, "circle": true, "ellipse": true,
	"line": true, "polyline": true, "polygon": true, "text": true, "tspan": true,
	"defs": true, "clipPath": true, "linearGradient": true, "radialGradient": true,
	"stop": true, "pattern": true,
}

// Attributes that only serve a browser's pointer and ECharts' own hydration.
var dropped = map[string]bool{"class": true, "pointer-events": true, "baseProfile": true, "version": true, "xlink": true}

// clean writes the drawing anew with ids of its own, a title for screen readers, and
// only elements and attributes that have a place in a still picture.
func clean(drawing, id, title string) ([]byte, error) {
	d := xml.NewDecoder(strings.NewReader(drawing))
	w := writer{prefix: Slug(id) + "-"}
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return []byte(w.b.String()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("not well-formed SVG: %w", err)
		}
		if err := w.token(t, title); err != nil {
			return nil, err
		}
	}
}

type writer struct {
	b      strings.Builder
	prefix string
	skip   int  // depth inside an element that is left out
	open   bool // the last start tag still lacks its end
}

// endTag closes a start tag that something follows.
func (w *writer) endTag() {
	if w.open {
		w.b.WriteByte('>')
		w.open = false
	}
}

func (w *writer) token(t xml.Token, title string) error {
	switch t := t.(type) {
	case xml.StartElement:
		// The sheet holds hover rules only, and inside a page it would be global.
		if t.Name.Local == "style" || w.skip > 0 || superfluousStop(t) {
			w.skip++
			return nil
		}
		return w.start(t, title)
	case xml.EndElement:
		if w.skip > 0 {
			w.skip--
			return nil
		}
		if w.open {
			w.b.WriteString("/>")
			w.open = false
			return nil
		}
		w.b.WriteString("</" + t.Name.Local + ">")
	case xml.CharData:
		if text := string(t); w.skip == 0 && strings.Trim(text, "\n") != "" {
			w.endTag()
			w.b.WriteString(escape(text))
		}
	}
	return nil
}

func (w *writer) start(t xml.StartElement, title string) error {
	name := t.Name.Local
	if !elements[name] {
		return fmt.Errorf("element <%s> has no place in a figure", name)
	}
	w.endTag()
	w.b.WriteString("<" + name)
	for _, a := range compact(name, t.Attr) {
		if err := w.attr(a); err != nil {
			return err
		}
	}
	if name != "svg" {
		w.open = true
		return nil
	}
	w.b.WriteString(rootText + ` role="img">`)
	w.b.WriteString("<title>" + escape(title) + "</title>")
	return nil
}

// ECharts numbers its ids through a counter of the engine (zr0-c1, zr7-g2), so they
// would depend on what was drawn before; each figure gets its own name instead.
var engineID = regexp.MustCompile(`\bzr[0-9]+-`)

// outside matches a url() that does not point into the drawing.
var outside = regexp.MustCompile(`(?i)url\(\s*['"]?[^#'")\s]`)

func (w *writer) attr(a xml.Attr) error {
	name := a.Name.Local
	low := strings.ToLower(name)
	switch {
	case dropped[name], strings.HasPrefix(name, "ecmeta_"):
		return nil
	case strings.HasPrefix(low, "on"):
		return fmt.Errorf("event handler %q has no place in a figure", low)
	case low == "href" && !strings.HasPrefix(a.Value, "#"), outside.MatchString(a.Value):
		return errors.New("a figure must not refer to anything outside it")
	}
	if a.Name.Space != "" && a.Name.Space != "xmlns" {
		name = a.Name.Space + ":" + name
	}
	value := a.Value
	if name == "id" || name == "href" || strings.Contains(value, "url(") {
		value = engineID.ReplaceAllString(value, w.prefix)
	}
	w.b.WriteString(" " + name + `="` + escape(value) + `"`)
	return nil
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape also replaces what XML cannot carry at all, such as control characters.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return '�'
		}
		return r
	}, s)
	return escaper.Replace(s)
}

// Slug turns a name into one that is safe as an id and as a file name: lower-case
// letters, digits and dashes, at most 80 of them; "figure" if nothing is left.
func Slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if b.Len() >= 80 {
			break
		}
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s
	}
	return "figure"
}
