package main

import (
	"maps"
	"testing"
)

func TestParseBenchmarks(t *testing.T) {
	const out = `goos: linux
BenchmarkStep/glyphnet/batch=32         	     200	   5102345 ns/op	 7231 best-images/cpu-s	 150.2 GFLOP/s
BenchmarkStep/glyphnet/batch=64 100 9 ns/op
PASS
`
	got := parseBenchmarks(out, "best-images/cpu-s")
	if want := map[string]float64{"Step/glyphnet/batch=32": 7231}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The peers' lines, as their scripts print them.
func TestPeerLines(t *testing.T) {
	for name, line := range map[string]struct{ text, benchmark string }{
		"step":     {"torch glyphnet batch=32 nchw: step 4321 images/s, features 9876 images/s", "Step/glyphnet/batch=32"},
		"features": {"torch glyphnet batch=32 channels_last: step 4321 images/s, features 9876 images/s", "Features/glyphnet/batch=32"},
		"gemm":     {"s/square512 mean 170.1 best 177.9 GFLOP/s", "Gemm/s/square512"},
		"probe":    {"classes=64 to the same gradient: 24.10 s, 900 evaluations, 0 unconverged", "Path/classes=64"},
		"cka":      {"centred: best 120.5 ms of processor time for 2 minibatches of 256 images", "CKA"},
	} {
		found := false
		for _, c := range comparisons {
			if c.name != name {
				continue
			}
			m := c.line.FindStringSubmatch(line.text)
			found = m != nil && m[c.line.SubexpIndex("key")] == c.key(line.benchmark) && m[c.line.SubexpIndex("value")] != ""
		}
		if !found {
			t.Errorf("%s: %q is not the peer of %s", name, line.text, line.benchmark)
		}
	}
}

func TestMedian(t *testing.T) {
	if m := median([]float64{3, 1, 2}); m != 2 {
		t.Errorf("median %v", m)
	}
	if m := median([]float64{4, 1, 2, 3}); m != 2.5 {
		t.Errorf("median %v", m)
	}
}
