package net

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"lossxfer-report/compute/random"
)

// onGlyphs is a network for the images of most presets.
func onGlyphs(name string) Arch { return Arch{Name: name, Height: 28, Width: 28, Channels: 1} }

func TestGlyphnetIsTheNetworkOfTheStudy(t *testing.T) {
	trunk, err := New(onGlyphs("glyphnet"), 2)
	if err != nil {
		t.Fatal(err)
	}
	if d := trunk.Dim(); d != 256 {
		t.Errorf("%d features, want 256", d)
	}
	if m := trunk.multiplications(); m < 3_700_000 || m > 4_000_000 {
		t.Errorf("%d multiply-adds an image, want about 3.9 million", m)
	}
	want := "[{stem 14 14 16} {block1 14 14 16} {block2 7 7 32} {block3 4 4 96} {head 4 4 256}]"
	if got := fmt.Sprint(trunk.Layers()); got != want {
		t.Errorf("layers %s, want %s", got, want)
	}
}

func TestInceptionIsTheOtherNetworkOfTheStudy(t *testing.T) {
	trunk, err := New(onGlyphs("inception"), 2)
	if err != nil {
		t.Fatal(err)
	}
	if d := trunk.Dim(); d != 256 {
		t.Errorf("%d features, want 256", d)
	}
	if m := trunk.multiplications(); m < 3_700_000 || m > 4_700_000 {
		t.Errorf("%d multiply-adds an image, want about as many as glyphnet's 3.9 million", m)
	}
	want := "[{stem 14 14 16} {mixed1 14 14 64} {reduction1 7 7 96} {mixed2 7 7 96} {reduction2 4 4 160} {head 4 4 256}]"
	if got := fmt.Sprint(trunk.Layers()); got != want {
		t.Errorf("layers %s, want %s", got, want)
	}
}

// More features are a wider head, of either network of the study, and nothing else.
func TestFeaturesWidenTheHead(t *testing.T) {
	for _, name := range []string{"glyphnet", "inception"} {
		a := onGlyphs(name)
		plain, err := New(a, 1)
		if err != nil {
			t.Fatal(err)
		}
		a.Features = 512
		wide, err := New(a, 1)
		if err != nil {
			t.Fatal(err)
		}
		last := len(plain.Layers()) - 1
		if got, want := fmt.Sprint(wide.Layers()[:last]), fmt.Sprint(plain.Layers()[:last]); got != want {
			t.Errorf("%s: layers %s below the head, want %s", name, got, want)
		}
		if wide.Dim() != 512 || wide.Layers()[last].Channels != 512 {
			t.Errorf("%s: %d features", name, wide.Dim())
		}
	}
	for features, a := range map[int]Arch{100: onGlyphs("glyphnet"), -16: onGlyphs("glyphnet"), 64: onGlyphs("miniresnet"), 1 << 20: onGlyphs("inception")} {
		a.Features = features
		if err := a.Validate(); err == nil {
			t.Errorf("%s takes %d features", a.Name, features)
		}
	}
}

func TestParamsTileTheta(t *testing.T) {
	for _, name := range Names() {
		trunk, err := New(onGlyphs(name), 1)
		if err != nil {
			t.Fatal(err)
		}
		at := 0
		for _, p := range trunk.Params() {
			n := 1
			for _, s := range p.Shape {
				n *= s
			}
			if p.Offset != at || p.Len != n || p.Decay != strings.HasSuffix(p.Name, ".weight") {
				t.Errorf("%s: %+v does not follow %d", name, p, at)
			}
			at += p.Len
		}
		if at != trunk.NumParams() {
			t.Errorf("%s: parameters end at %d of %d", name, at, trunk.NumParams())
		}
	}
}

func TestInit(t *testing.T) {
	trunk, err := New(onGlyphs("glyphnet"), 1)
	if err != nil {
		t.Fatal(err)
	}
	theta, stats := make([]float32, trunk.NumParams()), make([]float32, trunk.NumStats())
	trunk.Init(theta, stats, random.New("net/init", 1))
	for _, p := range trunk.Params() {
		v := theta[p.Offset : p.Offset+p.Len]
		var sum, squares float64
		for _, x := range v {
			sum += float64(x)
			squares += float64(x) * float64(x)
		}
		switch {
		case p.Decay:
			want := math.Sqrt(2 / float64(p.Shape[0]*p.Shape[1]*p.Shape[2]))
			if got := math.Sqrt(squares / float64(p.Len)); math.Abs(got-want) > 0.2*want {
				t.Errorf("%s: deviation %v, want %v", p.Name, got, want)
			}
		case strings.HasSuffix(p.Name, "conv2.gamma"), strings.HasSuffix(p.Name, ".beta"):
			if squares != 0 {
				t.Errorf("%s does not start at 0", p.Name)
			}
		default:
			if sum != float64(p.Len) {
				t.Errorf("%s does not start at 1", p.Name)
			}
		}
	}
	again := make([]float32, len(theta))
	trunk.Init(again, stats, random.New("net/init", 1))
	for i := range theta {
		if theta[i] != again[i] {
			t.Fatal("the same stream gives other weights")
		}
	}
}

// TestInceptionStartsWithAllItsBranches: without shortcuts no γ may start at 0.
func TestInceptionStartsWithAllItsBranches(t *testing.T) {
	trunk, err := New(onGlyphs("inception"), 1)
	if err != nil {
		t.Fatal(err)
	}
	theta, stats := make([]float32, trunk.NumParams()), make([]float32, trunk.NumStats())
	trunk.Init(theta, stats, random.New("net/init", 1))
	for _, p := range trunk.Params() {
		if v := theta[p.Offset]; strings.HasSuffix(p.Name, ".gamma") && v != 1 {
			t.Errorf("%s starts at %v, want 1", p.Name, v)
		}
	}
}

func TestNewNamesWhatIsWrong(t *testing.T) {
	for want, a := range map[string]Arch{
		"one of glyphnet, miniresnet": onGlyphs("resnet50"),
		"must be positive":            {Name: "glyphnet", Height: 28, Channels: 1},
		"layer stem":                  {Name: "miniresnet", Height: 30, Width: 30, Channels: 1},
	} {
		if _, err := New(a, 4); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: error %v does not say %q", a, err, want)
		}
	}
	if _, err := New(onGlyphs("glyphnet"), 0); err == nil {
		t.Error("a maximum batch of 0 is accepted")
	}
}

func TestWrongCallsAreErrors(t *testing.T) {
	s := newStepper(t, onGlyphs("glyphnet"), 2)
	trunk := s.trunk
	for want, err := range map[string]error{
		"1 to 2":                     trunk.Forward(s.x, 3, s.theta, s.h),
		"Forward: the input (images": trunk.Forward(s.x[1:], 2, s.theta, s.h),
		"Forward: theta":             trunk.Forward(s.x, 2, s.theta[1:], s.h),
		"the feature matrix":         trunk.Forward(s.x, 2, s.theta, s.h[1:]),
		"without a Forward":          trunk.Backward(s.dh, s.dtheta),
		"Features: the statistics":   trunk.Features(s.x, 2, s.theta, s.stats[1:], s.h),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not say %q", err, want)
		}
	}
	if err := trunk.Forward(s.x, 2, s.theta, s.h); err != nil {
		t.Fatal(err)
	}
	if err := trunk.Backward(s.dh[1:], s.dtheta); err == nil || !strings.Contains(err.Error(), "the feature gradient") {
		t.Errorf("error %v does not name the feature gradient", err)
	}
}

// TestFeaturesOfAnyNumber: evaluation cuts into groups itself, and the number of
// images in a call changes no bit.
func TestFeaturesOfAnyNumber(t *testing.T) {
	s := newStepper(t, onGlyphs("glyphnet"), 4)
	const n = 11
	x := make([]float32, n*28*28)
	for i := range x {
		x[i] = s.x[i%len(s.x)] + float32(i%7)
	}
	all, one := make([]float32, n*256), make([]float32, 256)
	if err := s.trunk.Features(x, n, s.theta, s.stats, all); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := s.trunk.Features(x[i*784:(i+1)*784], 1, s.theta, s.stats, one); err != nil {
			t.Fatal(err)
		}
		for j := range one {
			if math.Float32bits(one[j]) != math.Float32bits(all[i*256+j]) {
				t.Fatalf("image %d, feature %d: %v alone, %v in a batch", i, j, one[j], all[i*256+j])
			}
		}
	}
}

func TestActivations(t *testing.T) {
	for name, layers := range map[string]int{"glyphnet": 5, "inception": 6} {
		t.Run(name, func(t *testing.T) { testActivations(t, name, layers) })
	}
}

func testActivations(t *testing.T, name string, layers int) {
	s := newStepper(t, onGlyphs(name), 3)
	s.step(t)
	i := 0
	var last []float32
	err := s.trunk.Activations(s.x, 3, s.theta, s.stats, func(l Layer, a []float32) error {
		if l != s.trunk.Layers()[i] || len(a) != 3*l.Height*l.Width*l.Channels {
			t.Errorf("layer %d is %+v with %d values", i, l, len(a))
		}
		for _, v := range a {
			if v < 0 {
				t.Fatalf("layer %s: %v behind a ReLU", l.Name, v)
			}
		}
		i, last = i+1, a
		return nil
	})
	if err != nil || i != layers {
		t.Fatalf("%d layers shown, error %v", i, err)
	}
	if err := s.trunk.Features(s.x, 3, s.theta, s.stats, s.h); err != nil {
		t.Fatal(err)
	}
	sum := float32(0)
	for p := range 16 {
		sum += last[p*256+9]
	}
	if s.h[9] != sum/16 {
		t.Errorf("feature 9 is %v, the mean of the last layer %v", s.h[9], sum/16)
	}
	stop := fmt.Errorf("stop")
	if err := s.trunk.Activations(s.x, 3, s.theta, s.stats, func(Layer, []float32) error { return stop }); err != stop {
		t.Errorf("error %v, want the callback's", err)
	}
}

// TestGradientByDifferences checks the whole step against finite differences along
// random directions, for a loss that needs nothing but this package.
func TestGradientByDifferences(t *testing.T) {
	for _, name := range Names() {
		s := newStepper(t, onGlyphs(name), 4)
		loss := func(theta []float32) float64 {
			if err := s.trunk.Forward(s.x, s.n, theta, s.h); err != nil {
				t.Fatal(err)
			}
			sum := 0.0
			for i, v := range s.h {
				sum += float64(v) * float64(s.dh[i])
			}
			return sum
		}
		loss(s.theta)
		if err := s.trunk.Backward(s.dh, s.dtheta); err != nil {
			t.Fatal(err)
		}
		r := random.New("net/differences")
		off, total := 0.0, 0.0
		for range 8 {
			direction := make([]float64, len(s.theta))
			slope := 0.0
			for i := range direction {
				direction[i] = r.Normal() * math.Abs(float64(s.theta[i]))
				slope += direction[i] * float64(s.dtheta[i])
			}
			const step = 5e-5
			at := func(k float64) float64 {
				moved := make([]float32, len(s.theta))
				for i, v := range s.theta {
					moved[i] = v + float32(k*step*direction[i])
				}
				return loss(moved)
			}
			off += math.Abs((at(1)-at(-1))/(2*step) - slope)
			total += math.Abs(slope)
		}
		// Single precision and the kinks of ReLU allow no more.
		if off > 0.03*total {
			t.Errorf("%s: slopes by differences are %.1f%% off the gradient's", name, 100*off/total)
		}
	}
}
