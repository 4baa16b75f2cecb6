package sections

import (
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute/data"
	"lossxfer-report/report"
)

// The manifest's list of shared classes has to be complete: whatever has the name of a
// pretraining class is on it.
func TestSharedClassesAreThoseOfEqualName(t *testing.T) {
	m := manifest(t)
	for _, preset := range carried(m) {
		known := classNames(preset.Pretraining.Classes)
		s, err := NewStudy(m, preset.ID)
		if err != nil {
			t.Fatal(err)
		}
		a := &Ask{Study: s}
		for _, d := range m.Downstream {
			var want []string
			for _, name := range classNames(d.ID) {
				if slices.Contains(known, name) {
					want = append(want, name)
				}
			}
			if got := a.shared(d); !slices.Equal(got, want) {
				t.Errorf("%s, %s: shared %q, by name %q", preset.ID, d.ID, got, want)
			}
		}
	}
}

// Table F.1's counts need no task.
func TestOverlapCountsAreDrawnAtOnce(t *testing.T) {
	m := manifest(t)
	for preset, want := range map[string]string{"smoke": "10", "quick": "20", "standard": "20", "large": "20"} {
		_, planned, r := plan(t, m, preset)
		for _, one := range planned {
			if one.Item.ID != "table-f1" {
				continue
			}
			d, err := one.Draw(r)
			if err != nil {
				t.Fatal(err)
			}
			if note := "Greek also stands for CIFAR-100, of which the paper says: 100 classes, 61 of them shared, 34.6% by assignment, 76.9% by a linear probe."; !slices.Contains(d.Artifacts[0].Table.Notes, note) {
				t.Errorf("%s: notes %q", preset, d.Artifacts[0].Table.Notes)
			}
			for _, row := range d.Artifacts[0].Table.Rows {
				if row.ID != "mixed" {
					continue
				}
				if c := row.Cells; c[0].Text != "30" || c[1].Text != want || c[1].Published == nil || c[1].Published.Value != 25 || c[2].Missing == "" {
					t.Errorf("%s: %+v", preset, c)
				}
			}
		}
	}
}

// Every attribute stands beside a column of the paper's two tables.
func TestAttributesStandBesidePublishedValues(t *testing.T) {
	m := manifest(t)
	for _, id := range []string{"table-d1-official", "table-d1-iid"} {
		p, ok := m.PublishedTable(id)
		if !ok {
			t.Fatalf("no published table %s", id)
		}
		seen := map[string]bool{}
		for _, row := range m.Attributes.Rows {
			if p.Cell("softmax", row.Plays) == nil || seen[row.Plays] {
				t.Errorf("%s: attribute %s stands for %q", id, row.ID, row.Plays)
			}
			seen[row.Plays] = true
		}
	}
}

func TestNamesOfNoClassAreRefused(t *testing.T) {
	for want, spoil := range map[string]func(*report.Manifest){
		`shared class "Ω" is none of its classes`: func(m *report.Manifest) { m.Downstream[8].Shared = []string{"Ω"} },
		`attribute cold: "cloak" is no class`:     func(m *report.Manifest) { m.Attributes.Rows[0].Classes = []string{"cloak"} },
	} {
		m := manifest(t)
		spoil(m)
		if _, err := NewStudy(m, "quick"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// The final layer is relearned from images that it is not tested on, of which at least
// one per class is left when the regulariser is chosen.
func TestRelearningLeavesTheTestImagesAlone(t *testing.T) {
	m := manifest(t)
	for _, preset := range carried(m) {
		s, err := NewStudy(m, preset.ID)
		if err != nil {
			t.Fatal(err)
		}
		a := &Ask{Study: s}
		for split, most := range map[string]int{data.Validation: 40, data.Train: 50} {
			r := a.Relearn(a.Model(m.Objectives[0], 1), a.few(split, most))
			if r.Known.Split != split || r.Test.Split != data.Test || r.Known.PerClass > most || r.Choose < 1 || r.Choose >= r.Known.PerClass {
				t.Errorf("%s: %+v", preset.ID, r)
			}
		}
	}
}
