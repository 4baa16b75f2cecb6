package sections

import (
	"strconv"

	"lossxfer-report/compute"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("table-e1", tableE1) }

// tableE1 is class separation under three distances, and the equations of Appendix E
// with both of their sides on the features of one network.
func tableE1(a *Ask) Draw {
	g := a.newGrid("table-e1", "Loss", []report.Column{
		{ID: "R2", Label: "Cosine", Decimals: 3, Comparable: true},
		{ID: "R2_centred", Label: "Cosine, mean subtracted", Decimals: 3},
		{ID: "R2_euclidean", Label: "Squared Euclidean", Decimals: 3},
	})
	g.table.Notes = a.counted("On the %d training images.", trainingSplit)
	refs := ofEach(a, a.Preset.Seeds, trainingSplit, func(l represent.Layout) compute.Task[represent.SeparationsResult] {
		return represent.ByDistance{Layout: l}
	})
	for i, o := range a.Manifest.Objectives {
		column := func(value func(represent.SeparationsResult) float64) Measure {
			return read(refs[i], func(v represent.SeparationsResult) (float64, error) { return value(v), diverged(v.Diverged) })
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID,
			column(func(v represent.SeparationsResult) float64 { return v.Cosine }),
			column(func(v represent.SeparationsResult) float64 { return v.Centred }),
			column(func(v represent.SeparationsResult) float64 { return v.Euclidean }))
	}
	identities := a.identities()
	return func(r *compute.Results) (Drawing, error) {
		return Drawing{Artifacts: []report.Artifact{{Table: g.draw(r)}, {Table: identities(r)}}}, nil
	}
}

// equations is the rows of the table of identities.
var equations = []struct{ id, label string }{
	{"14", "(14) cosine similarity = 1 − half the squared distance"},
	{"15", "(15) R² over pairs, by cosine = by squared distance"},
	{"17", "(17) mean squared distance / 2 = sum of variances"},
	{"18", "(18) R² over pairs = 1 − variance within / total"},
	{"19", "(19) total variance = between + within"},
	{"20", "(20) R² over pairs = variance between / total"},
	{"21a", "(21) within / between = (1 − R²) / R²"},
	{"21b", "(21) between / within = R² / (1 − R²)"},
	{"21c", "(21) within / total = 1 − R²"},
	{"cka", "CKA with labels = R² · tr K / (√(K−1) ‖K‖)"},
}

// pairExamples bounds the images whose pairs are compared one by one.
const pairExamples = 1000

// identities asks for the equations on the features of softmax, seed 1.
func (a *Ask) identities() func(*compute.Results) *report.Table {
	l := a.layout(a.Manifest.Objectives[0], 1, trainingSplit)
	ref := need[represent.IdentitiesResult](a, represent.Equations{Layout: l, Rounds: max(1, min(l.Data.PerClass, pairExamples/max(1, a.classes(l.Data))))})
	return func(r *compute.Results) *report.Table {
		t := a.newGrid("table-e1-identities", "Equation", []report.Column{
			{ID: "left", Label: "Left side", Decimals: 6}, {ID: "right", Label: "Right side", Decimals: 6}, {ID: "difference", Label: "Largest difference"},
		}).table
		v, err := compute.Value(r, ref)
		if err == nil {
			err = diverged(v.Diverged)
		}
		for _, e := range equations {
			row := report.Row{ID: e.id, Label: e.label}
			for range t.Columns {
				row.Cells = append(row.Cells, report.Cell{Missing: "does not apply: classes of unequal size"})
			}
			if err != nil {
				for i := range row.Cells {
					row.Cells[i].Missing = reason(err)
				}
			}
			for _, one := range v.Identities {
				if err != nil || one.ID != e.id {
					continue
				}
				row.Cells = []report.Cell{
					{Samples: []report.Sample{{Seed: 1, Value: &one.Left}}},
					{Samples: []report.Sample{{Seed: 1, Value: &one.Right}}},
					{Text: report.Digits(one.Difference, 1)},
				}
			}
			t.Rows = append(t.Rows, row)
		}
		if err == nil {
			t.Notes = []string{"Features of " + strconv.Itoa(v.Examples) + " training images under softmax, seed 1, divided by their norms. What is left of a difference is rounding. R² is not the CKA of equation (10) with the labels; the last row is how the two are related."}
		}
		return &t
	}
}
