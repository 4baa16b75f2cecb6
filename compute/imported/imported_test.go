package imported

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/tasktest"
)

// write makes a file of arrays and looks at it.
func write(t testing.TB, name string, all ...arrays.Named) File {
	t.Helper()
	file, _, err := OpenLedger("").Look(unchecked(t, name, all...))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// unchecked makes a file of arrays that may be none for us.
func unchecked(t testing.TB, name string, all ...arrays.Named) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := arrays.WriteSafetensors(f, all, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func floats(name string, shape []int, x ...float32) arrays.Named {
	return arrays.Named{Name: name, Shape: shape, Floats: x}
}

func labels(y ...int64) arrays.Named {
	return arrays.Named{Name: LabelsArray, Shape: []int{len(y)}, Ints: y}
}

// result runs one task with everything under it.
func result[T any](t testing.TB, task compute.Task[T]) (T, error) {
	p := tasktest.Plan()
	ref := compute.Need(p, task)
	r, err := (compute.Pool{Jobs: 1, KeepGoing: true}).Run(t.Context(), p, cache.NewMemory(), nil)
	if r == nil {
		t.Fatal(err)
	}
	return compute.Value(r, ref)
}

// Images in any order come in rounds of one per class, with their own labels, and only as
// many of a class as asked for.
func TestFeaturesComeInRounds(t *testing.T) {
	x := floats(FeaturesArray, []int{6, 2}, 1, 1, 2, 2, 3, 3, 0, 0, 5, 5, 6, 6)
	file := write(t, "a.safetensors", x, labels(0, 0, 0, 1, 1, 2))
	for _, c := range []struct {
		perClass int
		rows     []float32
		labels   []int
	}{
		{0, []float32{1, 0, 6, 2, 5, 3}, []int{0, 1, 2, 0, 1, 0}},
		{1, []float32{1, 0, 6}, []int{0, 1, 2}},
	} {
		m, err := result(t, Features{File: file, Classes: 4, PerClass: c.perClass})
		if err != nil {
			t.Fatal(err)
		}
		var first []float32
		for i := range m.N {
			first = append(first, m.H[2*i])
		}
		if !slices.Equal(first, c.rows) || !slices.Equal(m.Labels, c.labels) || m.D != 2 || m.Classes != 4 || m.Zero != 1 {
			t.Errorf("%d per class: %v, %v, D %d, classes %d, zero %d", c.perClass, first, m.Labels, m.D, m.Classes, m.Zero)
		}
	}
	if got := inRounds([]int{1, 0, 2, 0, 1, 2, 2}, 0); !slices.Equal(got, []int{0, 1, 2, 3, 4, 5, 6}) {
		t.Errorf("images in rounds already: %v", got)
	}
}

// The three ways to write a final layer are one layer.
func TestFinalLayers(t *testing.T) {
	bias := floats(BiasArray, []int{2}, 7, 8)
	for _, w := range []arrays.Named{
		floats(WeightsArray, []int{3, 2}, 1, 2, 3, 4, 5, 6),
		floats(KernelArray, []int{3, 2}, 1, 2, 3, 4, 5, 6),
		floats(LinearArray, []int{2, 3}, 1, 3, 5, 2, 4, 6),
	} {
		got, err := result(t, Final{File: write(t, "final.safetensors", w, bias)})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.W, []float32{1, 2, 3, 4, 5, 6}) || !slices.Equal(got.B, []float32{7, 8}) {
			t.Errorf("%s: %v, %v", w.Name, got.W, got.B)
		}
	}
}

func TestFinalLayersThatAreNone(t *testing.T) {
	w, b := floats(WeightsArray, []int{3, 2}, make([]float32, 6)...), floats(BiasArray, []int{2}, 0, 0)
	nan := floats(WeightsArray, []int{1, 2}, 0, float32(inf()))
	for want, all := range map[string][]arrays.Named{
		`array "weights": is not in the file; write the weights of the final layer under one of the names`: {b},
		`array "weight": is in the file and weights too; leave one of the two out`:                         {w, b, floats(LinearArray, []int{2, 3}, make([]float32, 6)...)},
		`array "bias": is not in the file; write one number for each class`:                                {w},
		`array "bias": has shape [3] where weights has 2 classes; if the weights are [classes, features]`:  {w, floats(BiasArray, []int{3}, 0, 0, 0)},
		`array "weights": has shape [6]`:               {floats(WeightsArray, []int{6}, make([]float32, 6)...), b},
		`array "weights": element [0 1] is not finite`: {nan, b},
	} {
		_, err := result(t, Final{File: write(t, "final.safetensors", all...)})
		if err == nil || !strings.Contains(err.Error(), "final.safetensors: "+want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func inf() float64 { var zero float64; return 1 / zero }

// Numbers that are not finite are named with image and place, wherever the order of the
// images has put them.
func TestFeaturesThatAreNotFinite(t *testing.T) {
	x := floats(FeaturesArray, []int{3, 2}, 1, 2, 3, 4, 5, float32(inf()))
	_, err := result(t, Features{File: write(t, "bad.safetensors", x, labels(0, 0, 1)), Classes: 2})
	if err == nil || !strings.Contains(err.Error(), `array "features": number 1 of image 2 is not finite; `) {
		t.Error(err)
	}
}

// Given logits have to be those of the objective's own head.
func TestHead(t *testing.T) {
	w, b := floats(WeightsArray, []int{2, 3}, 1, 0, -1, 0.5, 2, 1), floats(BiasArray, []int{3}, 0.1, 0, -0.2)
	h := []float32{1, 2, 0, 1, -3, 0.25, 0.5, 0.5}
	final := write(t, "final.safetensors", w, b)
	for _, spec := range []objective.Spec{{Name: "softmax"}, {Name: "cosine_softmax", Tau: 0.05}, {Name: "logit_normalization", Tau: 0.04}, {Name: "sigmoid"}} {
		z := make([]float32, 4*3)
		if _, err := spec.Logits(z, h, 4, 2, w.Floats, b.Floats, 3); err != nil {
			t.Fatal(err)
		}
		at := func(z []float32) File {
			return write(t, "set.safetensors", floats(FeaturesArray, []int{4, 2}, h...), labels(0, 1, 2, 0), floats(LogitsArray, []int{4, 3}, z...))
		}
		r, err := result(t, Head{File: at(z), Final: final, Objective: spec})
		if err != nil || r.Images != 4 || r.Classes != 3 || r.Largest != 0 {
			t.Errorf("%s: %+v, %v", spec.Name, r, err)
		}
		near := slices.Clone(z)
		near[5] *= 1.0001
		if r, err := result(t, Head{File: at(near), Final: final, Objective: spec}); err != nil || r.Largest == 0 {
			t.Errorf("%s, rounding: %+v, %v", spec.Name, r, err)
		}
		off := slices.Clone(z)
		off[10] += 1
		_, err = result(t, Head{File: at(off), Final: final, Objective: spec})
		if err == nil || !strings.Contains(err.Error(), `array "logits": the logit of class 1 of image 3 is `) {
			t.Errorf("%s: %v", spec.Name, err)
		}
	}
}

// A file is known by its bytes: the same elsewhere has the same key, others under the
// same name are refused.
func TestKeysAreOfContents(t *testing.T) {
	a := write(t, "a.safetensors", floats(FeaturesArray, []int{2, 1}, 1, 2), labels(0, 1))
	b := write(t, "b.safetensors", floats(FeaturesArray, []int{2, 1}, 1, 2), labels(0, 1))
	c := write(t, "c.safetensors", floats(FeaturesArray, []int{2, 1}, 1, 3), labels(0, 1))
	p := compute.NewPlan(compute.FixedCode("1"))
	for _, f := range []File{a, b, c} {
		compute.Need(p, Features{File: f, Classes: 2, Set: f.Path})
	}
	if p.Err() != nil || p.Len() != 2 {
		t.Errorf("%d tasks, %v", p.Len(), p.Err())
	}
	text, err := os.ReadFile(c.Path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(a.Path, append(text, ' '), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := result(t, Features{File: a, Classes: 2}); err == nil || !strings.Contains(err.Error(), "has changed since this run began") {
		t.Error(err)
	}
}

// Activations are counted and compared layer by layer, in rounds.
func TestActivations(t *testing.T) {
	all := []arrays.Named{
		labels(0, 0, 0, 0, 1, 1, 1, 1),
		floats(FeaturesArray, []int{8, 1}, 1, 2, 3, 4, 5, 6, 7, 8.5),
		floats(ActivationsPath+"stem", []int{8, 2, 2}, slices.Repeat([]float32{0, 1, 0, -1}, 8)...),
	}
	all[2].Floats[16] = 3 // of the first image of class 1
	a := Activations{File: write(t, "a.safetensors", all...), Layers: []string{"stem", "features"}}
	s, err := result(t, NonZero{Activations: a, Count: 2})
	if err != nil || !slices.Equal(s.NonZero, []float64{0.625, 1}) || s.Images != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	g, err := result(t, Grams{Activations: a, Count: 8, Minibatch: 4})
	if err != nil || len(g.Centred) != 2 || !reflect.DeepEqual(g.Layers, a.Layers) {
		t.Errorf("%+v, %v", g, err)
	}
	if _, err := result(t, Grams{Activations: a, Count: 8, Minibatch: 9}); err == nil || !strings.Contains(err.Error(), "has 8 images, one minibatch has 9; ") {
		t.Error(err)
	}
}
