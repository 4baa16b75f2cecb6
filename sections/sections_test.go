package sections

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

func manifest(t *testing.T) *report.Manifest {
	t.Helper()
	m, err := report.LoadManifest(os.DirFS(".."), "paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// plan asks every section at a preset and draws on the results of a run that was
// stopped before it began.
func plan(t *testing.T, m *report.Manifest, preset string) (*compute.Plan, []Planned, *compute.Results) {
	t.Helper()
	study, err := NewStudy(m, preset)
	if err != nil {
		t.Fatal(err)
	}
	p := compute.NewPlan(compute.FixedCode("test"))
	planned := Plan(p, study, func(string) bool { return true })
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, _ := compute.Pool{Jobs: 1}.Run(ctx, p, cache.NewMemory(), nil)
	if r == nil {
		t.Fatal(p.Err())
	}
	return p, planned, r
}

func TestEverySectionHasAnItem(t *testing.T) {
	if err := Check(manifest(t)); err != nil {
		t.Error(err)
	}
}

// carried lists the presets that need no data set to be fetched.
func carried(m *report.Manifest) []report.Preset {
	return slices.DeleteFunc(slices.Clone(m.Presets), func(p report.Preset) bool { return len(m.Needs(p)) > 0 })
}

// trains lists those of them that train their networks themselves.
func trains(m *report.Manifest) []report.Preset {
	return slices.DeleteFunc(carried(m), func(p report.Preset) bool { return p.Source != "" })
}

// A claim may only speak of cells that are drawn, so a drawn table has to keep what
// its entry in the manifest promises.
func TestTablesKeepTheManifestsPromise(t *testing.T) {
	m := manifest(t)
	for _, preset := range carried(m) {
		_, planned, r := plan(t, m, preset.ID)
		promises(t, planned, r, preset.ID)
	}
}

// promises holds what is drawn against the entries of the manifest.
func promises(t *testing.T, planned []Planned, r *compute.Results, preset string) {
	t.Helper()
	for _, one := range planned {
		if one.Draw == nil {
			continue
		}
		d, err := one.Draw(r)
		if err != nil {
			t.Errorf("%s: %v", one.Item.ID, err)
			continue
		}
		drawn := map[string]*report.Table{}
		for _, a := range d.Artifacts {
			if a.Table != nil {
				drawn[a.Table.ID] = a.Table
			}
		}
		for _, promised := range one.Item.Tables {
			table := drawn[promised.ID]
			if table == nil {
				t.Errorf("%s at %s: table %s is promised and not drawn", one.Item.ID, preset, promised.ID)
				continue
			}
			var rows, columns []string
			for _, r := range table.Rows {
				rows = append(rows, r.ID)
			}
			for _, c := range table.Columns {
				columns = append(columns, c.ID)
			}
			if !slices.Equal(rows, promised.Rows) || !slices.Equal(columns, promised.Columns) {
				t.Errorf("%s at %s: drawn %v × %v, promised %v × %v", promised.ID, preset, rows, columns, promised.Rows, promised.Columns)
			}
		}
	}
}

// Before anything has run, a page shows gaps that say so and no number of ours.
func TestDrawingWithoutResultsHasNoNumbers(t *testing.T) {
	m := manifest(t)
	_, planned, r := plan(t, m, m.DefaultPreset)
	cells := 0
	for _, one := range planned {
		if one.Draw == nil {
			continue
		}
		d, err := one.Draw(r)
		if err != nil {
			t.Fatalf("%s: %v", one.Item.ID, err)
		}
		if len(d.Values) != 0 {
			t.Errorf("%s: values %v from nothing", one.Item.ID, d.Values)
		}
		for _, a := range d.Artifacts {
			if a.Figure != nil {
				for _, p := range a.Figure.Panels {
					for _, s := range p.Series {
						if !s.Published {
							t.Errorf("%s, panel %s: series %s from nothing", one.Item.ID, p.ID, s.ID)
						}
					}
				}
				continue
			}
			for _, row := range a.Table.Rows {
				for _, c := range row.Cells {
					if len(c.Samples) > 0 {
						t.Errorf("%s, row %s: samples from nothing", one.Item.ID, row.ID)
					}
					if c.Text == "" && !slices.Contains([]string{report.MissingNotRun, report.MissingAtPreset, report.MissingElsewhere}, c.Missing) {
						t.Errorf("%s, row %s: missing says %q", one.Item.ID, row.ID, c.Missing)
					}
					cells++
				}
			}
		}
	}
	if cells == 0 {
		t.Error("no cells drawn")
	}
}

// The items of the main text and Table A.1 ask for the same networks: a plan has each
// training run once. Others of the appendix train more.
func TestItemsShareTrainingRuns(t *testing.T) {
	m := manifest(t)
	p, planned, _ := plan(t, m, "quick")
	runs := map[string]bool{}
	for _, one := range planned {
		if !strings.HasPrefix(one.Item.Section, "3.") && one.Item.ID != "table-a1" {
			continue
		}
		for _, b := range p.Behind(one.Asked) {
			if b.Kind == "train.model" {
				runs[b.Key.String()] = true
			}
		}
	}
	preset, _ := m.Preset("quick")
	want := len(m.Objectives)*(preset.Seeds+preset.Stopping.Seeds) + len(m.Temperatures.Rows)*preset.TemperatureSeeds
	if len(runs) != want {
		t.Errorf("%d training runs, want %d: one per objective and seed, another to see where to stop, one per temperature and seed", len(runs), want)
	}
}

// The number of seeds is not part of a specification: more seeds keep the old runs.
// Ensembles are the exception, whose very size it is; they train nothing.
func TestMoreSeedsKeepTheOldRuns(t *testing.T) {
	keys := func(seeds int) map[string]bool {
		m := manifest(t)
		for i := range m.Presets {
			if m.Presets[i].ID == "quick" {
				m.Presets[i].Seeds = seeds
			}
		}
		p, planned, _ := plan(t, m, "quick")
		found := map[string]bool{}
		for _, one := range planned {
			for _, b := range p.Behind(one.Asked) {
				if b.Kind != "predict.ensembles" && b.Kind != "predict.votes" {
					found[b.Key.String()] = true
				}
			}
		}
		return found
	}
	few, many := keys(2), keys(3)
	if len(many) <= len(few) {
		t.Fatalf("%d tasks with 3 seeds, %d with 2", len(many), len(few))
	}
	for key := range few {
		if !many[key] {
			t.Fatalf("task %s of 2 seeds is not among those of 3", key)
		}
	}
}
