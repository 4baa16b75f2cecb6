package sections

import (
	"fmt"
	"strconv"
	"strings"

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
				{Text: hyperText(o.Here[a.Preset.ID])},
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

// hyperText writes hyper-parameters with the symbols of the paper's equations.
func hyperText(h report.Hyper) string {
	var parts []string
	for _, p := range []struct {
		symbol string
		value  float64
	}{
		{"α", h.Alpha}, {"ρ", h.Keep}, {"λ_final", h.LambdaFinal}, {"β", h.Beta}, {"τ", h.Tau},
		{"κ", h.Kappa}, {"M", h.M}, {"loss scale", h.LossScale}, {"gradient norm ≤", h.ClipNorm},
	} {
		if p.value == 0 {
			continue
		}
		sign := " = "
		if strings.HasSuffix(p.symbol, "≤") {
			sign = " "
		}
		parts = append(parts, fmt.Sprintf("%s%s%s", p.symbol, sign, strconv.FormatFloat(p.value, 'g', -1, 64)))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
