package sections

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/multilabel"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

func init() { register("table-d1", tableD1) }

// evaluations are the four areas under the curve of a label: of the few and of all test
// images, approximated as in the paper and exact. The order is that of the last table.
var evaluations = []func(multilabel.LabelResult) float64{
	func(l multilabel.LabelResult) float64 { return l.Small.Binned },
	func(l multilabel.LabelResult) float64 { return l.Small.Exact },
	func(l multilabel.LabelResult) float64 { return l.Large.Binned },
	func(l multilabel.LabelResult) float64 { return l.Large.Exact },
}

// tableD1 is linear probes for labels of which an image may have several, on images of
// another domain, measured on few test images and on many; and, averaged over the
// labels, the approximated area under the curve beside the exact one.
func tableD1(a *Ask) Draw {
	rows := a.Manifest.Attributes.Rows
	var columns []report.Column
	for _, row := range rows {
		columns = append(columns, report.Column{ID: row.ID, Label: row.Label, Unit: "%", Group: "AUC", Decimals: 1, Better: "higher"})
	}
	small := a.newGrid("table-d1-official", "Loss", columns)
	large := a.newGrid("table-d1-iid", "Loss", columns)
	for _, g := range []*grid{small, large} {
		g.column = a.attributePlays
	}
	few, many := a.evaluationSizes()
	group := []string{fmt.Sprintf("%d images", few), fmt.Sprintf("%d images", many)}
	exact := a.newGrid("table-d1-exact", "Loss", []report.Column{
		{ID: "few_binned", Label: "Binned", Unit: "%", Group: group[0], Decimals: 2},
		{ID: "few_exact", Label: "Exact", Unit: "%", Group: group[0], Decimals: 2},
		{ID: "many_binned", Label: "Binned", Unit: "%", Group: group[1], Decimals: 2},
		{ID: "many_exact", Label: "Exact", Unit: "%", Group: group[1], Decimals: 2},
	})
	for _, o := range a.Manifest.Objectives {
		row := report.Row{ID: o.ID, Label: o.Label}
		areas := a.areas(a.Preset.Seeds, a.trained(o))
		small.add(row, o.ID, areas[0]...)
		large.add(row, o.ID, areas[2]...)
		means := make([]Measure, len(areas))
		for i, m := range areas {
			means[i] = meanOf(m)
		}
		exact.add(row, "", means...)
	}
	return func(r *compute.Results) (Drawing, error) {
		d := tables(r, small, large, exact)
		d.Artifacts[0].Table.Notes = a.attributeNotes()
		d.Artifacts[1].Table.Notes = []string{fmt.Sprintf("The %d images of the first part are among these %d.", few, many)}
		off, ok := largestGap(d.Artifacts[2].Table)
		d.value("bins_off", off, ok, "there is nothing to compare")
		return d, nil
	}
}

// attributeTask is the downstream task whose images carry the attributes.
func (a *Ask) attributeTask() data.Task {
	if a.Manifest.Attributes.Task == "" {
		return noTask
	}
	i := slices.IndexFunc(a.Tasks, func(t data.Task) bool { return t.ID == a.Manifest.Attributes.Task })
	return a.Tasks[i]
}

// evaluationSizes are the numbers of test images of the two evaluations. A preset with
// few of them has half of all for the small one.
func (a *Ask) evaluationSizes() (few, many int) {
	many = a.images(a.attributeTask().Test)
	return min(a.Manifest.Attributes.Small, many/2), many
}

// Attributes is the probe for the attributes of the manifest, with the same
// regularisers as for the relearned final layer.
func (a *Ask) Attributes(m train.Model) multilabel.Attributes {
	t, few := a.attributeTask(), 0
	few, _ = a.evaluationSizes()
	p := a.coarse()
	task := multilabel.Attributes{
		Model: m, Task: t, Small: few, Bins: a.Manifest.Attributes.Bins,
		Regularisers: p.Regularisers, LogLow: p.LogLow, LogHigh: p.LogHigh,
	}
	names := a.taskClasses(t.ID)
	for _, row := range a.Manifest.Attributes.Rows {
		label := multilabel.Label{ID: row.ID}
		for _, name := range row.Classes {
			label.Classes = append(label.Classes, slices.Index(names, name))
		}
		task.Labels = append(task.Labels, label)
	}
	return task
}

// areas asks for the evaluations of every attribute, in the order of evaluations.
func (a *Ask) areas(seeds int, m models) [][]Measure {
	out := make([][]Measure, len(evaluations))
	for i, area := range evaluations {
		for j := range a.Manifest.Attributes.Rows {
			out[i] = append(out[i], measure(a, seeds, func(seed int) compute.Task[multilabel.Result] {
				return a.Attributes(m(seed))
			}, func(v multilabel.Result) (float64, error) {
				if err := diverged(v.Diverged); err != nil {
					return 0, err
				}
				return 100 * area(v.Labels[j]), nil
			}))
		}
	}
	return out
}

// attributePlays maps an attribute to the label of the paper that it stands for.
func (a *Ask) attributePlays(column string) string {
	for _, row := range a.Manifest.Attributes.Rows {
		if row.ID == column {
			return row.Plays
		}
	}
	return ""
}

// attributeNotes say what the attributes are.
func (a *Ask) attributeNotes() []string {
	var parts []string
	for _, row := range a.Manifest.Attributes.Rows {
		parts = append(parts, fmt.Sprintf("%s (beside the paper's %s): %s", row.Label, strings.ReplaceAll(row.Plays, "_", " "), strings.Join(row.Classes, ", ")))
	}
	return []string{"An image has a label if its class is among these. " + strings.Join(parts, "; ") + "."}
}

// largestGap is the largest difference of an approximated mean from the exact one
// beside it, if all are there.
func largestGap(t *report.Table) (float64, bool) {
	largest := 0.0
	for _, row := range t.Rows {
		for j := 0; j+1 < len(row.Cells); j += 2 {
			binned, ok1 := mean(row.Cells[j])
			exact, ok2 := mean(row.Cells[j+1])
			if !ok1 || !ok2 {
				return 0, false
			}
			largest = max(largest, math.Abs(binned.Mean-exact.Mean))
		}
	}
	return largest, true
}
