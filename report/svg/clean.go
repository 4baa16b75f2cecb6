package svg

import (
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// What ECharts draws with. Anything else in its output is refused.
var elements = map[string]bool{
	"svg": true, "g": true, "rect": true, "path": true, "circle": true, "ellipse": true,
	"line": true, "polyline": true, "polygon": true, "text": true, "tspan": true,
	"defs": true, "clipPath": true, "linearGradient": true, "radialGradient": true,
	"stop": true, "pattern": true, "title": true,
}

// Attributes that only serve a browser's pointer and ECharts' own hydration.
var dropped = map[string]bool{"class": true, "pointer-events": true, "baseProfile": true, "version": true, "xlink": true}

// clean writes the drawing anew with ids of its own, a title for screen readers, only
// elements and attributes that have a place in a still picture, and in few bytes.
func clean(drawing, id, title string) ([]byte, error) {
	root, err := parse(drawing, Slug(id)+"-")
	if err != nil {
		return nil, err
	}
	shrink(root)
	root.attrs = append(root.attrs, rootText...)
	root.children = append([]*node{{name: "title", children: []*node{{text: title}}}}, root.children...)
	var b strings.Builder
	root.write(&b)
	return []byte(b.String()), nil
}

// ECharts numbers its ids through a counter of the engine (zr0-c1, zr7-g2), so they
// would depend on what was drawn before; each figure gets its own name instead.
var engineID = regexp.MustCompile(`\bzr[0-9]+-`)

// outside matches a url() that does not point into the drawing.
var outside = regexp.MustCompile(`(?i)url\(\s*['"]?[^#'")\s]`)

// keep returns the attribute as it is to be written; no name if it is to be left out.
func keep(a xml.Attr, prefix string) (name, value string, err error) {
	name = a.Name.Local
	low := strings.ToLower(name)
	switch {
	case dropped[name], strings.HasPrefix(name, "ecmeta_"):
		return "", "", nil
	case strings.HasPrefix(low, "on"):
		return "", "", fmt.Errorf("event handler %q has no place in a figure", low)
	case low == "href" && !strings.HasPrefix(a.Value, "#"), outside.MatchString(a.Value):
		return "", "", errors.New("a figure must not refer to anything outside it")
	}
	if a.Name.Space != "" && a.Name.Space != "xmlns" {
		name = a.Name.Space + ":" + name
	}
	value = a.Value
	if name == "id" || name == "href" || strings.Contains(value, "url(") {
		value = engineID.ReplaceAllString(value, prefix)
	}
	return name, value, nil
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
