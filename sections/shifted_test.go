package sections

import (
	"context"
	"crypto/sha256"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/data/glyph"
	"lossxfer-report/compute/shifted"
	"lossxfer-report/report"
)

// No image of a shifted set is one that networks are trained on, that their
// hyper-parameters are chosen on, or of another shifted set; all have the classes of
// pretraining.
func TestShiftedImagesAreNew(t *testing.T) {
	m := manifest(t)
	for _, preset := range []string{"smoke", "quick"} {
		s, err := NewStudy(m, preset)
		if err != nil {
			t.Fatal(err)
		}
		where := map[[32]byte]string{}
		add := func(name string, src data.Source) {
			set, err := src.Load(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(set.Classes, classNames(s.Preset.Pretraining.Classes)) {
				t.Errorf("%s at %s has the classes %v", name, preset, set.Classes)
			}
			for i := range set.Labels {
				sum := sha256.Sum256(set.Image(i))
				if other, ok := where[sum]; ok {
					t.Fatalf("%s: image %d of %s is one of %s", preset, i, name, other)
				}
				where[sum] = name
			}
		}
		for _, split := range []string{data.Train, data.Validation, data.Test} {
			add(split, s.Pretraining(split))
		}
		for _, set := range m.Shifted.Sets {
			src, err := s.ShiftedSource(set)
			if err != nil {
				t.Fatal(err)
			}
			if set.ID == CorruptedSet {
				if src.Split != data.Test || src.PerClass > s.Preset.Pretraining.TestPerClass {
					t.Errorf("corrupted images are %+v, not test images", src)
				}
				continue
			}
			add(set.ID, src)
		}
	}
}

// The nuisances of the fresh sample are a fifth wider than those of pretraining, as its
// entry says, and unseen typefaces are unseen.
func TestShiftedSetsAreWhatTheySay(t *testing.T) {
	m := manifest(t)
	s, err := NewStudy(m, "quick")
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]data.Source{}
	for _, set := range m.Shifted.Sets {
		if sources[set.ID], err = s.ShiftedSource(set); err != nil {
			t.Fatal(err)
		}
	}
	if n := sources[FreshSet].Nuisance; n.Rotation != 1.2*18 || n.Position != 0.12 || n.Shear != 0.18 || n.Contrast != 0.8*0.4 || n.Clutter != 0.36 || n.Noise != 1.2*0.08 {
		t.Errorf("the fresh sample has %+v", n)
	}
	if !sources[TypefaceSet].HeldOut || !sources[OutlineSet].Outline || sources[HardSet].Nuisance != (data.Nuisance{}) {
		t.Errorf("%+v", sources)
	}
	for id, src := range sources {
		if src.HeldOut != (id == TypefaceSet) || s.Pretraining(data.Train).HeldOut {
			t.Errorf("%s: %+v", id, src)
		}
	}
	for _, f := range glyph.HeldOut {
		if slices.ContainsFunc(glyph.Families, func(g *glyph.Family) bool { return g.Name == f.Name }) {
			t.Errorf("%s is held out and seen", f.Name)
		}
	}
}

func TestBadShiftedSetsAreRefused(t *testing.T) {
	for want, spoil := range map[string]func(*report.Manifest){
		`shifted set "w": the program has v2, a, sketch, r and c`: func(m *report.Manifest) { m.Shifted.Sets[0].ID = "w" },
		"draw 3 is that of set a":                                 func(m *report.Manifest) { m.Shifted.Sets[2].Draw = 3 },
		"shifted set r: draw is 0":                                func(m *report.Manifest) { m.Shifted.Sets[3].Draw = 0 },
		"shifted set c: draw is 6":                                func(m *report.Manifest) { m.Shifted.Sets[4].Draw = 6 },
		"nuisance Rotation = 200":                                 func(m *report.Manifest) { m.Shifted.Sets[0].Nuisance.Rotation = 200 },
	} {
		m := manifest(t)
		spoil(m)
		if _, err := NewStudy(m, "quick"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// The table and the figure from a real run of two objectives.
func TestShiftedItemsFromARun(t *testing.T) {
	m := manifest(t)
	m.Objectives, m.Combinations = m.Objectives[:2], report.Combinations{}
	s, err := NewStudy(m, "smoke")
	if err != nil {
		t.Fatal(err)
	}
	p := compute.NewPlan(compute.FixedCode("test"))
	planned := Plan(p, s, func(id string) bool { return id == "table-c2" || id == "figure-c3" })
	a := &Ask{Study: s, plan: p}
	_, src := a.shiftedSet(CorruptedSet)
	of := compute.Need(p, a.robustness(a.trained(m.Objectives[1]))(1))
	base := compute.Need(p, compute.Task[shifted.Errors](shifted.Robustness{Model: s.Baseline(), Data: src}))
	r, err := compute.Pool{Jobs: 2}.Run(context.Background(), p, cache.NewMemory(), nil)
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]Drawing{}
	for _, one := range planned {
		if one.Draw == nil {
			continue
		}
		if drawn[one.Item.ID], err = one.Draw(r); err != nil {
			t.Fatal(err)
		}
	}
	errors, err := compute.Value(r, of)
	if err != nil {
		t.Fatal(err)
	}
	baseline, err := compute.Value(r, base)
	if err != nil {
		t.Fatal(err)
	}
	table := drawn["table-c2"].Artifacts[0].Table
	mce, err := shifted.MCE(errors, baseline)
	if got := *table.Rows[1].Cells[4].Samples[0].Value; err != nil || got != mce {
		t.Errorf("mCE %v, want %v, %v", got, mce, err)
	}
	for i, c := range table.Rows[0].Cells {
		if len(c.Samples) != 1 || c.Samples[0].Value == nil {
			t.Errorf("column %s: %+v", table.Columns[i].ID, c)
		}
	}
	if !slices.ContainsFunc(table.Notes, func(n string) bool {
		return strings.HasPrefix(n, "Hard (ImageNet-A; ") && strings.Contains(n, " out of 200 images)")
	}) {
		t.Errorf("notes %q", table.Notes)
	}

	figure, numbers := drawn["figure-c3"].Artifacts[0].Figure, drawn["figure-c3"].Artifacts[1].Table
	if len(figure.Panels) != 5 || figure.Panels[0].NamedElsewhere || !figure.Panels[4].NamedElsewhere {
		t.Fatalf("%d panels", len(figure.Panels))
	}
	for _, panel := range figure.Panels {
		points := panel.Series[1].Points
		if len(points) != 6 || points[0].X != 0 || points[0].Y != 100*(1-errors.Clean) || points[5].X != 5 {
			t.Errorf("panel %s: %+v", panel.ID, points)
		}
	}
	sum := 0.0
	for severity := 1; severity <= 5; severity++ {
		sum += *numbers.Rows[1].Cells[severity].Samples[0].Value
	}
	if got := *numbers.Rows[1].Cells[6].Samples[0].Value; got != sum/5 {
		t.Errorf("mean accuracy %v, by hand %v", got, sum/5)
	}
}
