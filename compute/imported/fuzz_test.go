package imported

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"lossxfer-report/compute/arrays"
)

// FuzzLook feeds anybody's bytes to everything that reads a file: it has to refuse them
// or give rows, labels and layers that fit together.
func FuzzLook(f *testing.F) {
	seed := func(all ...arrays.Named) {
		var b bytes.Buffer
		if err := arrays.WriteSafetensors(&b, all, nil); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	seed(floats(FeaturesArray, []int{3, 2}, 1, 2, 3, 4, 5, 6), labels(0, 2, 1))
	seed(floats(WeightsArray, []int{2, 3}, 1, 2, 3, 4, 5, 6), floats(BiasArray, []int{3}, 0, 0, 0))
	seed(floats(LinearArray, []int{2, 2}, 1, 2, 3, 4), floats(BiasArray, []int{2}, 0, 0))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "a")
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		file, held, err := OpenLedger("").Look(path)
		if err != nil {
			return
		}
		if layer, err := held.FinalLayer(path); err == nil {
			if w, err := result(t, Final{File: file}); err == nil && (len(w.W) != layer.Features*layer.Classes || len(w.B) != layer.Classes) {
				t.Errorf("%+v with %d weights and %d biases", layer, len(w.W), len(w.B))
			}
		}
		if held.Labels == nil {
			return
		}
		if m, err := result(t, Features{File: file, Classes: held.Labels.Classes, PerClass: 2}); err == nil {
			if len(m.H) != m.N*m.D || len(m.Labels) != m.N || m.N > held.Labels.N {
				t.Errorf("%d features of %d × %d, %d labels", len(m.H), m.N, m.D, len(m.Labels))
			}
		}
	})
}
