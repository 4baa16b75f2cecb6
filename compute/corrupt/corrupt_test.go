package corrupt

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

// images are a rendered character, a written digit and uniform noise, 28×28 each.
func images(t testing.TB) (list [][]uint8) {
	t.Helper()
	raw, err := os.ReadFile("testdata/images.raw")
	if err != nil {
		t.Fatal(err)
	}
	for pixels := range slices.Chunk(raw, 28*28) {
		list = append(list, pixels)
	}
	return list
}

// TestStreams: an image is corrupted alike every time, and otherwise than its
// neighbours and than at another severity; dst may be src.
func TestStreams(t *testing.T) {
	src := images(t)[0]
	seen := map[string]string{}
	for _, name := range Names() {
		for severity := 1; severity <= Severities; severity++ {
			dst, again := make([]uint8, len(src)), slices.Clone(src)
			for _, out := range [][]uint8{dst, again} {
				in := src
				if &out[0] == &again[0] {
					in = again
				}
				if err := Apply(name, severity, out, in, 28, 28, Stream(name, severity, 7)); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(dst, again) {
				t.Errorf("%s at severity %d: two results of one stream", name, severity)
			}
			if slices.Equal(dst, src) {
				t.Errorf("%s at severity %d changes nothing", name, severity)
			}
			what := name + string(rune('0'+severity))
			if other, taken := seen[string(dst)]; taken {
				t.Errorf("%s is %s", what, other)
			}
			seen[string(dst)] = what
		}
	}
}

// TestSides: any image within the limits can be corrupted, also one that is not square.
func TestSides(t *testing.T) {
	for _, side := range [][2]int{{8, 8}, {13, 28}, {28, 13}, {64, 64}, {8, 64}} {
		h, w := side[0], side[1]
		src := make([]uint8, h*w)
		for i := range src {
			src[i] = uint8(i * 7)
		}
		for _, name := range Names() {
			for severity := 1; severity <= Severities; severity++ {
				if err := Apply(name, severity, make([]uint8, h*w), src, h, w, Stream(name, severity, 0)); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

// TestErrors: what is wrong is said, and by which corruption.
func TestErrors(t *testing.T) {
	ok := make([]uint8, 28*28)
	for want, f := range map[string]func() error{
		`no corruption "rain"`:                func() error { return Apply("rain", 1, ok, ok, 28, 28, nil) },
		"fog at severity 0: give 1 to 5":      func() error { return Apply("fog", 0, ok, ok, 28, 28, nil) },
		"fog at severity 6: give 1 to 5":      func() error { return Apply("fog", 6, ok, ok, 28, 28, nil) },
		"sides are 8 to 64 pixels":            func() error { return Apply("fog", 1, ok, ok, 4, 196, nil) },
		"784 pixels given, room for 783":      func() error { return Apply("fog", 1, ok[1:], ok, 28, 28, nil) },
		"contrast of an image of 28×29: 784 ": func() error { return Apply("contrast", 1, ok, ok, 28, 29, nil) },
	} {
		if err := f(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestFrost: every pane is as light and as uneven as said, and severity 1 is the image
// plus a fifth of a pane.
func TestFrost(t *testing.T) {
	for i, pane := range panes {
		mean, square := 0.0, 0.0
		for _, v := range pane() {
			mean += v / paneSide / paneSide
		}
		for _, v := range pane() {
			square += (v - mean) * (v - mean) / paneSide / paneSide
		}
		// Clipping at white takes a little of both.
		if math.Abs(mean-paneMean) > 0.02 || math.Abs(math.Sqrt(square)-paneDeviation) > 0.02 {
			t.Errorf("pane %d: mean %.3f, deviation %.3f", i, mean, math.Sqrt(square))
		}
	}
	dark := picture{make([]uint8, 28*28), 28, 28}
	got := frost(dark, 0, Stream("frost", 1, 0))
	s := Stream("frost", 1, 0)
	pane := panes[s.IntN(5)]()
	top, left := s.IntN(paneSide-28), s.IntN(paneSide-28)
	for i, v := range got {
		if want := 0.2 * pane[(top+i/28)*paneSide+left+i%28]; math.Abs(v-want) > 1e-15 {
			t.Fatalf("pixel %d: %g, want %g", i, v, want)
		}
	}
}

// BenchmarkApply: one image of 28×28 by one corruption, over all severities.
func BenchmarkApply(b *testing.B) {
	src := images(b)[0]
	dst := make([]uint8, len(src))
	for _, name := range Names() {
		b.Run(name, func(b *testing.B) {
			for i := range b.N {
				if err := Apply(name, 1+i%Severities, dst, src, 28, 28, Stream(name, 1+i%Severities, i)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
