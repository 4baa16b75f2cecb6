package sections

import (
	"slices"
	"strconv"
	"strings"

	"lossxfer-report/compute"
	"lossxfer-report/report"
)

func init() { register("table-a2", tableA2) }

// tableA2 is the downstream tasks with their sizes and measures, and those of the
// paper. It needs no task: sizes follow from the preset.
func tableA2(a *Ask) Draw {
	return func(*compute.Results) (Drawing, error) {
		t := report.Table{
			ID: "table-a2", Corner: "Task", Caption: "Ours",
			Columns: []report.Column{
				{ID: "classes", Label: "Classes"},
				{ID: "train", Label: "Training images"},
				{ID: "validation", Label: "Validation images"},
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
			t.Rows = append(t.Rows, report.Row{ID: d.ID, Label: d.Label, Cells: []report.Cell{
				{Text: count(a.classes(task.Train))},
				{Text: count(a.images(task.Train))},
				{Text: count(a.images(task.Validation))},
				{Text: count(a.images(task.Test))},
				{Text: measureNames[task.Measure]},
				{Text: plays},
			}})
		}
		t.Notes = append(a.storedNotes(), "Validation images choose a regulariser or a learning rate; then the classifier is fitted again to training and validation images together. The paper's training images have those for validation among them.")
		d := Drawing{Artifacts: []report.Artifact{{Table: &t}}}
		if papers := a.paperSizes(); papers != nil {
			d.Artifacts = append(d.Artifacts, report.Artifact{Table: papers})
		}
		return d, nil
	}
}

// count is a number, if it is known.
func count(n int) string {
	if n == 0 {
		return "not known: no file"
	}
	return strconv.Itoa(n)
}

// measureNames are the measures of accuracy in words.
var measureNames = map[string]string{"top1": "top-1", "mean_per_class": "mean per class"}

// paperSizes is the paper's Table A.2 as it is printed, with the task of ours that
// stands for each data set.
func (a *Ask) paperSizes() *report.Table {
	published, ok := a.Manifest.PublishedTable("table-a2")
	if !ok {
		return nil
	}
	t := &report.Table{
		ID: "table-a2-paper", Corner: "Data set", Caption: "The paper's, as printed",
		Columns: []report.Column{
			{ID: "classes", Label: "Classes"},
			{ID: "train", Label: "Training images"},
			{ID: "test", Label: "Test images"},
			{ID: "metric", Label: "Measure"},
			{ID: "played_by", Label: "Stands for it here"},
		},
	}
	for _, row := range published.Rows {
		cells := make([]report.Cell, len(row.Cells), len(row.Cells)+1)
		for i, c := range row.Cells {
			cells[i].Text = c.Text
			if c.Value != nil {
				cells[i].Text = strconv.FormatFloat(c.Value.Value, 'f', c.Value.Decimals, 64)
			}
			if name, ok := measureNames[c.Text]; ok {
				cells[i].Text = name
			}
		}
		t.Rows = append(t.Rows, report.Row{ID: row.ID, Label: row.ID, Cells: append(cells, report.Cell{Text: a.standIns(row.ID)})})
	}
	return t
}

// standIns names the tasks that play one of the paper's data sets, given its label.
func (a *Ask) standIns(label string) string {
	var names []string
	for _, set := range a.Manifest.Paper.Datasets {
		for _, d := range a.Manifest.Downstream {
			if set.Label == label && slices.Contains(d.Plays, set.ID) {
				names = append(names, d.Label)
			}
		}
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
