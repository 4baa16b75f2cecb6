package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
	"lossxfer-report/report/stat"
)

// The choices that Table 1's nearest neighbours are compared under, on so many test
// images of each task: enough to order the objectives by their mean, and the same
// images for all of them.
var (
	sensitivityK       = []int{1, 5, 20}
	sensitivityMetrics = []string{probe.Cosine, probe.Euclidean}
)

const sensitivityImages = 2000

// sensitivity asks for mean nearest-neighbour accuracy under other numbers of
// neighbours and the other metric, for the networks of the first seed.
func (a *Ask) sensitivity() *grid {
	var columns []report.Column
	for _, metric := range sensitivityMetrics {
		for _, k := range sensitivityK {
			columns = append(columns, report.Column{
				ID: fmt.Sprintf("%s_%d", metric, k), Label: fmt.Sprintf("k = %d", k), Unit: "%", Decimals: 1, Better: "higher",
				Group: map[string]string{probe.Cosine: "Cosine distance", probe.Euclidean: "Euclidean distance"}[metric],
			})
		}
	}
	g := a.newGrid("table-1-knn-sensitivity", "Loss", columns)
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		var cells []Measure
		for i := range sensitivityMetrics {
			for j := range sensitivityK {
				all := make([]Measure, len(a.Tasks))
				for t, task := range a.Tasks {
					all[t] = measure(a, 1, func(seed int) compute.Task[probe.KNNSensitivityResult] {
						return a.Sensitivity(m(seed), task)
					}, func(v probe.KNNSensitivityResult) (float64, error) {
						if err := diverged(v.Diverged); err != nil {
							return 0, err
						}
						return 100 * v.Accuracy[i][j], nil
					})
				}
				cells = append(cells, meanOf(all))
			}
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, "", cells...)
	}
	return g
}

// Sensitivity is the nearest-neighbour classifier under several choices.
func (s *Study) Sensitivity(m train.Model, t data.Task) probe.KNNSensitivity {
	return probe.KNNSensitivity{
		Model: m, Task: t, K: sensitivityK, Metrics: sensitivityMetrics,
		Weighting: s.Preset.KNN.Weighting, Queries: sensitivityImages,
	}
}

// lowestAgreement is the lowest rank correlation over the objectives between any two
// columns, if all cells have a value.
func lowestAgreement(t *report.Table) (float64, bool) {
	columns := make([][]float64, len(t.Columns))
	for _, row := range t.Rows {
		for j, c := range row.Cells {
			s, ok := mean(c)
			if !ok {
				return 0, false
			}
			columns[j] = append(columns[j], s.Mean)
		}
	}
	lowest := 1.0
	for i, x := range columns {
		for _, y := range columns[:i] {
			s, ok := stat.Spearman(x, y)
			if !ok {
				return 0, false
			}
			lowest = min(lowest, s.Rho)
		}
	}
	return lowest, true
}
