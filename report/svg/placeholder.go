package svg

import (
	"strconv"
	"strings"
)

// Placeholder is what stands in the place of a figure that is not drawn: its title for
// screen readers, and a text for everybody else.
func Placeholder(f Figure, text string) []byte {
	w, h := strconv.Itoa(f.Width), strconv.Itoa(f.Height)
	root := &node{name: "svg", attrs: append([]attr{
		{"width", w}, {"height", h}, {"xmlns", "http://www.w3.org/2000/svg"}, {"viewBox", "0 0 " + w + " " + h},
	}, rootText...), children: []*node{
		{name: "title", children: []*node{{text: f.Title}}},
		{name: "text", attrs: []attr{{"x", strconv.Itoa(f.Width / 2)}, {"y", strconv.Itoa(f.Height / 2)}, {"text-anchor", "middle"}, {"fill", "#59616b"}},
			children: []*node{{text: text}}},
	}}
	var b strings.Builder
	root.write(&b)
	return []byte(b.String())
}
