package glyph

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"testing"
)

func TestFamiliesAndHeldOutAreDisjoint(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range append(append([]*Family{}, Families...), HeldOut...) {
		if seen[f.Name] {
			t.Errorf("%s is listed twice", f.Name)
		}
		seen[f.Name] = true
		for _, s := range Styles {
			if got := f.Face(s); got.Family != f.Name || got.Style != s {
				t.Errorf("%s %s is %s", f.Name, s, got)
			}
		}
	}
	if len(Families) < 8 || len(HeldOut) != 2 {
		t.Errorf("%d families and %d held out, want at least 8 and 2", len(Families), len(HeldOut))
	}
}

func TestMaskFillsItsBox(t *testing.T) {
	for _, f := range append(append([]*Family{}, Families...), HeldOut...) {
		for _, s := range Styles {
			for _, r := range "AgijД½" {
				m, err := f.Face(s).Mask(r)
				if err != nil {
					t.Fatal(err)
				}
				if max(m.W, m.H) != Side+2 {
					t.Errorf("%s %q: %d×%d, want a longer side of %d", f.Face(s), r, m.W, m.H, Side+2)
				}
				rows, columns := make([]int, m.H), make([]int, m.W)
				for i, p := range m.Pix {
					rows[i/m.W] += int(p)
					columns[i%m.W] += int(p)
				}
				for _, edge := range [][]int{rows, columns} {
					n := len(edge)
					if edge[0] != 0 || edge[n-1] != 0 || edge[1] == 0 || edge[n-2] == 0 {
						t.Errorf("%s %q: the ink does not fill its box", f.Face(s), r)
					}
				}
			}
		}
	}
}

func TestMaskErrors(t *testing.T) {
	face := Families[0].Face(Regular)
	for r, want := range map[rune]string{'漢': "does not have it", ' ': "no ink"} {
		if _, err := face.Mask(r); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "Go regular") {
			t.Errorf("%q: error %v, want one that names the face and says %q", r, err, want)
		}
	}
}

// The digest covers curves of both kinds (TrueType and CFF), composite glyphs
// and overlapping contours. It changes with a typeface's module or the
// rasteriser, and then every generated data set changes.
func TestMaskDigest(t *testing.T) {
	h := sha256.New()
	for _, f := range append(append([]*Family{}, Families...), HeldOut...) {
		for _, s := range Styles {
			for _, r := range "AaBgiQ%&@ЖЁ§θ0½" {
				m, err := f.Face(s).Mask(r)
				if err != nil {
					t.Fatal(err)
				}
				h.Write([]byte{byte(m.W), byte(m.H)})
				h.Write(m.Pix)
			}
		}
	}
	const want = "54403e55e27748e6292e0495fdcccd79423d61f2234b54b7dba301bbe68dba5a"
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		t.Errorf("masks have digest %s, want %s", got, want)
	}
}

func TestMaskIsSafeForConcurrentUse(t *testing.T) {
	face := Families[1].Face(Bold)
	var wg sync.WaitGroup
	masks := make([]*Mask, 8)
	for i := range masks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			masks[i], _ = face.Mask('W')
		}()
	}
	wg.Wait()
	for _, m := range masks {
		if m == nil || m != masks[0] {
			t.Fatal("goroutines got different masks")
		}
	}
}

func BenchmarkMask(b *testing.B) {
	font, err := Families[3].Face(Regular).parse()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		contours, err := outline(font, '&')
		if err != nil {
			b.Fatal(err)
		}
		rasterise(contours)
	}
}
