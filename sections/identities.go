package sections

import (
	"strconv"

	"lossxfer-report/compute"
	"lossxfer-report/compute/represent"
	"lossxfer-report/compute/represent/literal"
	"lossxfer-report/report"
)

// equations is the rows of the table of identities.
var equations = []struct {
	id, label string
	printed   bool // worked out as it is printed, by package literal
}{
	{"12", "(12) R² of Table 3, by class means = over pairs of rows", true},
	{"14", "(14) cosine similarity = 1 − half the squared distance", false},
	{"15", "(15) R² over pairs, by cosine = by squared distance", false},
	{"16", "(16) variance of one feature = mean squared distance / 2", true},
	{"17", "(17) mean squared distance / 2 = sum of variances", false},
	{"18", "(18) R² over pairs = 1 − variance within / total", false},
	{"19", "(19) total variance = between + within", false},
	{"20", "(20) R² over pairs = variance between / total", false},
	{"21a", "(21) within / between = (1 − R²) / R²", false},
	{"21b", "(21) between / within = R² / (1 − R²)", false},
	{"21c", "(21) within / total = 1 − R²", false},
	{"cka", "CKA with labels = R² · tr G / (√(K−1) ‖G‖)", false},
}

// pairExamples bounds the images whose pairs are compared one by one.
const pairExamples = 1000

// identities asks for the equations on the features of softmax, seed 1.
func (a *Ask) identities() func(*compute.Results) *report.Table {
	l := a.layout(a.Manifest.Objectives[0], 1, trainingSplit)
	rounds := max(1, min(l.Data.PerClass, pairExamples/max(1, a.classes(l.Data))))
	ref := need[represent.IdentitiesResult](a, represent.Equations{Layout: l, Rounds: rounds})
	printed := need[represent.IdentitiesResult](a, literal.Equations{Layout: l, Rounds: rounds})
	return func(r *compute.Results) *report.Table {
		t := a.newGrid("table-e1-identities", "Equation", []report.Column{
			{ID: "left", Label: "Left side", Decimals: 6}, {ID: "right", Label: "Right side", Decimals: 6}, {ID: "difference", Label: "Largest difference"},
		}).table
		read := func(ref compute.Ref[represent.IdentitiesResult]) (represent.IdentitiesResult, error) {
			v, err := compute.Value(r, ref)
			if err == nil {
				err = diverged(v.Diverged)
			}
			return v, err
		}
		for _, e := range equations {
			from := ref
			if e.printed {
				from = printed
			}
			of, err := read(from)
			t.Rows = append(t.Rows, report.Row{ID: e.id, Label: e.label, Cells: sides(e.id, of, err)})
		}
		if v, err := read(ref); err == nil {
			t.Notes = []string{"Features of " + strconv.Itoa(v.Examples) + " training images under softmax, seed 1, divided by their norms but in (16). What is left of a difference is rounding. (13) defines the similarity and has no sides to compare. (16) is of the feature that varies most. R² is not the CKA of equation (10) with the labels; the last row is how the two are related: in it G is the centred matrix of the cosines between images, K the number of classes."}
		}
		return &t
	}
}

// sides is the cells of an equation in a result that may be missing.
func sides(id string, v represent.IdentitiesResult, err error) []report.Cell {
	missing := "does not apply: classes of unequal size"
	if err != nil {
		missing = reason(err)
	}
	for _, one := range v.Identities {
		if err == nil && one.ID == id {
			return []report.Cell{
				{Samples: []report.Sample{{Seed: 1, Value: &one.Left}}},
				{Samples: []report.Sample{{Seed: 1, Value: &one.Right}}},
				{Text: report.Digits(one.Difference, 1)},
			}
		}
	}
	return []report.Cell{{Missing: missing}, {Missing: missing}, {Missing: missing}}
}
