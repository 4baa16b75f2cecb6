package external

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/predict"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

// exchangeOf is the exchange about a model that is to have a curve, and its training set.
func exchangeOf(t *testing.T, m train.Model) (*data.Set, *exchange) {
	t.Helper()
	set, err := m.Data.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e, err := newExchange(m, true, set)
	if err != nil {
		t.Fatal(err)
	}
	if m.Monitor > 0 {
		if e.validation, err = monitored(m).Load(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return set, e
}

// The folder says all that a trainer has to know, and what it says is true.
func TestFolder(t *testing.T) {
	m := small()
	m.Objective = objective.Spec{Name: "label_smoothing", Alpha: 0.1, With: "cosine_softmax", Tau: 0.2}
	m.Checkpoints, m.Monitor = 1, 2
	set, e := exchangeOf(t, m)
	folder := t.TempDir()
	if err := e.write(folder); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, specFile))
	if err != nil {
		t.Fatal(err)
	}
	var spec specification
	if err := json.Unmarshal(text, &spec); err != nil {
		t.Fatal(err)
	}
	o := spec.Objective
	if o.Name != "label_smoothing" || o.Alpha != 0.1 || o.With != "cosine_softmax" || o.Tau != 0.2 || o.Equation != 0 {
		t.Errorf("objective %+v", o)
	}
	if !slices.Equal(spec.Checkpoints, []int{1}) || !spec.Curve || spec.Check != 32 || spec.Schedule.StepsPerPass != 5 || spec.Seed != 3 {
		t.Errorf("%+v", spec)
	}
	if v := spec.Images.Validation; v == nil || v.Count != 20 || len(spec.Images.Classes) != 10 {
		t.Errorf("images %+v", spec.Images)
	}
	images, err := arrays.Open(filepath.Join(folder, spec.Images.Train.Images))
	if err != nil {
		t.Fatal(err)
	}
	defer images.Close()
	info, err := images.Info("train.images")
	if err != nil || info.DType != "U8" || !slices.Equal(info.Shape, []int{40, 28, 28, 1}) {
		t.Errorf("%+v, %v", info, err)
	}
	pixels, _, err := images.Int64("train.images")
	if err != nil || pixels[30_000] != int64(set.Pixels[30_000]) {
		t.Error("other pixels")
	}
	initial, err := arrays.Open(filepath.Join(folder, spec.Initial))
	if err != nil {
		t.Fatal(err)
	}
	defer initial.Close()
	if len(initial.Names()) != len(spec.Network.Parameters) {
		t.Errorf("%d initial arrays, %d parameters", len(initial.Names()), len(spec.Network.Parameters))
	}
	for _, p := range spec.Network.Parameters {
		x, shape, err := initial.Float32(p.Name)
		if err != nil || !slices.Equal(shape, p.Shape) {
			t.Fatalf("%s: %v, %v", p.Name, shape, err)
		}
		drawn(t, p, x)
	}
}

// drawn holds initial values against what the specification says of them.
func drawn(t *testing.T, p parameter, x []float32) {
	if p.Constant != nil {
		for _, v := range x {
			if float64(v) != *p.Constant {
				t.Fatalf("%s: %v, not %v", p.Name, v, *p.Constant)
			}
		}
		return
	}
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	got, n := math.Sqrt(sum/float64(len(x))), float64(len(x))
	if math.Abs(got/(*p.Deviation)-1) > 5/math.Sqrt(2*n) {
		t.Errorf("%s: deviation %v, the specification says %v", p.Name, got, *p.Deviation)
	}
}

// The answers that a trainer gives are held against those of its weights.
func TestAnswersAreChecked(t *testing.T) {
	m := small()
	set, e := exchangeOf(t, m)
	o := output{exchange: e}
	first := *set
	first.Labels, first.Pixels = set.Labels[:checked], set.Pixels[:checked*28*28]
	logits, err := o.logits(t.Context(), e.initial.weights(), &first)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		logits func(float32) float32
		change func(network)
		want   string
	}{
		"right":            {},
		"ten bits":         {logits: func(v float32) float32 { return v * (1 + 1.0/1024) }},
		"other logits":     {logits: func(v float32) float32 { return -v }, want: "the weights it wrote give"},
		"transposed":       {change: transposeHead, want: "is a weight transposed"},
		"other statistics": {change: func(n network) { n[stats][0] = 3 }, want: "check.logits"},
	} {
		theirs := slices.Clone(logits)
		if c.logits != nil {
			for i, v := range theirs {
				theirs[i] = c.logits(v)
			}
		}
		weights := e.initial
		for i := range weights {
			weights[i] = slices.Clone(weights[i])
		}
		if c.change != nil {
			c.change(weights)
		}
		list := []arrays.Named{{Name: checkLogits, Shape: []int{checked, 10}, Floats: theirs}}
		for _, p := range e.parameters {
			list = append(list, arrays.Named{Name: p.Name, Shape: p.Shape, Floats: weights.of(p)})
		}
		list = append(list, arrays.Named{Name: curveLoss, Shape: []int{2}, Floats: []float32{1, 1}}, arrays.Named{Name: curveTop1, Shape: []int{2}, Floats: []float32{1, 1}})
		folder := t.TempDir()
		writeArrays(t, filepath.Join(folder, outputFile), list)
		_, err := e.read(t.Context(), folder)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// transposeHead exchanges the last two lengths of the last convolution.
func transposeHead(n network) {
	head := n[theta][len(n[theta])-2*256-96*256:][:96*256]
	old := slices.Clone(head)
	for i := range 96 {
		for j := range 256 {
			head[i*256+j] = old[j*96+i]
		}
	}
}

func writeArrays(t *testing.T, path string, list []arrays.Named) {
	t.Helper()
	f, err := os.Create(path)
	if err == nil {
		err = arrays.WriteSafetensors(f, list, nil)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever bytes a trainer leaves, there are weights that can be stored, or one error.
func FuzzOutput(f *testing.F) {
	m := small()
	m.Schedule.Passes = 1
	set, err := m.Data.Load(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	e, err := newExchange(m, true, set)
	if err != nil {
		f.Fatal(err)
	}
	// Two parameters are enough for every way to be wrong.
	e.parameters, e.initial = e.parameters[1:3], network{make([]float32, 48), {}, {}, {}}
	e.initial[finalW], e.initial[finalB] = []float32{0}, []float32{0}
	header := `{"__metadata__":{"diverged":"no"},"curve.loss":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`
	f.Add([]byte(header))
	f.Add([]byte(`{"stem.gamma":{"dtype":"F64","shape":[16],"data_offsets":[0,128]},"stem.beta":{"dtype":"BF16","shape":[16],"data_offsets":[128,160]}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		folder := t.TempDir()
		length := []byte{byte(len(b)), byte(len(b) >> 8), 0, 0, 0, 0, 0, 0}
		if err := os.WriteFile(filepath.Join(folder, outputFile), append(append(length, b...), make([]byte, 160)...), 0o666); err != nil {
			t.Fatal(err)
		}
		w, err := e.read(t.Context(), folder)
		if err != nil {
			if strings.Contains(err.Error(), folder) {
				t.Errorf("names a folder that is gone: %v", err)
			}
			return
		}
		if _, err := w.MarshalBinary(); err != nil {
			t.Error(err)
		}
	})
}

// What enters the key, and what does not.
func TestKey(t *testing.T) {
	key := func(m Model) cache.Key {
		p := tasktest.Plan()
		return p.Behind([]compute.Asked{compute.Need(p, m).Asked()})[0].Key
	}
	m := Model{Model: small(), Trainer: Trainer{Command: []string{"a", "b"}, Version: "1", Files: []File{{"b", "00"}}}, Curve: true}
	same := m
	same.Runner = NewRunner("/elsewhere", []string{"X"}, 5, 7)
	if key(m) != key(same) {
		t.Error("where it runs changes the key")
	}
	for name, change := range map[string]func(*Model){
		"command": func(m *Model) { m.Trainer.Command = []string{"a", "c"} },
		"version": func(m *Model) { m.Trainer.Version = "2" },
		"file":    func(m *Model) { m.Trainer.Files = []File{{"b", "01"}} },
		"curve":   func(m *Model) { m.Curve = false },
		"seed":    func(m *Model) { m.Model.Seed = 4 },
		"rate":    func(m *Model) { m.Model.Schedule.LearningRate = 0.2 },
	} {
		other := m
		change(&other)
		if key(m) == key(other) {
			t.Errorf("another %s has the same key", name)
		}
	}
}

func TestDescribe(t *testing.T) {
	dir := t.TempDir()
	for _, f := range []string{"train.py", "model.py"} {
		if err := os.WriteFile(filepath.Join(dir, f), []byte(f), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	names := func(files []File) (out []string) {
		for _, f := range files {
			out = append(out, f.Name)
		}
		return out
	}
	other := filepath.Join(dir, "model.py")
	command := []string{"/bin/sh", "train.py", "--fast", "..", other, ""}
	found, err := Describe(dir, command, "v", nil)
	if err != nil || !slices.Equal(names(found.Files), []string{"train.py", other}) || found.String() != "/bin/sh train.py --fast .. "+other+" ''" {
		t.Errorf("%v %v", found, err)
	}
	if own, err := Describe(dir, []string{"./train.py"}, "", nil); err != nil || !slices.Equal(names(own.Files), []string{"./train.py"}) {
		t.Errorf("%v %v", own, err)
	}
	if system, err := Describe(dir, []string{"train.py"}, "", nil); err != nil || system.Files != nil { // looked up in PATH
		t.Errorf("%v %v", system, err)
	}
	given, err := Describe(dir, command, "v", []string{"model.py", filepath.Join(dir, "train.py")})
	if err != nil || len(given.Files) != 2 || given.Files[1].SHA256 != found.Files[0].SHA256 || len(found.Files[0].SHA256) != 64 {
		t.Errorf("%v %v", given, err)
	}
	if none, err := Describe(dir, command, "v", []string{}); err != nil || none.Files != nil {
		t.Errorf("%v %v", none, err)
	}
	for _, bad := range []string{"nowhere.py", "."} {
		if _, err := Describe(dir, command, "", []string{bad}); err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := Describe(dir, nil, "", nil); err == nil {
		t.Error("no command is fine")
	}
}

// A substituted run is what every task above it gets; views of it work, and what the
// trainer cannot do is left or cannot be had.
func TestSubstitute(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	trainer := Trainer{Command: command(t, "edit", "copy", "set curve.validation_top1 0.5 0.6")}
	s := Setup{Trainer: trainer, Runner: NewRunner("", nil, 0, 1), Curve: true, Checkpoints: true, Leaves: []string{"miniresnet", Mixup}}
	m := small()
	m.Checkpoints, m.Monitor = 1, 2
	view, mixed := m, small()
	view.At, mixed.Schedule.Mixup = 1, 0.2
	if !s.Trains(m) || s.Trains(mixed) {
		t.Error("who trains what")
	}
	p := tasktest.Plan()
	s.Substitute(p)
	end, before := compute.Need(p, m), compute.Need(p, view)
	curve := compute.Need(p, predict.Curve{Model: m})
	accuracy := compute.Need(p, train.Evaluate{Model: m, Data: m.Data})
	compute.Need(p, mixed)
	r := tasktest.RunPlan(t, 2, cache.NewMemory(), p)
	if a, b := tasktest.Value(t, r, end), tasktest.Value(t, r, before); !slices.Equal(a.Theta, b.Theta) || len(b.Epochs) != 1 {
		t.Error("the view is of something else")
	}
	if c := tasktest.Value(t, r, curve); c.Epochs[1].ValidationTop1 != float64(float32(0.6)) {
		t.Errorf("%+v", c)
	}
	if a := tasktest.Value(t, r, accuracy); a.N != 40 || a.Diverged != "" {
		t.Errorf("%+v", a)
	}
	kinds := map[string]int{}
	for _, b := range p.Behind([]compute.Asked{end.Asked(), before.Asked(), curve.Asked(), accuracy.Asked()}) {
		kinds[b.Kind]++
	}
	if kinds[Kind] != 1 || kinds["train.model"] != 0 {
		t.Errorf("%v", kinds)
	}

	s.Curve, s.Checkpoints, s.Trainer.Command = false, false, command(t, "good")
	p = tasktest.Plan()
	s.Substitute(p)
	end, before = compute.Need(p, m), compute.Need(p, view)
	r = tasktest.RunPlan(t, 1, cache.NewMemory(), p)
	if w := tasktest.Value(t, r, end); len(w.Theta) == 0 || w.Epochs != nil {
		t.Error("no weights, or a curve")
	}
	if _, err := compute.Value(r, before); err == nil || !strings.Contains(err.Error(), "keeps no checkpoints") {
		t.Error(err)
	}
}
