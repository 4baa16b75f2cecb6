package predict

import (
	"context"
	"math"
	"slices"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

var testSet = data.Source{Name: "latin10", Split: data.Test, PerClass: 8}

func model(spec objective.Spec, seed int, rate float64) train.Model {
	return train.Model{
		Arch:      net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1},
		Data:      data.Source{Name: "latin10", Split: data.Train, PerClass: 6},
		Objective: spec, Seed: seed,
		Schedule: train.Schedule{Passes: 2, Batch: 12, LearningRate: rate, Momentum: 0.9, Decay: train.Cosine},
	}
}

func run(t *testing.T, p *compute.Plan) *compute.Results {
	t.Helper()
	return tasktest.RunPlan(t, 2, cache.NewMemory(), p)
}

// probabilities is the softmax of logits by the plain formula.
func probabilities(t *testing.T, w train.Weights, m train.Model) (p [][]float64, labels []int) {
	t.Helper()
	set, err := testSet.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	f, err := w.Features(context.Background(), m.Arch, set)
	if err != nil {
		t.Fatal(err)
	}
	z, err := m.Logits(w, f)
	if err != nil {
		t.Fatal(err)
	}
	for i := range f.N {
		row, sum := make([]float64, w.Classes()), 0.0
		for k := range row {
			row[k] = math.Exp(float64(z[i*len(row)+k]))
			sum += row[k]
		}
		for k := range row {
			row[k] /= sum
		}
		p = append(p, row)
	}
	return p, f.Labels
}

// vote is the predictions of the mean of probabilities.
func vote(members ...[][]float64) []int {
	var out []int
	for i := range members[0] {
		best, most := 0, 0.0
		for k := range members[0][i] {
			sum := 0.0
			for _, m := range members {
				sum += m[i][k]
			}
			if sum > most {
				best, most = k, sum
			}
		}
		out = append(out, best)
	}
	return out
}

// Every task against the same thing computed by hand from the weights.
func TestTasksByHand(t *testing.T) {
	specs := []objective.Spec{{Name: "softmax"}, {Name: "squared_error", Kappa: 3, M: 10, Scale: 1}}
	const seeds = 3
	p := compute.NewPlan(compute.FixedCode("test"))
	var weights [2][seeds]compute.Ref[train.Weights]
	var agree []compute.Ref[AgreementResult]
	var all [2][]train.Model
	models := func(s int) (a, b train.Model) { return model(specs[0], s, 0.02), model(specs[1], s, 0.002) }
	for s := 1; s <= seeds; s++ {
		a, b := models(s)
		weights[0][s-1], weights[1][s-1] = compute.Need(p, a), compute.Need(p, b)
		all[0], all[1] = append(all[0], a), append(all[1], b)
		if s > 1 {
			agree = append(agree, compute.Need(p, Agreement{A: slices.Clone(all[0]), B: slices.Clone(all[1]), Data: testSet}))
		}
	}
	a, _ := models(1)
	both := compute.Need(p, Ensembles{A: all[0], B: all[1], Data: testSet})
	later := compute.Need(p, Ensembles{A: all[0][1:], B: all[1][1:], Data: testSet})
	alone := compute.Need(p, Ensembles{A: all[0][:1], B: all[0][:1], Data: testSet})
	curve := compute.Need(p, Curve{a})
	validation := testSet
	validation.Split = data.Validation
	calibrated := compute.Need(p, Calibration{Model: a, Validation: validation, Test: testSet})
	accuracy := compute.Need(p, train.Evaluate{Model: a, Data: testSet})
	r := run(t, p)

	var prob [2][seeds][][]float64
	var truth []int
	for s := 1; s <= seeds; s++ {
		a, b := models(s)
		prob[0][s-1], truth = probabilities(t, tasktest.Value(t, r, weights[0][s-1]), a)
		prob[1][s-1], _ = probabilities(t, tasktest.Value(t, r, weights[1][s-1]), b)
	}
	pairs := 0
	for _, ref := range agree {
		for _, got := range tasktest.Value(t, r, ref).Pairs {
			want, _ := Compare(vote(prob[0][got.SeedA-1]), vote(prob[1][got.SeedB-1]), truth)
			if got.Counts != want || got.Diverged != "" {
				t.Errorf("pair %+v, by hand %+v", got, want)
			}
			pairs++
		}
	}
	if pairs != seeds*(seeds-1) {
		t.Errorf("%d pairs", pairs)
	}

	x, y := prob[0], prob[1]
	ownX, ownY := vote(x[0], x[1], x[2]), vote(y[0], y[1], y[2])
	between, _ := Compare(ownX, ownY, truth)
	twins := 0
	for s := range seeds {
		one, _ := Compare(vote(x[s]), vote(y[s]), truth)
		twins += one.Different
	}
	got := tasktest.Value(t, r, both)
	want := EnsemblesResult{
		N: len(truth), A: share(ownX, truth), B: share(ownY, truth), Different: float64(between.Different) / float64(len(truth)),
		Mixed: []float64{share(vote(x[0], y[1], y[2]), truth), share(vote(y[0], x[1], x[2]), truth)},
		Alone: float64(twins) / float64(seeds*len(truth)),
	}
	if got.N != want.N || got.A != want.A || got.B != want.B || got.Different != want.Different || got.Alone != want.Alone || got.Diverged != "" ||
		len(got.Mixed) != 2 || got.Mixed[0] != want.Mixed[0] || got.Mixed[1] != want.Mixed[1] {
		t.Errorf("ensembles %+v, by hand %+v", got, want)
	}
	if pair := tasktest.Value(t, r, later); pair.A != share(vote(x[1], x[2]), truth) || pair.Mixed[0] != share(vote(x[1], y[2]), truth) {
		t.Errorf("ensembles of seeds 2 and 3: %+v", pair)
	}
	if one := tasktest.Value(t, r, alone); one.A != tasktest.Value(t, r, accuracy).Top1 || one.Mixed != nil || one.Different != 0 || one.Alone != 0 {
		t.Errorf("an ensemble of one: %+v; the network's accuracy is %v", one, tasktest.Value(t, r, accuracy).Top1)
	}

	if c := tasktest.Value(t, r, curve); len(c.Epochs) != 2 || c.Epochs[1] != tasktest.Value(t, r, weights[0][0]).Epochs[1] {
		t.Errorf("curve %+v", c)
	}
	c := tasktest.Value(t, r, calibrated)
	nll := 0.0
	for i, k := range truth {
		nll -= math.Log(x[0][i][k]) / float64(len(truth))
	}
	if !near(c.Before.NLL, nll, 1e-6) || len(c.Before.Bins) != DefaultBins || c.N != len(truth) {
		t.Errorf("calibration %+v, NLL by hand %v", c, nll)
	}
	// Fitted on the validation images: the temperature cannot depend on the test.
	fewer := compute.NewPlan(compute.FixedCode("test"))
	small := testSet
	small.PerClass = 2
	other := compute.Need(fewer, Calibration{Model: a, Validation: validation, Test: small})
	if o := tasktest.Value(t, run(t, fewer), other); o.Temperature != c.Temperature || o.N == c.N {
		t.Errorf("temperature %+v with other test images, %+v before", o.Temperature, c.Temperature)
	}
}

// A network that diverged has no predictions, and everything says why.
func TestDivergedModel(t *testing.T) {
	p := compute.NewPlan(compute.FixedCode("test"))
	good, bad := model(objective.Spec{Name: "softmax"}, 1, 0.02), model(objective.Spec{Name: "softmax"}, 1, 1e30)
	labels := compute.Need(p, Labels{bad, testSet})
	second, badToo := good, bad
	second.Seed, badToo.Seed = 2, 2
	agree := compute.Need(p, Agreement{A: []train.Model{good, second}, B: []train.Model{bad, badToo}, Data: testSet})
	ensembles := compute.Need(p, Ensembles{A: []train.Model{good}, B: []train.Model{bad}, Data: testSet})
	validation := testSet
	validation.Split = data.Validation
	calibrated := compute.Need(p, Calibration{Model: bad, Validation: validation, Test: testSet})
	curve := compute.Need(p, Curve{bad})
	r := run(t, p)
	if v := tasktest.Value(t, r, labels); v.Diverged == "" || v.Predicted != nil {
		t.Errorf("labels %+v", v)
	}
	if v := tasktest.Value(t, r, agree); len(v.Pairs) != 2 || v.Pairs[0].Diverged == "" || v.Pairs[0].Counts != (Counts{}) {
		t.Errorf("agreement %+v", v)
	}
	if v := tasktest.Value(t, r, ensembles); v.Diverged == "" || v.N != 0 {
		t.Errorf("ensembles %+v", v)
	}
	if v := tasktest.Value(t, r, calibrated); v.Diverged == "" || v.N != 0 {
		t.Errorf("calibration %+v", v)
	}
	if v := tasktest.Value(t, r, curve); v.Diverged == "" {
		t.Errorf("curve %+v", v)
	}
}
