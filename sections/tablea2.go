package sections

import (
	"strconv"
	"strings"

	"lossxfer-report/compute"
	"lossxfer-report/report"
)

func init() { register("table-a2", tableA2) }

// tableA2 is the downstream tasks with their sizes and measures. It needs no task:
// sizes follow from the preset.
func tableA2(a *Ask) Draw {
	return func(*compute.Results) (Drawing, error) {
		t := report.Table{
			ID: "table-a2", Corner: "Task",
			Columns: []report.Column{
				{ID: "classes", Label: "Classes"},
				{ID: "train", Label: "Training images"},
				{ID: "test", Label: "Test images"},
				{ID: "metric", Label: "Measure"},
				{ID: "plays", Label: "Stands for"},
			},
		}
		labels := map[string]string{}
		for _, d := range a.Manifest.Paper.Datasets {
			labels[d.ID] = d.Label
		}
		for i, d := range a.Manifest.Downstream {
			task := a.Tasks[i]
			plays := "no data set of the paper"
			if len(d.Plays) > 0 {
				var names []string
				for _, id := range d.Plays {
					names = append(names, labels[id])
				}
				plays = strings.Join(names, ", ")
			}
			measure := map[string]string{"top1": "top-1", "mean_per_class": "mean per class"}[task.Measure]
			t.Rows = append(t.Rows, report.Row{ID: d.ID, Label: d.Label, Cells: []report.Cell{
				{Text: strconv.Itoa(task.Train.Classes())},
				{Text: strconv.Itoa(task.Train.Len())},
				{Text: strconv.Itoa(task.Test.Len())},
				{Text: measure},
				{Text: plays},
			}})
		}
		return Drawing{Artifacts: []report.Artifact{{Table: &t}}}, nil
	}
}
