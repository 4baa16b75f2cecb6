// Package glyph turns characters of typefaces into coverage masks, in integer
// arithmetic from the outline to the last grey level, so that the bytes are the
// same on every machine.
//
// (golang.org/x/image/vector rasterises in float32 above 512 pixels and with
// machine-dependent vector code; only the font reader of golang.org/x/image is
// used here, at a size of one unit per font unit, where it does not round.)
package glyph

import (
	"fmt"
	"sync"

	"golang.org/x/image/font/sfnt"
)

// Style is one of the four styles that every family has.
type Style int

// The styles, in the order of their class labels.
const (
	Regular Style = iota
	Bold
	Italic
	BoldItalic
)

// Styles lists the four styles.
var Styles = []Style{Regular, Bold, Italic, BoldItalic}

// String is the name of the style.
func (s Style) String() string {
	return [...]string{"regular", "bold", "italic", "bold italic"}[s]
}

// Family is a typeface in four styles.
type Family struct {
	Name    string
	Licence string
	faces   [4]*Face // by Style
}

// Face returns the face of one style.
func (f *Family) Face(s Style) *Face { return f.faces[s] }

// Face is one style of one family. It parses its font when first used and keeps
// every mask it has made; both are safe for concurrent use.
type Face struct {
	Family string
	Style  Style
	parse  func() (*sfnt.Font, error)

	mu       sync.Mutex
	masks    map[rune]*Mask
	contours map[rune]*Mask
}

// String names the face, as in "DejaVu Sans bold italic".
func (f *Face) String() string { return f.Family + " " + f.Style.String() }

// Mask returns the coverage mask of a character, made on first use. It fails if
// the typeface has no such character or the character has no ink.
func (f *Face) Mask(r rune) (*Mask, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.mask(r)
}

// Contour returns the mask of a character's outline, drawn as a line; it fails as
// Mask does.
func (f *Face) Contour(r rune) (*Mask, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if m, ok := f.contours[r]; ok {
		return m, nil
	}
	m, err := f.mask(r)
	if err != nil {
		return nil, err
	}
	c := contour(m)
	f.contours[r] = c
	return c, nil
}

// mask is Mask for a caller that holds the lock.
func (f *Face) mask(r rune) (*Mask, error) {
	if m, ok := f.masks[r]; ok {
		return m, nil
	}
	font, err := f.parse()
	if err != nil {
		return nil, fmt.Errorf("typeface %s: %w", f, err)
	}
	contours, err := outline(font, r)
	if err != nil {
		return nil, fmt.Errorf("typeface %s, character %q: %w", f, r, err)
	}
	m := rasterise(contours)
	f.masks[r] = m
	return m, nil
}

// newFamily makes a family of the font files of its four styles.
func newFamily(name, licence string, regular, bold, italic, boldItalic []byte) *Family {
	f := &Family{Name: name, Licence: licence}
	for i, ttf := range [][]byte{regular, bold, italic, boldItalic} {
		f.faces[i] = &Face{
			Family: name,
			Style:  Style(i),
			parse:  sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(ttf) }),
			masks:  map[rune]*Mask{}, contours: map[rune]*Mask{},
		}
	}
	return f
}
