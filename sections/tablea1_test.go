package sections

import (
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// A search sees validation images and networks of its own, and otherwise trains as
// the tables do.
func TestSearchLooksAtNothingReported(t *testing.T) {
	m := manifest(t)
	study, err := NewStudy(m, m.Search.Preset)
	if err != nil {
		t.Fatal(err)
	}
	if err := study.CheckSearch(); err != nil {
		t.Error(err)
	}
	o, _ := m.Objective("dropout")
	run := study.SearchRun(o, report.Hyper{Keep: 0.35}, 101)
	if run.Data != study.Pretraining(data.Validation) || run.Model.Data != study.Pretraining(data.Train) {
		t.Errorf("trained on %s, tried on %s", run.Model.Data, run.Data)
	}
	want := study.Model(o, 101)
	want.Objective.Keep = 0.35
	if run.Model != want {
		t.Errorf("%+v, want %+v", run.Model, want)
	}
	dropout := slices.IndexFunc(m.Search.Objectives, func(s report.SearchObjective) bool { return s.ID == "dropout" })
	m.Search.Objectives[dropout].Above.Keep = []float64{1.5}
	if err := study.CheckSearch(); err == nil || !strings.Contains(err.Error(), "search of dropout: ") {
		t.Errorf("a keep probability of 1.5: %v", err)
	}
}

// The runs that say where to stop follow the paper's decay, and one pass stands for
// so many of the paper's epochs.
func TestStoppingRuns(t *testing.T) {
	m := manifest(t)
	for _, p := range trains(m) {
		study, err := NewStudy(m, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range m.Objectives {
			run := study.Stopping(o, 1)
			if err := run.Validate(); err != nil {
				t.Errorf("%s: %v", p.ID, err)
			}
			if run.Schedule.Decay != train.Exponential || run.Monitor == 0 || run.Schedule.Passes != p.Stopping.Passes+1 || run.Objective != study.Spec(o) {
				t.Errorf("%s: %+v", p.ID, run)
			}
		}
		// The paper's latest stop is at epoch 196: a run has to reach beyond it.
		if epochs := float64(p.Stopping.Passes) * epochsPerPass(p.Stopping); epochs < 197 || epochs > 203 {
			t.Errorf("%s: the passes stand for %.0f epochs, want 200", p.ID, epochs)
		}
	}
}

func TestBestPass(t *testing.T) {
	curve := func(top1 ...float64) []train.Epoch {
		var c []train.Epoch
		for _, v := range top1 {
			c = append(c, train.Epoch{ValidationTop1: v})
		}
		return c
	}
	for _, c := range []struct {
		curves [][]train.Epoch
		want   int
	}{
		{[][]train.Epoch{curve(0.25, 0.75, 0.5)}, 2},
		{[][]train.Epoch{curve(0.25, 0.5, 0.5)}, 2},                    // the first of equals
		{[][]train.Epoch{curve(0.25, 0.5, 0.75)}, 3},                   // the last
		{[][]train.Epoch{curve(0, 0, 0)}, 1},                           // nothing learnt
		{[][]train.Epoch{curve(0.25, 0.5, 1), curve(0.5, 1, 0.25)}, 2}, // of the mean, not of one
		{[][]train.Epoch{curve(0.5, 0.25), curve(0.25, 0.25), curve(0, 1)}, 2},
	} {
		if got := bestPass(c.curves); got != c.want {
			t.Errorf("%v: pass %d, want %d", c.curves, got, c.want)
		}
	}
}

// The table says where a value comes from, and does not call a value the search's
// that is another.
func TestChosen(t *testing.T) {
	m := manifest(t)
	record := &report.SearchRecord{Date: "2026-01-31", Preset: "quick", Objectives: []report.SearchedObjective{{ID: "dropout"}}}
	for i, keep := range []float64{0.25, 0.5, 0.75} {
		v := []float64{0.5, 0.75, 0.625}[i]
		record.Objectives[0].Add(report.Hyper{Keep: keep}, false, report.SearchRun{Seed: 101, Top1: &v})
	}
	record.Objectives[0].Choose()
	study, err := NewStudy(m, "smoke")
	if err != nil {
		t.Fatal(err)
	}
	m.Searched = record
	a := &Ask{Study: study}
	dropout, _ := m.Objective("dropout")
	softmax, _ := m.Objective("softmax")
	penalty, _ := m.Objective("logit_penalty")
	for _, c := range []struct {
		o    report.Objective
		want string
	}{
		{study.with(dropout, report.Hyper{Keep: 0.5}), "best of 3"},
		{study.with(dropout, report.Hyper{Keep: 0.7}), "not by the search, whose choice is ρ = 0.5"},
		{softmax, "nothing to choose"},
		{penalty, "no search recorded"},
	} {
		if got := a.chosen(c.o); got != c.want {
			t.Errorf("%s: %q, want %q", c.o.ID, got, c.want)
		}
	}
	table := a.searchTable()
	if len(table.Rows) != 3 || table.Rows[1].Cells[0].Text != "75.00" || table.Rows[1].Cells[2].Text != "chosen" || table.Rows[0].Cells[2].Text != "–" {
		t.Errorf("%+v", table.Rows)
	}
	if notes := strings.Join(table.Notes, " "); !strings.Contains(notes, "2026-01-31") || !strings.Contains(notes, "Preset smoke takes the choices") {
		t.Errorf("notes %q", notes)
	}
}
