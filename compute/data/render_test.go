package data

import (
	"math"
	"testing"

	"lossxfer-report/compute/data/glyph"
	"lossxfer-report/compute/random"
)

// plain is every nuisance switched off.
var plain = Nuisance{Position: None, ScaleMin: None, ScaleMax: None, Rotation: None, Shear: None, Contrast: 0.9, Textures: None, Clutter: None, Noise: None}

// inked is the coverage of a pose of a character, 0 to 1 a pixel.
func inked(t *testing.T, r rune, at pose, size int) []float64 {
	t.Helper()
	m, err := glyph.Families[1].Face(glyph.Regular).Mask(r)
	if err != nil {
		t.Fatal(err)
	}
	dst := make([]int32, size*size)
	at.inverse(size, m).cover(dst, size, m)
	out := make([]float64, len(dst))
	for i, v := range dst {
		out[i] = float64(v) / 1020
	}
	return out
}

// moments are the ink's area, centre relative to the image's, and extent.
func moments(v []float64, size int) (area, cx, cy, width, height float64) {
	lox, hix, loy, hiy := size, 0, size, 0
	for i, a := range v {
		x, y := i%size, i/size
		area += a
		cx += a * (float64(x) + 0.5 - float64(size)/2)
		cy += a * (float64(y) + 0.5 - float64(size)/2)
		if a > 0.5 {
			lox, hix, loy, hiy = min(lox, x), max(hix, x+1), min(loy, y), max(hiy, y+1)
		}
	}
	return area, cx / area, cy / area, float64(hix - lox), float64(hiy - loy)
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s: %.3f, want %.3f ± %v", what, got, want, tolerance)
	}
}

func TestPoseMovesScalesAndTurns(t *testing.T) {
	const size = 56
	area, _, _, width, height := moments(inked(t, 'H', pose{scale: 1}, size), size)
	near(t, "height at scale 1", height, baseSide*size, 1)

	// I is a rectangle, so its centre of ink is the centre of its box.
	_, cx, cy, _, _ := moments(inked(t, 'I', pose{scale: 1}, size), size)
	near(t, "centre x", cx, 0, 0.05)
	near(t, "centre y", cy, 0, 0.05)

	_, cx, cy, _, _ = moments(inked(t, 'I', pose{scale: 1, x: 0.25, y: -0.5}, size), size)
	near(t, "x moved by a quarter of the half side", cx, 7, 0.05)
	near(t, "y moved up by half of it", cy, -14, 0.05)

	twice, _, _, _, _ := moments(inked(t, 'H', pose{scale: 2}, size), size)
	near(t, "area at scale 2", twice/area, 4, 0.05)

	turned, _, _, w90, h90 := moments(inked(t, 'H', pose{scale: 1, rotation: 90}, size), size)
	near(t, "area after a quarter turn", turned, area, 0.5)
	near(t, "width after a quarter turn", w90, height, 1)
	near(t, "height after a quarter turn", h90, width, 1)

	// L stands at the left; turned clockwise by 90° its stem lies on top.
	_, lx, _, _, _ := moments(inked(t, 'L', pose{scale: 1}, size), size)
	_, _, ly, _, _ := moments(inked(t, 'L', pose{scale: 1, rotation: 90}, size), size)
	if lx >= -0.5 {
		t.Errorf("the stem of L is at %.2f, want it on the left", lx)
	}
	near(t, "the stem of L turned clockwise", ly, lx, 0.05)

	// A shear keeps the area and moves the foot of I to the right of its head.
	straight, _, _, iw, _ := moments(inked(t, 'I', pose{scale: 1}, size), size)
	slanted, _, _, sw, _ := moments(inked(t, 'I', pose{scale: 1, shear: 0.5}, size), size)
	near(t, "area of a sheared I", slanted, straight, 0.5)
	near(t, "width of a sheared I", sw-iw, 0.5*baseSide*size, 2)
}

func TestPlainImagesHaveOneGroundAndOneInk(t *testing.T) {
	set := load(t, Source{Name: "latin10", Split: Test, PerClass: 3, Nuisance: plain})
	for i := range set.Labels {
		pixels := set.Image(i)
		ground, ink := pixels[0], uint8(0)
		for _, p := range pixels {
			ink = max(ink, p)
			if p < ground {
				t.Fatalf("image %d: grey %d below its ground %d", i, p, ground)
			}
		}
		if int(ink)-int(ground) < 150 {
			t.Errorf("image %d: ink %d on ground %d, want a contrast near 0.9", i, ink, ground)
		}
		for _, corner := range []int{27, 27 * 28, 28*28 - 1} {
			if pixels[corner] != ground {
				t.Errorf("image %d: the corners differ", i)
			}
		}
	}
}

func TestNoiseHasItsDeviation(t *testing.T) {
	p := &painter{ground: make([]int32, 1<<16), ink: make([]int32, 1<<16), clutter: make([]int32, 1<<16)}
	dst := make([]uint8, 1<<16)
	p.blend(dst, level(0.5), level(0.7), level(0.9), level(0.08), random.New("test/noise"))
	var sum, squares float64
	for _, v := range dst {
		sum += float64(v) / 255
		squares += float64(v) / 255 * float64(v) / 255
	}
	n := float64(len(dst))
	near(t, "mean grey", sum/n, 0.5, 0.002)
	near(t, "standard deviation", math.Sqrt(squares/n-sum/n*sum/n), 0.08, 0.001)
}

func TestTexturesKeepTheirAmplitude(t *testing.T) {
	const size, amplitude = 28, 5000
	for kind, draw := range textures {
		var lowest, highest int32
		s := random.New("test/texture", uint64(kind))
		for range 200 {
			dst := make([]int32, size*size)
			draw(dst, size, amplitude, s)
			for _, v := range dst {
				lowest, highest = min(lowest, v), max(highest, v)
			}
		}
		if lowest < -amplitude-1 || highest > amplitude {
			t.Errorf("texture %d reaches from %d to %d, the amplitude is %d", kind, lowest, highest, amplitude)
		}
		if kind > 0 && (lowest > -amplitude*9/10 || highest < amplitude*9/10) {
			t.Errorf("texture %d only reaches from %d to %d of %d", kind, lowest, highest, amplitude)
		}
	}
}

// Each nuisance stays in its range and reaches close to its ends, and the label
// decides what it should.
func TestSubjectsFollowTheDesign(t *testing.T) {
	for name, d := range designs {
		n := Nuisance{}.over(d.nuisance).over(defaultNuisance).resolve()
		p := &painter{design: d, nuisance: n, families: glyph.Families}
		s := random.New("test/subject/" + name)
		var rotation, shear, shift, small, large float64 = 0, 0, 0, 9, 0
		for i := range 4000 {
			class := i % len(d.classes())
			face, char, at := p.subject(class, s)
			for _, f := range glyph.HeldOut {
				if f.Name == face.Family {
					t.Fatalf("%s shows %s, which is held out", name, face)
				}
			}
			switch d.label {
			case byCharacter:
				if string(char) != d.classes()[class] {
					t.Fatalf("%s: class %s shows %c", name, d.classes()[class], char)
				}
			case byTypeface:
				if face.Family != d.classes()[class] {
					t.Fatalf("%s: class %s shows %s", name, d.classes()[class], face)
				}
			case byStyle:
				if face.Style.String() != d.classes()[class] {
					t.Fatalf("%s: class %s shows %s", name, d.classes()[class], face)
				}
			case byRotation:
				if b := d.bands[class]; at.rotation < b[0] || at.rotation > b[1] {
					t.Fatalf("%s: class %d is turned by %v", name, class, at.rotation)
				}
			case byScale:
				if b := d.bands[class]; at.scale < b[0] || at.scale > b[1] {
					t.Fatalf("%s: class %d has scale %v", name, class, at.scale)
				}
			}
			rotation, shear = max(rotation, math.Abs(at.rotation)), max(shear, math.Abs(at.shear))
			shift = max(shift, math.Abs(at.x), math.Abs(at.y))
			small, large = min(small, at.scale), max(large, at.scale)
		}
		reach := func(what string, got, want float64) {
			near(t, name+" "+what, got, want, want/100+1e-12)
		}
		if d.label != byRotation {
			reach("rotation", rotation, n.Rotation)
		}
		reach("shear", shear, n.Shear)
		reach("shift", shift, n.Position)
		if d.label != byScale {
			reach("smallest scale", small, n.ScaleMin)
			reach("largest scale", large, n.ScaleMax)
		}
	}
}

// A nuisance that is switched off changes nothing else: the same letters in the
// same typefaces at the same places.
func TestNuisancesAreIndependent(t *testing.T) {
	d := designs["latin43"]
	drawn := func(n Nuisance) (faces []*glyph.Face, xs []float64) {
		p := &painter{design: d, nuisance: n.over(defaultNuisance).resolve(), families: glyph.Families}
		for i := range 50 {
			face, _, at := p.subject(i%43, random.New("test/independent", uint64(i)))
			faces, xs = append(faces, face), append(xs, at.x)
		}
		return faces, xs
	}
	faces, xs := drawn(Nuisance{})
	for _, n := range []Nuisance{{Rotation: None}, {ScaleMin: None, ScaleMax: None}, {Shear: 0.3}, {Noise: None}} {
		f, x := drawn(n)
		for i := range f {
			if f[i] != faces[i] || x[i] != xs[i] {
				t.Fatalf("%+v changes the typeface or place of image %d", n, i)
			}
		}
	}
}

func BenchmarkRender(b *testing.B) {
	src := Source{Name: "latin43", Split: Train, PerClass: 24}
	load(b, src) // the masks are made once a process
	for b.Loop() {
		load(b, src)
	}
	b.ReportMetric(float64(src.Len())*float64(b.N)/b.Elapsed().Seconds(), "images/s")
}
