package svg

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// node is an element of a drawing, or a piece of text if name is empty.
type node struct {
	name     string
	attrs    []attr
	children []*node
	text     string
}

// attr is an attribute whose value is not escaped yet.
type attr struct{ name, value string }

// get returns an attribute's value, empty if it is not there.
func (n *node) get(name string) string {
	for _, a := range n.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// set gives an attribute a value; an empty one takes the attribute away.
func (n *node) set(name, value string) {
	for i, a := range n.attrs {
		if a.name != name {
			continue
		}
		if value == "" {
			n.attrs = append(n.attrs[:i], n.attrs[i+1:]...)
		} else {
			n.attrs[i].value = value
		}
		return
	}
	if value != "" {
		n.attrs = append(n.attrs, attr{name, value})
	}
}

// parse reads a drawing. It refuses elements and attributes that have no place in a
// still picture: the drawing stands inside the page, where a surprise would be markup.
func parse(drawing, prefix string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(drawing))
	root := &node{}
	open := []*node{root}
	skip := 0 // depth inside an element that is left out
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			if len(open) > 1 || len(root.children) != 1 || root.children[0].name != "svg" {
				return nil, errors.New("not one SVG drawing")
			}
			return root.children[0], nil
		}
		if err != nil {
			return nil, fmt.Errorf("not well-formed SVG: %w", err)
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			// The sheet holds hover rules only, and inside a page it would be global.
			if t.Name.Local == "style" || skip > 0 || superfluousStop(t) {
				skip++
				continue
			}
			n, err := element(t, prefix)
			if err != nil {
				return nil, err
			}
			top.children = append(top.children, n)
			open = append(open, n)
		case xml.EndElement:
			if skip > 0 {
				skip--
				continue
			}
			if top.name != t.Name.Local {
				return nil, fmt.Errorf("not well-formed SVG: </%s> ends <%s>", t.Name.Local, top.name)
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if text := string(t); skip == 0 && strings.Trim(text, "\n") != "" {
				top.children = append(top.children, &node{text: text})
			}
		}
	}
}

func element(t xml.StartElement, prefix string) (*node, error) {
	n := &node{name: t.Name.Local}
	if !elements[n.name] {
		return nil, fmt.Errorf("element <%s> has no place in a figure", n.name)
	}
	for _, a := range compact(n.name, t.Attr) {
		name, value, err := keep(a, prefix)
		if err != nil {
			return nil, err
		}
		if name != "" {
			n.attrs = append(n.attrs, attr{name, value})
		}
	}
	return n, nil
}

// write prints a node with everything in it.
func (n *node) write(b *strings.Builder) {
	if n.name == "" {
		b.WriteString(escape(n.text))
		return
	}
	b.WriteString("<" + n.name)
	for _, a := range n.attrs {
		b.WriteString(" " + a.name + `="` + escape(a.value) + `"`)
	}
	if len(n.children) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	for _, c := range n.children {
		c.write(b)
	}
	b.WriteString("</" + n.name + ">")
}
