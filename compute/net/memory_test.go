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
		trunk, err := New(onGlyphs(name), batch)
		if err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(trunk)
		return float64(after.TotalAlloc-before.TotalAlloc) / 1024
	}
	for name, image := range map[string]float64{"glyphnet": 240, "miniresnet": 690, "inception": 790} {
		for _, batch := range []int{1, 32, 100} {
			most := 6*1024 + image*float64(batch)
			if got := allocated(name, batch); got > most || got < most-5*1024 {
				t.Errorf("%s takes %.0f KiB for a batch of %d, said to be at most %.0f", name, got, batch, most)
			}
		}
	}
}
