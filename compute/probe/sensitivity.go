package probe

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// KNNSensitivity is the nearest-neighbour classifier under every combination of some
// metrics and numbers of neighbours. The paper states neither, so a reader wants to
// know whether they matter. One search serves all numbers of neighbours.
type KNNSensitivity struct {
	Model     train.Model
	Task      data.Task
	K         []int
	Metrics   []string // Cosine, Euclidean
	Weighting string
	// Queries bounds the test images that are classified, from the start of the split,
	// where any prefix is balanced; 0 = all.
	Queries int
}

// KNNSensitivityResult is one accuracy per combination.
type KNNSensitivityResult struct {
	Measure  string
	Accuracy [][]float64 // by metric, then number of neighbours, as in the task; shares
	Train    int
	Test     int    // test images classified
	Diverged string `json:",omitempty"` // why there are no accuracies
}

// Kind is part of compute.Task.
func (KNNSensitivity) Kind() string { return "probe.knn_sensitivity" }

// Label names the task for people.
func (s KNNSensitivity) Label() string {
	return fmt.Sprintf("choices of nearest neighbours %s of %s seed %d", s.Task.ID, s.Model.Objective.Label(), s.Model.Seed)
}

// Depend is part of compute.Task.
func (s KNNSensitivity) Depend(d *compute.Deps) {
	needFeatures(d, s.Model, s.Task.Train, s.Task.Validation, s.Task.Test)
}

// Run classifies. A model that diverged gives a result that says so.
func (s KNNSensitivity) Run(c *compute.Context) (KNNSensitivityResult, error) {
	known, validation, err := trainAndValidation(c, s.Model, s.Task)
	if err != nil {
		return KNNSensitivityResult{}, err
	}
	if known.diverged != "" {
		return KNNSensitivityResult{Diverged: known.diverged}, nil
	}
	all, err := Join(known.Examples, validation.Examples)
	if err != nil {
		return KNNSensitivityResult{}, err
	}
	test, err := getFeatures(c, s.Model, s.Task.Test)
	if err != nil {
		return KNNSensitivityResult{}, err
	}
	if s.Queries > 0 && s.Queries < test.N {
		test, _ = test.cut(s.Queries)
	}
	out := KNNSensitivityResult{Measure: s.Task.Measure, Train: all.N, Test: test.N}
	for _, metric := range s.Metrics {
		v := Voting{Metric: metric, Weighting: s.Weighting}.orDefault()
		predictions, err := neighboursOfEach(all.X, all.N, all.D, all.Labels, known.classes, test.X, test.N, s.K, v)
		if err != nil {
			return KNNSensitivityResult{}, err
		}
		row := make([]float64, len(s.K))
		for i, p := range predictions {
			if row[i], err = Accuracy(p, test.Labels, known.classes, s.Task.Measure); err != nil {
				return KNNSensitivityResult{}, err
			}
		}
		out.Accuracy = append(out.Accuracy, row)
	}
	return out, nil
}
