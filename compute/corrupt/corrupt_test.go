package corrupt

import (
	"os"
	"slices"
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
