package sections

import (
	"math"
	"testing"

	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/train"
)

// Every cell of Table C.4 is an objective that exists, and the cells of one objective
// alone at its own strength are networks of Table 1, to the key.
func TestCombinationsAreObjectives(t *testing.T) {
	m := manifest(t)
	for _, preset := range trains(m) {
		study, err := NewStudy(m, preset.ID)
		if err != nil {
			t.Fatal(err)
		}
		s := study.Sized(preset.Combinations.Size)
		seen := map[train.Model]string{}
		for _, column := range m.Combinations.Columns {
			o, _ := m.Objective(column)
			if run, own := s.combination(column, nil, 1); !own || run != s.Model(o, 1) {
				t.Errorf("%s: the baseline of %s is not that of Table 1: %+v", preset.ID, column, run)
			}
			for _, row := range m.Combinations.Rows {
				run, own := s.combination(column, &row, 1)
				if err := run.Validate(); err != nil {
					t.Errorf("%s: %s, %s: %v", preset.ID, row.ID, column, err)
				}
				added, _ := m.Objective(row.Adds)
				alone := column == m.Combinations.Columns[0]
				if want := row.Times == 1 && (alone || column == row.Adds); own != want {
					t.Errorf("%s: %s, %s: a network of Table 1 is %v", preset.ID, row.ID, column, own)
				} else if own && run != s.Model(added, 1) {
					t.Errorf("%s: %s, %s: %+v", preset.ID, row.ID, column, run)
				}
				if column == row.Adds {
					continue // the same as alone
				}
				if other, ok := seen[run]; ok {
					t.Errorf("%s: %s, %s is %s too", preset.ID, row.ID, column, other)
				}
				seen[run] = row.ID + ", " + column
			}
		}
	}
}

// Strengths are what they say they are beside those of the objective alone.
func TestStrengthsAreMultiples(t *testing.T) {
	m := manifest(t)
	study, err := NewStudy(m, "quick")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range m.Combinations.Rows {
		o, _ := m.Objective(row.Adds)
		own, h := o.Here["quick"], study.strength(row)
		var got float64
		switch row.Adds {
		case "dropout":
			got = (1 - h.Keep) / (1 - own.Keep)
		case "logit_penalty":
			got = h.Beta / own.Beta
		default:
			got = h.Tau / own.Tau
		}
		if math.Abs(got-row.Times) > 1e-9 {
			t.Errorf("%s: %v times the strength alone", row.ID, got)
		}
	}
	// Two temperatures stay apart, one is the only one.
	row := m.Combinations.Rows[len(m.Combinations.Rows)-1]
	row.Adds = "logit_normalization"
	both := study.combined("cosine_softmax", &row)
	alpha := study.combined("label_smoothing", &row)
	if both.Tau == 0 || both.WithTau == 0 || both.Tau == both.WithTau || alpha.WithTau != 0 || alpha.Tau != both.WithTau {
		t.Errorf("%+v and %+v", both, alpha)
	}
	if (both == objective.Spec{}) || both.With != "logit_normalization" {
		t.Errorf("%+v", both)
	}
}

// A preset that leaves cells out trains less, says so in each of them, and keeps the
// networks of Table 1 at its own size.
func TestCellsThatAPresetLeavesOut(t *testing.T) {
	m := manifest(t)
	_, planned, r := plan(t, m, "quick")
	preset, _ := m.Preset("quick")
	for _, one := range planned {
		if one.Item.ID != "table-c4" {
			continue
		}
		d, err := one.Draw(r)
		if err != nil {
			t.Fatal(err)
		}
		missing := map[string]int{}
		for _, row := range d.Artifacts[0].Table.Rows {
			for _, c := range row.Cells {
				missing[c.Missing]++
			}
		}
		// Four baselines and, of each of the four at its own strength, four cells.
		if missing["not run yet"] != 20 || missing["not run at this preset"] != 52 {
			t.Errorf("%v", missing)
		}
		runs := len(m.Combinations.Columns)*4 - 5 // without the first column and cosine twice
		want := runs*preset.Combinations.Seeds + 7*preset.Seeds
		if len(one.Asked) < want {
			t.Errorf("%d tasks asked for, want at least %d", len(one.Asked), want)
		}
		return
	}
	t.Error("no Table C.4")
}
