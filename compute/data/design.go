package data

import (
	"math"
	"strconv"
	"strings"

	"lossxfer-report/compute/data/glyph"
	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/random"
)

// label says which property of a picture is its class.
type label int

const (
	byCharacter label = iota
	byTypeface
	byStyle
	byRotation
	byScale
)

// design is what a generated set is: which characters it shows, what its label
// is, and how its nuisances differ from the default.
type design struct {
	characters []rune
	label      label
	bands      [][2]float64  // byRotation: degrees; byScale: factors; one band per class
	styles     []glyph.Style // styles drawn; nil = all four
	nuisance   Nuisance
}

// classes names the classes in the order of their labels.
func (d design) classes() []string {
	var names []string
	switch d.label {
	case byCharacter:
		for _, r := range d.characters {
			names = append(names, string(r))
		}
	case byTypeface:
		for _, f := range glyph.Families {
			names = append(names, f.Name)
		}
	case byStyle:
		for _, s := range glyph.Styles {
			names = append(names, s.String())
		}
	case byRotation:
		for _, b := range d.bands {
			names = append(names, number(b[0])+"° to "+number(b[1])+"°")
		}
	case byScale:
		for _, b := range d.bands {
			names = append(names, "× "+number(b[0])+" to "+number(b[1]))
		}
	}
	return names
}

// number writes a number with a true minus sign.
func number(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'g', -1, 64), "-", "−", 1)
}

// subject draws what an image of a class shows: the label's property from the
// class, everything else at random.
func (p *painter) subject(class int, s *random.Stream) (*glyph.Face, rune, pose) {
	d, n := p.design, p.nuisance
	family := p.families[s.IntN(len(p.families))]
	styles := d.styles
	if styles == nil {
		styles = glyph.Styles
	}
	style := styles[s.IntN(len(styles))]
	char := d.characters[s.IntN(len(d.characters))]
	at := pose{
		x:        s.Uniform(-n.Position, n.Position),
		y:        s.Uniform(-n.Position, n.Position),
		scale:    logUniform(n.ScaleMin, n.ScaleMax, s),
		rotation: s.Uniform(-n.Rotation, n.Rotation),
		shear:    s.Uniform(-n.Shear, n.Shear),
	}
	within := s.Float64()
	switch d.label {
	case byCharacter:
		char = d.characters[class]
	case byTypeface:
		family = p.families[class]
	case byStyle:
		style = glyph.Styles[class]
	case byRotation:
		b := d.bands[class]
		at.rotation = b[0] + float64((b[1]-b[0])*within)
	case byScale:
		b := d.bands[class]
		at.scale = interpolate(b[0], b[1], within)
	}
	return family.Face(style), char, at
}

// logUniform draws a factor between lo and hi whose logarithm is uniform.
func logUniform(lo, hi float64, s *random.Stream) float64 {
	return interpolate(lo, hi, s.Float64())
}

// interpolate goes from lo to hi in equal ratios as t goes from 0 to 1.
func interpolate(lo, hi, t float64) float64 {
	l, h := elementary.Log(lo), elementary.Log(hi)
	return math.Min(math.Max(elementary.Exp(l+float64((h-l)*t)), lo), hi)
}
