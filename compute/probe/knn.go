package probe

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// KNN is the nearest-neighbour classifier of Table 1's lower block on the
// penultimate features of a trained model. Nothing is tuned, so the neighbours are
// the examples of training and validation split together. The paper states neither
// K, nor metric, nor weighting; zero fields take DefaultK, DefaultMetric and
// DefaultWeighting.
type KNN struct {
	Model     train.Model
	Task      data.Task
	K         int
	Metric    string // Cosine or Euclidean
	Weighting string // Uniform or Distance
}

// KNNResult is the outcome of a nearest-neighbour classifier.
type KNNResult struct {
	Measure           string  // data.Top1 or data.MeanPerClass
	Accuracy          float64 // on the test split, a share
	K                 int
	Metric, Weighting string
	Train             int // examples among which neighbours are sought
	Test              int
	// Zero counts examples whose feature vector is zero.
	Zero int `json:",omitempty"`
	// Diverged is why the model has no features. If it is not empty there is no
	// accuracy: the numbers above are not measurements.
	Diverged string `json:",omitempty"`
}

// Kind is part of compute.Task.
func (KNN) Kind() string { return "probe.knn" }

// Label names the task for people.
func (k KNN) Label() string {
	return fmt.Sprintf("nearest neighbours %s of %s seed %d", k.Task.ID, k.Model.Objective.Label(), k.Model.Seed)
}

// Depend is part of compute.Task.
func (k KNN) Depend(d *compute.Deps) {
	needFeatures(d, k.Model, k.Task.Train, k.Task.Validation, k.Task.Test)
}

// Run classifies the test split. A model that diverged gives a result that says so.
func (k KNN) Run(c *compute.Context) (KNNResult, error) {
	known, validation, err := trainAndValidation(c, k.Model, k.Task)
	if err != nil {
		return KNNResult{}, err
	}
	if known.diverged != "" {
		return KNNResult{Diverged: known.diverged}, nil
	}
	all, err := Join(known.Examples, validation.Examples)
	if err != nil {
		return KNNResult{}, err
	}
	test, err := getFeatures(c, k.Model, k.Task.Test)
	if err != nil {
		return KNNResult{}, err
	}
	v := Voting{K: k.K, Metric: k.Metric, Weighting: k.Weighting}.orDefault()
	predictions, err := Neighbours(all.X, all.N, all.D, all.Labels, known.classes, test.X, test.N, v)
	if err != nil {
		return KNNResult{}, err
	}
	accuracy, err := Accuracy(predictions, test.Labels, known.classes, k.Task.Measure)
	if err != nil {
		return KNNResult{}, err
	}
	return KNNResult{
		Measure: k.Task.Measure, Accuracy: accuracy, K: v.K, Metric: v.Metric, Weighting: v.Weighting,
		Train: all.N, Test: test.N, Zero: known.zero + validation.zero + test.zero,
	}, nil
}
