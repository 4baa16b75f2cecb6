package data

import "fmt"

// None switches off a nuisance whose zero value means "the default".
const None = -1

// Nuisance says how far everything about a picture that is not its label may
// vary. The zero value of a field is the default written beside it; None (any
// negative number) is "not at all". A downstream task has defaults of its own
// where its label is one of these (see designs), and a field set here overrides
// them.
type Nuisance struct {
	Position float64 // largest shift along each axis, in half image sides: 0.10
	ScaleMin float64 // size of the glyph, log-uniform between ScaleMin: 0.9
	ScaleMax float64 // and ScaleMax: 1.3, in units of baseSide image sides
	Rotation float64 // largest rotation either way, in degrees: 18
	Shear    float64 // largest horizontal shear either way, in x per y: 0.15
	Contrast float64 // least difference of grey between glyph and ground, of 1: 0.4
	Textures int     // background textures to draw from, 1 to 5: 5; None: flat grounds
	Clutter  float64 // probability of a second glyph cut off by the border: 0.3
	Noise    float64 // largest standard deviation of the pixel noise, of 1: 0.08
}

// defaultNuisance is what zero stands for.
var defaultNuisance = Nuisance{
	Position: 0.10, ScaleMin: 0.9, ScaleMax: 1.3, Rotation: 18, Shear: 0.15,
	Contrast: 0.4, Textures: len(textures), Clutter: 0.3, Noise: 0.08,
}

// over returns n with its zero fields taken from base.
func (n Nuisance) over(base Nuisance) Nuisance {
	pick := func(a, b float64) float64 {
		if a != 0 {
			return a
		}
		return b
	}
	m := Nuisance{
		Position: pick(n.Position, base.Position),
		ScaleMin: pick(n.ScaleMin, base.ScaleMin),
		ScaleMax: pick(n.ScaleMax, base.ScaleMax),
		Rotation: pick(n.Rotation, base.Rotation),
		Shear:    pick(n.Shear, base.Shear),
		Contrast: pick(n.Contrast, base.Contrast),
		Textures: n.Textures,
		Clutter:  pick(n.Clutter, base.Clutter),
		Noise:    pick(n.Noise, base.Noise),
	}
	if m.Textures == 0 {
		m.Textures = base.Textures
	}
	return m
}

// resolve turns None into the number that means it, once no zero field is left.
func (n Nuisance) resolve() Nuisance {
	none := func(v *float64, off float64) {
		if *v < 0 {
			*v = off
		}
	}
	none(&n.Position, 0)
	none(&n.ScaleMin, 1)
	none(&n.ScaleMax, 1)
	none(&n.Rotation, 0)
	none(&n.Shear, 0)
	none(&n.Contrast, 0)
	none(&n.Clutter, 0)
	none(&n.Noise, 0)
	if n.Textures < 0 {
		n.Textures = 1 // the first texture is the flat one
	}
	return n
}

// check refuses numbers that make no picture.
func (n Nuisance) check() error {
	bad := func(field string, v float64, lo, hi float64) error {
		if v >= lo && v <= hi {
			return nil
		}
		return fmt.Errorf("nuisance %s = %v: give a number from %v to %v, 0 for the default or -1 for none", field, v, lo, hi)
	}
	r := n.over(defaultNuisance).resolve()
	for _, err := range []error{
		bad("Position", r.Position, 0, 1),
		bad("ScaleMin", r.ScaleMin, 0.2, 2.5),
		bad("ScaleMax", r.ScaleMax, r.ScaleMin, 2.5),
		bad("Rotation", r.Rotation, 0, 180),
		bad("Shear", r.Shear, 0, 1),
		bad("Contrast", r.Contrast, 0, 0.9),
		bad("Textures", float64(r.Textures), 1, float64(len(textures))),
		bad("Clutter", r.Clutter, 0, 1),
		bad("Noise", r.Noise, 0, 0.5),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}
