package data

import (
	"context"
	"fmt"

	"lossxfer-report/compute/data/glyph"
	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/random"
)

// painter renders the images of one Source, one at a time.
type painter struct {
	design   design
	nuisance Nuisance
	families []*glyph.Family
	side     int
	outlined bool
	masks    map[maskID]*glyph.Mask // the masks in use, so that no image waits for a lock

	ground, ink, clutter []int32 // side² each
}

type maskID struct {
	face *glyph.Face
	char rune
}

// render draws images of a source by their numbers; a source has rounds of one image
// per class.
func (d design) render(ctx context.Context, src Source, images []int) (*Set, error) {
	classes := d.classes()
	n, area := len(images), src.side()*src.side()
	set := &Set{
		Name: src.String(), H: src.side(), W: src.side(), C: 1,
		Pixels: make([]uint8, n*area), Labels: make([]int, n), Classes: classes, Norm: GlyphNorm,
	}
	p := &painter{
		design:   d,
		nuisance: src.Nuisance.over(d.nuisance).over(defaultNuisance).resolve(),
		families: glyph.Families,
		side:     src.side(),
		outlined: src.Outline,
		masks:    map[maskID]*glyph.Mask{},
		ground:   make([]int32, area), ink: make([]int32, area), clutter: make([]int32, area),
	}
	if src.HeldOut {
		p.families = glyph.HeldOut
	}
	for i := range set.Labels {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		round, class := images[i]/len(classes), images[i]%len(classes)
		set.Labels[i] = class
		// One stream an image: image i is the same however many follow it.
		s := random.New("glyphs/"+src.String(), src.Seed, uint64(round), uint64(class))
		if err := p.paint(set.Image(i), class, s); err != nil {
			return nil, fmt.Errorf("data source %s: %w", src, err)
		}
	}
	return set, nil
}

// paint draws one image. It takes the same numbers from the stream whatever the
// nuisances, so that two sources that differ in a nuisance differ in nothing else.
func (p *painter) paint(dst []uint8, class int, s *random.Stream) error {
	face, char, at := p.subject(class, s)
	other := p.design.characters[s.IntN(len(p.design.characters))]
	n := p.nuisance

	ground := float64((1 - n.Contrast) * s.Float64())
	ink := ground + n.Contrast + float64((1-ground-n.Contrast)*s.Float64())
	faint := ground + float64((ink-ground)*s.Uniform(0.4, 0.9))
	// The lightest part of a texture stays well below the ink.
	kind, amplitude := s.IntN(n.Textures), float64((ink-ground)*s.Uniform(0.1, 0.4))
	textures[kind](p.ground, p.side, level(amplitude), s)

	clear(p.clutter)
	if edge := p.border(s); s.Float64() < n.Clutter {
		if err := p.stamp(p.clutter, face, other, edge); err != nil {
			return err
		}
	}
	clear(p.ink)
	if err := p.stamp(p.ink, face, char, at); err != nil {
		return err
	}

	sigma := level(s.Uniform(0, n.Noise))
	p.blend(dst, level(ground), level(faint), level(ink), sigma, s)
	return nil
}

// border is the pose of a clutter glyph: centred on one side of the image, where
// half of it is cut off and it hardly reaches the subject.
func (p *painter) border(s *random.Stream) pose {
	along, out := s.Uniform(-1, 1), s.Uniform(0.8, 1.1)
	at := pose{scale: s.Uniform(0.8, 1.2), rotation: s.Uniform(-30, 30)}
	switch s.IntN(4) {
	case 0:
		at.x, at.y = along, -out
	case 1:
		at.x, at.y = out, along
	case 2:
		at.x, at.y = along, out
	case 3:
		at.x, at.y = -out, along
	}
	return at
}

// stamp adds the coverage of a character to dst.
func (p *painter) stamp(dst []int32, face *glyph.Face, char rune, at pose) error {
	m := p.masks[maskID{face, char}]
	if m == nil {
		var err error
		draw := face.Mask
		if p.outlined {
			draw = face.Contour
		}
		if m, err = draw(char); err != nil {
			return err
		}
		p.masks[maskID{face, char}] = m
	}
	at.inverse(p.side, m).cover(dst, p.side, m)
	return nil
}

// blend lays clutter and ink over the ground and adds noise. Levels have 8
// fractional bits.
func (p *painter) blend(dst []uint8, ground, faint, ink, sigma int32, s *random.Stream) {
	var bits uint64
	left := 0
	for i := range dst {
		v := ground + p.ground[i]
		v += (faint - v) * p.clutter[i] / 1020
		v += (ink - v) * p.ink[i] / 1020
		if left == 0 {
			bits, left = s.Uint64(), 64/noiseBits
		}
		v += sigma * normals[bits&(1<<noiseBits-1)] >> 10
		bits >>= noiseBits
		left--
		dst[i] = uint8(min(max((v+128)>>8, 0), 255))
	}
}

// level is a grey of 0 to 1 as 0 to 255 with 8 fractional bits.
func level(g float64) int32 { return int32(fixed16(float64(g * (255.0 / 256)))) }

// noiseBits random bits index a table of normal quantiles: the noise of a pixel
// is rounded to a grey level anyway.
const noiseBits = 12

// normals are the midpoint quantiles of the normal distribution, with 10
// fractional bits.
var normals = func() (t [1 << noiseBits]int32) {
	for i := range t {
		t[i] = int32(fixed16(elementary.NormalQuantile((float64(i)+0.5)/(1<<noiseBits)) / 64))
	}
	return t
}()
