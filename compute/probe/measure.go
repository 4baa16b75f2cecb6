package probe

import (
	"fmt"

	"lossxfer-report/compute/data"
)

// Measures of accuracy (Table A.2). A downstream task has one or the other.
const (
	Top1         = data.Top1         // share of examples predicted right
	MeanPerClass = data.MeanPerClass // mean over classes of the share of the class's examples predicted right
)

// Accuracy compares predictions with labels by a measure; a share, from 0 to 1. In
// the mean per class, a class without an example does not count.
func Accuracy(predictions, labels []int, classes int, measure string) (float64, error) {
	if len(predictions) != len(labels) || len(labels) == 0 {
		return 0, fmt.Errorf("probe: accuracy of %d predictions for %d examples", len(predictions), len(labels))
	}
	right, size := make([]int, classes), make([]int, classes)
	total := 0
	for i, y := range labels {
		if y < 0 || y >= classes {
			return 0, fmt.Errorf("probe: label %d of example %d is outside [0, %d)", y, i, classes)
		}
		size[y]++
		if predictions[i] == y {
			right[y]++
			total++
		}
	}
	switch measure {
	case Top1:
		return float64(total) / float64(len(labels)), nil
	case MeanPerClass:
		sum, present := 0.0, 0
		for c, n := range size {
			if n > 0 {
				sum += float64(right[c]) / float64(n)
				present++
			}
		}
		return sum / float64(present), nil
	}
	return 0, fmt.Errorf("probe: unknown measure %q: give %q or %q", measure, Top1, MeanPerClass)
}
