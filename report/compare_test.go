package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// shifted is a copy of a report in which a change has been made to table 1.
func shifted(t *testing.T, change func(r *Report, table *Table)) (was, is *Report) {
	t.Helper()
	was, _ = verifiable(t)
	data, err := Encode(was)
	if err != nil {
		t.Fatal(err)
	}
	if is, err = Decode(data); err != nil {
		t.Fatal(err)
	}
	change(is, is.Items[0].Artifacts[0].Table)
	is.recompute()
	return was, is
}

func TestCompareFindsNothingInEqualReports(t *testing.T) {
	c := Compare(shifted(t, func(*Report, *Table) {}))
	some, beyond, claims := c.Worst()
	if some || beyond || claims || c.Counts[LevelSame] == 0 || len(c.Causes) > 0 {
		t.Errorf("equal reports: %s, causes %v", c.Sentence(), c.Causes)
	}
}

func TestCompareTellsNoiseFromChange(t *testing.T) {
	level := func(name string, want Level, change func(c *Cell)) {
		t.Run(name, func(t *testing.T) {
			var row, column string
			c := Compare(shifted(t, func(_ *Report, table *Table) {
				row, column = table.Rows[1].ID, table.Columns[0].ID
				change(&table.Rows[1].Cells[0])
			}))
			if len(c.Items) != 1 || len(c.Items[0].Cells) != 1 {
				t.Fatalf("changed: %+v", c.Items)
			}
			cell := c.Items[0].Cells[0]
			if cell.Level != want || cell.Row != row || cell.Column != column {
				t.Errorf("%s, %s is %q (%v), want %q", cell.Row, cell.Column, cell.Level, cell.P, want)
			}
			if cell.Was == cell.Is {
				t.Errorf("was and is are both %q", cell.Was)
			}
		})
	}
	add := func(by ...float64) func(*Cell) {
		return func(c *Cell) {
			for i := range c.Samples {
				v := *c.Samples[i].Value + by[i]
				c.Samples[i].Value = &v
			}
		}
	}
	level("by chance", LevelWithinNoise, add(0.4, -0.5, 0.2))
	level("every seed alike", LevelBeyondNoise, add(2.01, 2.0, 1.99))
	level("by the same to the last bit", LevelBeyondNoise, func(c *Cell) {
		for i := range c.Samples {
			v := *c.Samples[i].Value + 2
			c.Samples[i].Value = &v
		}
	})
	level("too little to be printed", LevelWithinNoise, add(1e-6, -2e-6, 2e-6))
	level("of one seed", LevelNoiseUnknown, func(c *Cell) {
		v := *c.Samples[0].Value + 1
		c.Samples = []Sample{{Seed: 1, Value: &v}}
	})
	level("gone", LevelGone, func(c *Cell) { c.Samples, c.Missing = nil, "not run" })
	level("diverged", LevelBeyondNoise, func(c *Cell) {
		for i := range c.Samples {
			c.Samples[i].Value, c.Samples[i].Note = nil, "diverged"
		}
	})
}

// Many cells that change by chance alone must not be called changed.
func TestCompareAllowsForManyCells(t *testing.T) {
	var p []CellChange
	for i := range 100 {
		v := (float64(i) + 0.5) / 100 // what p-values under the null look like
		p = append(p, CellChange{Level: LevelWithinNoise, P: &v})
	}
	items := []ItemChange{{Cells: p}}
	judgeNoise(items)
	if slices.ContainsFunc(items[0].Cells, func(c CellChange) bool { return c.Level == LevelBeyondNoise }) {
		t.Error("a hundred p-values spread evenly over 0 to 1 show a change")
	}
}

func TestCompareNamesTheCause(t *testing.T) {
	c := Compare(shifted(t, func(r *Report, table *Table) {
		r.CodeDigest = strings.Repeat("ab", 32)
		r.Preset.Schedule.Passes++
		v := *table.Rows[1].Cells[0].Samples[0].Value + 1
		table.Rows[1].Cells[0].Samples[0].Value = &v
		i := r.Items[0].Tasks[0]
		r.Tasks[i].Key = strings.Repeat("f", 64)
		r.Tasks[i].Spec = json.RawMessage(`{"Objective":{"Alpha":0.25}}`)
	}))
	all := strings.Join(c.Causes, "\n")
	for _, want := range []string{"the code behind the results", "preset, schedule.passes: 20 → 21"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not among the causes:\n%s", want, all)
		}
	}
	if len(c.Items) == 0 || !strings.Contains(strings.Join(c.Items[0].Causes, "\n"), "Objective.Alpha: ") {
		t.Errorf("the item's causes: %v", c.Items)
	}
}

// One more seed, and other images of a data set, are named as what they are.
func TestCompareNamesSeedsAndData(t *testing.T) {
	causes := func(change func(r *Report, table *Table)) (all, items string) {
		c := Compare(shifted(t, change))
		for _, item := range c.Items {
			items += strings.Join(item.Causes, "\n") + "\n"
		}
		return strings.Join(c.Causes, "\n"), items
	}
	all, items := causes(func(r *Report, table *Table) {
		r.Preset.Seeds++
		for i := range table.Rows {
			for j := range table.Rows[i].Cells {
				if cell := &table.Rows[i].Cells[j]; len(cell.Samples) == 3 {
					cell.Samples = append(cell.Samples, Sample{Seed: 4, Value: cell.Samples[0].Value})
				}
			}
		}
		more := r.Tasks[r.Items[0].Tasks[0]]
		more.Key, more.Spec = strings.Repeat("e", 64), withField(t, more.Spec, "Seed", 4)
		r.Tasks = append(r.Tasks, more)
		r.Items[0].Tasks = append(r.Items[0].Tasks, len(r.Tasks)-1)
	})
	if !strings.Contains(all, "preset, seeds: 3 → 4") {
		t.Errorf("the causes of a fourth seed:\n%s", all)
	}
	if !strings.Contains(items, "Seed: ") || !strings.Contains(items, "4") {
		t.Errorf("the item's causes of a fourth seed:\n%s", items)
	}
	_, items = causes(func(r *Report, table *Table) {
		v := *table.Rows[1].Cells[0].Samples[0].Value + 1
		table.Rows[1].Cells[0].Samples[0].Value = &v
		task := &r.Tasks[r.Items[0].Tasks[0]]
		task.Key, task.Spec = strings.Repeat("f", 64), withField(t, task.Spec, "Digest", strings.Repeat("ab", 32))
	})
	if !strings.Contains(items, "Digest: ") || !strings.Contains(items, strings.Repeat("ab", 32)) {
		t.Errorf("the item's causes of other images:\n%s", items)
	}
}

// withField is a specification with another value of one field.
func withField(t *testing.T, spec json.RawMessage, field string, value any) json.RawMessage {
	t.Helper()
	fields := map[string]any{}
	if err := json.Unmarshal(spec, &fields); err != nil {
		t.Fatal(err)
	}
	fields[field] = value
	out, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestComparePutsVerdictsFirst(t *testing.T) {
	was, is := shifted(t, func(*Report, *Table) {})
	is.Claims[0].Verdict = Reproduced
	if was.Claims[0].Verdict == Reproduced {
		is.Claims[0].Verdict = NotReproduced
	}
	c := Compare(was, is)
	if _, _, claims := c.Worst(); !claims || c.Claims[0].ID != is.Claims[0].ID || c.Claims[0].Is != is.Claims[0].Verdict {
		t.Errorf("claims: %+v", c.Claims)
	}
	var text, md bytes.Buffer
	if err := c.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if err := c.WriteMarkdown(&md); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{text.String(), md.String()} {
		if !strings.Contains(s, is.Claims[0].ID) || !strings.Contains(s, string(is.Claims[0].Verdict)) {
			t.Errorf("no word of the verdict in\n%s", s)
		}
		if strings.Contains(s, "..") {
			t.Errorf("two full stops in\n%s", s)
		}
	}
}

func TestComparePageDrawsBothReports(t *testing.T) {
	was, is := shifted(t, func(r *Report, table *Table) {
		for i := range r.Items {
			for _, a := range r.Items[i].Artifacts {
				if a.Figure == nil {
					continue
				}
				for _, p := range a.Figure.Panels {
					for _, s := range p.Series {
						for k := range s.Points {
							s.Points[k].Y *= 1.01
						}
					}
					if p.Heat != nil && p.Heat.Values[0][0] != nil {
						*p.Heat.Values[0][0] += 0.1
					}
				}
			}
		}
	})
	html, err := Compare(was, is).HTML("old <b>", "new")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<svg", ", before", "after − before", "old &lt;b&gt;"} {
		if !bytes.Contains(html, []byte(want)) {
			t.Errorf("the page has no %q", want)
		}
	}
	if bytes.Contains(html, []byte("<script")) {
		t.Error("the page has a script")
	}
}
