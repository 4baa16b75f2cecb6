package sections

import (
	"strconv"

	"lossxfer-report/compute"
	"lossxfer-report/report"
)

func init() { register("table-a1", tableA1) }

// tableA1 is the hyper-parameters and the length of training, the paper's and
// those used here. It needs no task: the manifest holds it all.
func tableA1(a *Ask) Draw {
	return func(*compute.Results) (Drawing, error) {
		t := report.Table{
			ID: "table-a1", Corner: "Loss",
			Columns: []report.Column{
				{ID: "hyperparameters", Label: "Hyper-parameters", Group: "Here"},
				{ID: "epochs", Label: "Passes", Group: "Here"},
				{ID: "searched", Label: "Values tried", Group: "Here"},
				{ID: "criterion", Label: "Chosen", Group: "Here"},
				{ID: "paper_hyperparameters", Label: "Hyper-parameters", Group: "Paper"},
				{ID: "paper_epochs", Label: "Epochs", Group: "Paper"},
			},
		}
		for _, o := range a.Manifest.Objectives {
			t.Rows = append(t.Rows, report.Row{ID: o.ID, Label: o.Label, Cells: []report.Cell{
				{Text: o.Here[a.Preset.ID].Text()},
				{Text: strconv.Itoa(a.Preset.Schedule.Passes)},
				{Text: o.Searched.Space},
				{Text: o.Searched.Criterion},
				{Text: o.Published.Text},
				{Text: strconv.Itoa(o.Published.Epochs)},
			}})
		}
		return Drawing{Artifacts: []report.Artifact{{Table: &t}}}, nil
	}
}
