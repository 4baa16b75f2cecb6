package probe

import (
	"testing"

	"lossxfer-report/compute"
	"lossxfer-report/compute/tasktest"
)

// Every combination must be what the classifier alone comes to with it.
func TestSensitivityAgainstKNN(t *testing.T) {
	m, task := small()
	ks, metrics := []int{1, 5, 20}, []string{Cosine, Euclidean}
	for _, weighting := range []string{Uniform, Distance} {
		var all compute.Ref[KNNSensitivityResult]
		var alone []compute.Ref[KNNResult]
		r := run(t, func(p *compute.Plan) {
			all = compute.Need(p, KNNSensitivity{Model: m, Task: task, K: ks, Metrics: metrics, Weighting: weighting})
			for _, metric := range metrics {
				for _, k := range ks {
					alone = append(alone, compute.Need(p, KNN{Model: m, Task: task, K: k, Metric: metric, Weighting: weighting}))
				}
			}
		})
		got := tasktest.Value(t, r, all)
		if got.Train != 80 || got.Test != 80 || got.Measure != Top1 {
			t.Errorf("result %+v", got)
		}
		distinct := map[float64]bool{}
		for i, ref := range alone {
			want := tasktest.Value(t, r, ref).Accuracy
			distinct[want] = true
			if a := got.Accuracy[i/len(ks)][i%len(ks)]; a != want {
				t.Errorf("%s, %s, k = %d: %v, alone %v", weighting, metrics[i/len(ks)], ks[i%len(ks)], a, want)
			}
		}
		if len(distinct) < 3 {
			t.Errorf("only %d different accuracies: the test tells no combinations apart", len(distinct))
		}
	}
}

// A bound on the test images takes the first ones.
func TestSensitivityOfSomeTestImages(t *testing.T) {
	m, task := small()
	few := task
	few.Test.PerClass = 5
	diverging := m
	diverging.Schedule.LearningRate = 1e30
	var bounded, whole, diverged compute.Ref[KNNSensitivityResult]
	r := run(t, func(p *compute.Plan) {
		bounded = compute.Need(p, KNNSensitivity{Model: m, Task: task, K: []int{3}, Metrics: []string{Cosine}, Queries: 20})
		whole = compute.Need(p, KNNSensitivity{Model: m, Task: few, K: []int{3}, Metrics: []string{Cosine}})
		diverged = compute.Need(p, KNNSensitivity{Model: diverging, Task: task, K: []int{3}, Metrics: []string{Cosine}})
	})
	a, b := tasktest.Value(t, r, bounded), tasktest.Value(t, r, whole)
	if a.Test != 20 || b.Test != 20 || a.Accuracy[0][0] != b.Accuracy[0][0] {
		t.Errorf("%+v and %+v", a, b)
	}
	if v := tasktest.Value(t, r, diverged); v.Diverged == "" || v.Accuracy != nil {
		t.Errorf("sensitivity of a diverged model: %+v", v)
	}
}
