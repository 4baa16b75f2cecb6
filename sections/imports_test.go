package sections

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/imported"
)

// put writes a file of arrays into the folder of the source.
func put(t *testing.T, dir, name string, all ...arrays.Named) {
	t.Helper()
	var b bytes.Buffer
	if err := arrays.WriteSafetensors(&b, all, nil); err != nil {
		t.Fatal(err)
	}
	putBytes(t, dir, name, b.Bytes())
}

func putBytes(t *testing.T, dir, name string, b []byte) {
	t.Helper()
	path := filepath.Join(dir, "imported", name+".safetensors")
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
}

func features(n, d int) arrays.Named {
	return arrays.Named{Name: imported.FeaturesArray, Shape: []int{n, d}, Floats: make([]float32, n*d)}
}

func classIndices(y ...int64) arrays.Named {
	return arrays.Named{Name: imported.LabelsArray, Shape: []int{len(y)}, Ints: y}
}

func finalLayer(d, k int) []arrays.Named {
	return []arrays.Named{
		{Name: imported.WeightsArray, Shape: []int{d, k}, Floats: make([]float32, d*k)},
		{Name: imported.BiasArray, Shape: []int{k}, Floats: make([]float32, k)},
	}
}

// sourced plans the items of the paper's preset on the files of a folder.
func sourced(t *testing.T, dir string, items ...string) (*Study, []Planned, *compute.Results) {
	t.Helper()
	m := manifest(t)
	m.Dir = dir
	study, err := NewStudy(m, "paper")
	if err != nil {
		t.Fatal(err)
	}
	p := compute.NewPlan(compute.FixedCode("test"))
	planned := Plan(p, study, func(id string) bool { return strings.Contains(strings.Join(items, " "), id) })
	if err := p.Err(); err != nil {
		t.Fatal(err)
	}
	r, err := (compute.Pool{Jobs: 1, KeepGoing: true}).Run(t.Context(), p, cache.NewMemory(), nil)
	if r == nil {
		t.Fatal(err)
	}
	return study, planned, r
}

// A file that cannot be used is one error with the file, the array and the mend.
func TestBadImports(t *testing.T) {
	const train, test = "softmax/1/imagenet-train", "softmax/1/imagenet-test"
	for name, c := range map[string]struct {
		spoil func(t *testing.T, dir string)
		want  string
	}{
		"no features": {func(t *testing.T, dir string) { put(t, dir, test, classIndices(0, 1)) },
			test + `.safetensors: array "features": is not in the file; write the penultimate features under this name, shape [N, D]`},
		"no labels": {func(t *testing.T, dir string) { put(t, dir, test, features(2, 3)) },
			test + `.safetensors: array "labels": is not in the file; write the class index`},
		"flat features": {func(t *testing.T, dir string) {
			put(t, dir, test, arrays.Named{Name: "features", Shape: []int{6}, Floats: make([]float32, 6)}, classIndices(0, 1))
		}, test + `.safetensors: array "features": has shape [6]; write one row of features for each image`},
		"integer features": {func(t *testing.T, dir string) {
			put(t, dir, test, arrays.Named{Name: "features", Shape: []int{2, 3}, Ints: make([]int64, 6)}, classIndices(0, 1))
		}, test + `.safetensors: array "features": has elements of type I64`},
		"other images": {func(t *testing.T, dir string) { put(t, dir, test, features(3, 3), classIndices(0, 1)) },
			test + `.safetensors: array "labels": has 2 labels for 3 rows of features; write both for the same images`},
		"other width": {func(t *testing.T, dir string) { put(t, dir, test, features(2, 4), classIndices(0, 1)) },
			test + `.safetensors: array "features": has 4 features, the final layer `},
		"label out of range": {func(t *testing.T, dir string) { put(t, dir, test, features(2, 3), classIndices(0, 2)) },
			test + `.safetensors: array "labels": label 2 is none of the 2 classes of the final layer `},
		"logits of other classes": {func(t *testing.T, dir string) {
			put(t, dir, test, features(2, 3), classIndices(0, 1), arrays.Named{Name: "logits", Shape: []int{2, 3}, Floats: make([]float32, 6)})
		}, test + `.safetensors: array "logits": has shape [2 3] where 2 images and 2 classes of the final layer `},
		"final layer of other features": {func(t *testing.T, dir string) { put(t, dir, "softmax/1/final", finalLayer(5, 2)...) },
			test + `.safetensors: array "features": has 3 features, the final layer `},
		"no bias": {func(t *testing.T, dir string) { put(t, dir, "softmax/1/final", finalLayer(3, 2)[0]) },
			`softmax/1/final.safetensors: array "bias": is not in the file; write one number for each class`},
		"other order": {func(t *testing.T, dir string) {
			put(t, dir, "sigmoid/1/imagenet-test", features(2, 3), classIndices(1, 0))
		},
			`sigmoid/1/imagenet-test.safetensors: array "labels": differs from that of `},
		"truncated": {func(t *testing.T, dir string) {
			b, err := os.ReadFile(filepath.Join(dir, "imported", test+".safetensors"))
			if err != nil {
				t.Fatal(err)
			}
			putBytes(t, dir, test, b[:len(b)-1])
		}, test + `.safetensors: `},
		"hostile header": {func(t *testing.T, dir string) {
			putBytes(t, dir, test, []byte("\x50\x00\x00\x00\x00\x00\x00\x00"+`{"features":{"dtype":"F32","shape":[1099511627776,4],"data_offsets":[0,16]}}     `+"0123456789abcdef"))
		}, test + `.safetensors: `},
		"a pickle": {func(t *testing.T, dir string) { putBytes(t, dir, test, []byte("\x80\x04\x95abc")) },
			test + `.safetensors: is neither safetensors nor .npy nor .npz; it looks like a Python pickle`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, "softmax/1/final", finalLayer(3, 2)...)
			put(t, dir, train, features(2, 3), classIndices(0, 1))
			put(t, dir, test, features(2, 3), classIndices(0, 1))
			put(t, dir, "sigmoid/1/final", finalLayer(3, 2)...)
			put(t, dir, "sigmoid/1/imagenet-test", features(2, 3), classIndices(0, 1))
			if study, _, _ := sourced(t, dir, "table-3"); study.imports.err != nil {
				t.Fatal(study.imports.err)
			}
			c.spoil(t, dir)
			study, _, _ := sourced(t, dir, "table-3")
			found, _ := study.Sourced()
			if found.Err == nil || !strings.Contains(filepath.ToSlash(found.Err.Error()), c.want) {
				t.Errorf("got  %v\nwant %s", found.Err, c.want)
			} else if strings.Contains(found.Err.Error(), "\n") {
				t.Errorf("more than one line: %v", found.Err)
			}
		})
	}
}

// A cell without a file names it, one with files has its value, and the count of what is
// missing leaves out what few sources have.
func TestMissingImports(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "softmax/1/final", finalLayer(3, 2)...)
	put(t, dir, "softmax/1/imagenet-test", features(2, 3), classIndices(0, 1))
	study, planned, r := sourced(t, dir, "table-3", "table-4", "table-c2")
	found, ok := study.Sourced()
	if !ok || found.Err != nil || found.Files != 2 {
		t.Fatalf("%+v", found)
	}
	for _, path := range found.Missing {
		if strings.Contains(path, "-tau-") || strings.Contains(path, "imagenet_") {
			t.Errorf("%s is counted as missing", path)
		}
	}
	for _, one := range planned {
		if one.Item.ID != "table-3" {
			continue
		}
		d, err := one.Draw(r)
		if err != nil {
			t.Fatal(err)
		}
		row := d.Artifacts[0].Table.Rows[0]
		if len(row.Cells[0].Samples) != 8 || row.Cells[0].Samples[0].Value == nil || *row.Cells[0].Samples[0].Value != 50 {
			t.Errorf("accuracy %+v", row.Cells[0])
		}
		if note := row.Cells[0].Samples[1].Note; !strings.HasSuffix(note, "softmax/2/final.safetensors") || !strings.HasPrefix(note, "no file ") {
			t.Errorf("seed 2: %s", note)
		}
		if want := "no file "; !strings.HasPrefix(row.Cells[1].Missing, want) || !strings.HasSuffix(row.Cells[1].Missing, "softmax/1/imagenet-train.safetensors") {
			t.Errorf("class separation: %s", row.Cells[1].Missing)
		}
	}
	if n, k := study.images(study.Pretraining(data.Test)), study.classes(study.Pretraining(data.Test)); n != 2 || k != 2 {
		t.Errorf("%d images of %d classes", n, k)
	}
}
