package imported

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute/arrays"
)

func save(t *testing.T, path string, write func(io.Writer) error) {
	t.Helper()
	f, err := os.Create(path)
	if err == nil {
		err = errors.Join(write(f), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Arrays in files of their own, and in one .npz, are what they are in a safetensors file.
func TestFormatsAgree(t *testing.T) {
	all := []arrays.Named{
		floats(FeaturesArray, []int{4, 2}, 1, 2, 3, 4, 5, 6, 7, 8), labels(1, 1, 0, 0),
		floats(ActivationsPath+"stem", []int{4, 3}, 0, 1, 2, 0, 0, 0, 3, 4, 5, 6, 0, 0),
	}
	want, err := result(t, Features{File: write(t, "a.safetensors", all...), Classes: 2})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, a := range all {
		name := strings.ReplaceAll(a.Name, "/", "-")
		save(t, filepath.Join(dir, "set-test-"+name+".npy"), func(w io.Writer) error { return arrays.WriteNPY(w, a) })
	}
	save(t, filepath.Join(dir, "set.npz"), func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, a := range all {
			m, err := z.Create(a.Name + ".npy")
			if err := errors.Join(err, arrays.WriteNPY(m, a)); err != nil {
				return err
			}
		}
		return z.Close()
	})
	for _, path := range []string{filepath.Join(dir, "set-test-{array}.npy"), filepath.Join(dir, "set.npz")} {
		file, held, err := OpenLedger("").Look(path)
		if err != nil || len(held.Arrays) != 3 || held.Labels.N != 4 || held.Labels.Classes != 2 {
			t.Fatalf("%s: %+v, %v", path, held, err)
		}
		got, err := result(t, Features{File: file, Classes: 2})
		if err != nil || !slices.Equal(got.H, want.H) || !slices.Equal(got.Labels, want.Labels) {
			t.Errorf("%s: %v %v, %v", path, got.H, got.Labels, err)
		}
		s, err := result(t, NonZero{Activations: Activations{File: file, Layers: []string{"stem", "features"}}, Count: 4})
		if err != nil || !slices.Equal(s.NonZero, []float64{0.5, 1}) {
			t.Errorf("%s: %+v, %v", path, s, err)
		}
	}

	// Another array in the place of one is another file.
	path := filepath.Join(dir, "set-test-{array}.npy")
	before, _, _ := OpenLedger("").Look(path)
	save(t, filepath.Join(dir, "set-test-labels.npy"), func(w io.Writer) error { return arrays.WriteNPY(w, labels(0, 0, 1, 1)) })
	after, _, err := OpenLedger("").Look(path)
	if err != nil || after.Digest == before.Digest {
		t.Errorf("%v, %v, %v", before, after, err)
	}
	if _, err := result(t, Features{File: before, Classes: 2}); err == nil || !strings.Contains(err.Error(), "has changed") {
		t.Error(err)
	}
	// Files that are not there, and one that has more than its name says.
	if _, _, err := OpenLedger("").Look(filepath.Join(dir, "none-{array}.npy")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, _, err := OpenLedger("").Look(filepath.Join(dir, "gone", "{array}.npy")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, _, err := OpenLedger("").Look(filepath.Join(dir, "s{array}.npz")); err == nil || !strings.Contains(err.Error(), "has 3 arrays where the name of the file stands for one") {
		t.Error(err)
	}
}
