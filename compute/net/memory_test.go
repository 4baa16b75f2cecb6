package net

import (
	"runtime"
	"testing"
)

// TestMemoryIsWhatNewSays holds the numbers of New's comment against what New
// allocates.
func TestMemoryIsWhatNewSays(t *testing.T) {
	allocated := func(name string, batch int) float64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		trunk, err := New(Arch{name, 28, 28, 1}, batch)
		if err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(trunk)
		return float64(after.TotalAlloc-before.TotalAlloc) / 1024
	}
	for name, want := range map[string]struct{ fixed, image float64 }{
		"glyphnet":   {1972, 240},
		"miniresnet": {1498, 686},
	} {
		small, large := allocated(name, 32), allocated(name, 96)
		image := (large - small) / 64
		fixed := small - 32*image
		if image < 0.97*want.image || image > 1.03*want.image || fixed < 0.9*want.fixed || fixed > 1.1*want.fixed {
			t.Errorf("%s takes %.0f KiB and %.0f KiB an image, not %v KiB and %v KiB", name, fixed, image, want.fixed, want.image)
		}
	}
}
