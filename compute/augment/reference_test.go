package augment

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"testing"
)

var operations = map[string]operation{
	"ShearX": shearX, "ShearY": shearY, "TranslateX": translateX, "TranslateY": translateY, "Rotate": rotate,
	"Invert": invert, "Equalize": equalize, "AutoContrast": autoContrast, "Solarize": solarize, "Contrast": contrast,
}

type reference struct {
	Pillow string
	Policy [][]struct {
		Op          string
		Probability float64
		Level       int
	}
	Cases []struct {
		Op       string
		Level    int
		Negative bool
		Digests  []string
	}
}

type picture struct {
	pixels []uint8
	h, w   int
}

func load(t testing.TB) (r reference, pictures []picture) {
	t.Helper()
	b, err := os.ReadFile("testdata/reference.json")
	if err == nil {
		err = json.Unmarshal(b, &r)
	}
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/images.raw")
	if err != nil {
		t.Fatal(err)
	}
	const n = 28 * 28
	for i := range len(raw) / n {
		pictures = append(pictures, picture{raw[i*n : (i+1)*n], 28, 28})
	}
	return r, append(pictures, picture{raw[6*n:][:240], 12, 20})
}

// TestOperationsAgainstPillow: every operation at every level, in both directions, gives
// the very bytes of Pillow 9.4.
func TestOperationsAgainstPillow(t *testing.T) {
	r, pictures := load(t)
	var p Policy
	for _, c := range r.Cases {
		for i, pic := range pictures {
			got := slices.Clone(pic.pixels)
			p.run(operations[c.Op], c.Level, c.Negative, got, pic.h, pic.w)
			sum := sha256.Sum256(got)
			if hex.EncodeToString(sum[:8]) != c.Digests[i] {
				t.Errorf("%s at level %d, negative %t: image %d differs from Pillow's", c.Op, c.Level, c.Negative, i)
			}
		}
	}
	if len(r.Cases) != 3+2*11+5*11*2 {
		t.Errorf("%d cases", len(r.Cases))
	}
}

// TestPolicy compares the table with torchvision's.
func TestPolicy(t *testing.T) {
	r, _ := load(t)
	if len(r.Policy) != len(svhn) {
		t.Fatalf("%d sub-policies", len(r.Policy))
	}
	for i, sub := range r.Policy {
		for j, s := range sub {
			if want := (step{operations[s.Op], s.Probability, s.Level}); svhn[i][j] != want {
				t.Errorf("sub-policy %d, step %d: %v, want %v", i, j, svhn[i][j], want)
			}
		}
	}
}
