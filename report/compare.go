package report

import (
	"bytes"
	"encoding/json"
	"slices"

	"lossxfer-report/report/stat"
)

// Level says how much a value has changed from one report to another.
type Level string

// The levels, from nothing to most.
const (
	LevelSame         Level = "identical"
	LevelWithinNoise  Level = "changed within noise"
	LevelNoiseUnknown Level = "changed, one seed" // the spread over seeds is not known
	LevelBeyondNoise  Level = "changed beyond noise"
	LevelGone         Level = "gone"
	LevelNew          Level = "new"
)

// FalseChanges is the share of the values called changed beyond noise that may be
// called so by chance (Benjamini and Hochberg 1995), over all cells of a comparison.
const FalseChanges = 0.05

// CellChange is a cell that is not identical in two reports.
type CellChange struct {
	Table  string   `json:"table"`
	Row    string   `json:"row"`
	Column string   `json:"column"`
	Level  Level    `json:"level"`
	Was    string   `json:"was"`             // as it is shown
	Is     string   `json:"is"`              // as it is shown
	Delta  *float64 `json:"delta,omitempty"` // mean after − mean before, in the column's unit
	P      *float64 `json:"p,omitempty"`     // two-sided, not adjusted
	Test   string   `json:"test,omitempty"`
}

// ClaimChange is a claim whose verdict is another.
type ClaimChange struct {
	ID   string  `json:"id"`
	Text string  `json:"text"`
	Was  Verdict `json:"was"` // empty: there was no such claim
	Is   Verdict `json:"is"`
}

// ItemChange is what has changed in one table or figure.
type ItemChange struct {
	ID      string        `json:"id"`
	Title   string        `json:"title"`
	Was     Status        `json:"was,omitempty"`
	Is      Status        `json:"is,omitempty"`
	Same    int           `json:"identical"` // cells
	Cells   []CellChange  `json:"cells,omitempty"`
	Figures []string      `json:"figures,omitempty"` // panels whose points have changed
	Causes  []string      `json:"causes,omitempty"`
	pairs   [2][]Artifact // for drawing one over the other
}

// Comparison is the difference of two reports.
type Comparison struct {
	Causes []string      `json:"causes"` // what differs in how the two were made
	Claims []ClaimChange `json:"claims"`
	Items  []ItemChange  `json:"items"` // with any change, in the order of the paper
	Counts map[Level]int `json:"counts"`
}

// Compare says what has changed from one report to another, cell by cell. Cells that
// share seeds are compared seed by seed.
func Compare(was, is *Report) *Comparison {
	c := &Comparison{Causes: reportCauses(was, is), Claims: []ClaimChange{}, Items: []ItemChange{}, Counts: map[Level]int{}}
	before := map[string]*Claim{}
	verdicts := map[string]Verdict{}
	for i := range was.Claims {
		before[was.Claims[i].ID], verdicts[was.Claims[i].ID] = &was.Claims[i].Claim, was.Claims[i].Verdict
	}
	for _, claim := range is.Claims {
		if v := verdicts[claim.ID]; v != claim.Verdict {
			c.Claims = append(c.Claims, ClaimChange{claim.ID, claim.Text, v, claim.Verdict})
		}
		delete(before, claim.ID)
	}
	for _, claim := range was.Claims {
		if before[claim.ID] != nil {
			c.Claims = append(c.Claims, ClaimChange{ID: claim.ID, Text: claim.Text, Was: claim.Verdict})
		}
	}
	var all []ItemChange
	for _, item := range inPaperOrder(is.Items) {
		all = append(all, compareItems(was, is, itemOf(was, item.ID), item))
	}
	for _, item := range inPaperOrder(was.Items) {
		if itemOf(is, item.ID) == nil {
			all = append(all, compareItems(was, is, item, nil))
		}
	}
	judgeNoise(all)
	for _, item := range all {
		c.Counts[LevelSame] += item.Same
		for _, cell := range item.Cells {
			c.Counts[cell.Level]++
		}
		if len(item.Cells) > 0 || len(item.Figures) > 0 || item.Was != item.Is {
			c.Items = append(c.Items, item)
		}
	}
	return c
}

func itemOf(r *Report, id string) *Item {
	i := slices.IndexFunc(r.Items, func(x Item) bool { return x.ID == id })
	if i < 0 {
		return nil
	}
	return &r.Items[i]
}

// compareItems compares one item; either may be nil.
func compareItems(was, is *Report, before, after *Item) ItemChange {
	var c ItemChange
	if before != nil {
		c.ID, c.Title, c.Was, c.pairs[0] = before.ID, before.Title, before.Status, before.Artifacts
	}
	if after != nil {
		c.ID, c.Title, c.Is, c.pairs[1] = after.ID, after.Title, after.Status, after.Artifacts
	}
	old, now := tablesOf(c.pairs[0]), tablesOf(c.pairs[1])
	for _, t := range now.list {
		c.compareTables(old.byID[t.ID], t)
	}
	for _, t := range old.list {
		if now.byID[t.ID] == nil {
			c.compareTables(t, nil)
		}
	}
	c.Figures = changedPanels(c.pairs[0], c.pairs[1])
	if before != nil && after != nil && (len(c.Cells) > 0 || len(c.Figures) > 0) {
		c.Causes = taskCauses(was, is, before, after)
	}
	return c
}

type tableList struct {
	list []*Table
	byID map[string]*Table
}

func tablesOf(artifacts []Artifact) tableList {
	l := tableList{byID: map[string]*Table{}}
	for _, a := range artifacts {
		if a.Table != nil {
			l.list, l.byID[a.Table.ID] = append(l.list, a.Table), a.Table
		}
	}
	return l
}

// cellAt finds a cell and its column; nil if there is none.
func (t *Table) cellAt(row, column string) (*Cell, Column) {
	if t == nil {
		return nil, Column{}
	}
	for c := range t.Columns {
		if t.Columns[c].ID != column {
			continue
		}
		for r := range t.Rows {
			if t.Rows[r].ID == row {
				return &t.Rows[r].Cells[c], t.Columns[c]
			}
		}
	}
	return nil, Column{}
}

// compareTables goes through the cells of either table, each once.
func (c *ItemChange) compareTables(was, is *Table) {
	seen := map[[2]string]bool{}
	for _, t := range []*Table{is, was} {
		if t == nil {
			continue
		}
		for _, row := range t.Rows {
			for _, column := range t.Columns {
				at := [2]string{row.ID, column.ID}
				if seen[at] {
					continue
				}
				seen[at] = true
				old, oldColumn := was.cellAt(row.ID, column.ID)
				now, nowColumn := is.cellAt(row.ID, column.ID)
				change := compareCells(old, now, oldColumn, nowColumn)
				if change.Level == LevelSame {
					c.Same++
					continue
				}
				change.Table, change.Row, change.Column = t.ID, row.ID, column.ID
				c.Cells = append(c.Cells, change)
			}
		}
	}
}

// compareCells compares two cells; either may be nil. Whether a change with a test is
// beyond noise is decided over all cells, by judgeNoise.
func compareCells(was, is *Cell, oldColumn, nowColumn Column) CellChange {
	c := CellChange{Was: shownAs(was, oldColumn), Is: shownAs(is, nowColumn), Level: LevelBeyondNoise}
	has := func(c *Cell) bool { return c != nil && c.Missing == "" }
	switch {
	case !has(was) && !has(is):
		c.Level = LevelSame
		if (was == nil) != (is == nil) || was != nil && was.Missing != is.Missing {
			c.Level = LevelWithinNoise // the reason of a gap is no value
		}
		return c
	case !has(was):
		c.Level = LevelNew
		return c
	case !has(is):
		c.Level = LevelGone
		return c
	}
	if sameJSON(was.Samples, is.Samples) && was.Text == is.Text {
		c.Level = LevelSame
		return c
	}
	a, b := sampleSeeds(is.Samples), sampleSeeds(was.Samples)
	if len(a.value) == 0 || len(b.value) == 0 {
		return c // a text, or a run that diverged: no noise would make one of the other
	}
	// Two values that are printed alike are told apart by more digits.
	for d := 1; c.Was == c.Is && d <= 12; d++ {
		c.Was, c.Is = summaryText(was, oldColumn.Decimals+d), summaryText(is, nowColumn.Decimals+d)
	}
	_, test, name := compare("", a, b)
	c.Delta = &test.Effect
	switch {
	case !test.Degenerate:
		c.Level, c.P, c.Test = LevelWithinNoise, &test.P, name
	case len(a.value) < 2 || len(b.value) < 2:
		c.Level = LevelNoiseUnknown
	case test.Effect == 0:
		c.Level = LevelWithinNoise // other seeds, the same mean
	}
	return c
}

func shownAs(c *Cell, column Column) string {
	switch {
	case c == nil:
		return ""
	case c.Missing != "":
		return c.Missing
	case c.Text != "":
		return c.Text
	}
	return summaryText(c, column.Decimals)
}

// summaryText is the mean of a cell's samples with the half-width of its interval. What
// the report says of them is for verify to look at.
func summaryText(c *Cell, decimals int) string {
	s := SummariseSamples(c.Samples)
	if s == nil {
		return "diverged"
	}
	text := fixed(s.Mean, decimals)
	if s.Half != nil {
		text += " ± " + halfWidth(*s.Half, decimals)
	}
	return text
}

// judgeNoise calls changes beyond noise so that at most FalseChanges of them are by
// chance (the step-up procedure of Benjamini and Hochberg).
func judgeNoise(items []ItemChange) {
	var tested []*CellChange
	for i := range items {
		for j := range items[i].Cells {
			if cell := &items[i].Cells[j]; cell.P != nil {
				tested = append(tested, cell)
			}
		}
	}
	p := make([]float64, len(tested))
	for i, cell := range tested {
		p[i] = *cell.P
	}
	for i, q := range stat.FalseDiscovery(p) {
		if q <= FalseChanges {
			tested[i].Level = LevelBeyondNoise
		}
	}
}

// changedPanels names the panels of figures that are not the same in both.
func changedPanels(was, is []Artifact) []string {
	panels := func(artifacts []Artifact) (names []string, values map[string]any) {
		values = map[string]any{}
		for _, a := range artifacts {
			if a.Figure == nil {
				continue
			}
			for _, p := range a.Figure.Panels {
				name := a.Figure.ID + "." + p.ID
				names, values[name] = append(names, name), p
			}
		}
		return names, values
	}
	oldNames, old := panels(was)
	nowNames, now := panels(is)
	var changed []string
	for _, name := range nowNames {
		if !sameJSON(old[name], now[name]) {
			changed = append(changed, name)
		}
	}
	for _, name := range oldNames {
		if _, ok := now[name]; !ok {
			changed = append(changed, name)
		}
	}
	return changed
}

func sameJSON(a, b any) bool {
	x, errA := json.Marshal(a)
	y, errB := json.Marshal(b)
	return errA == nil && errB == nil && bytes.Equal(x, y)
}

// Worst says whether there is any change, any beyond noise, and any of a verdict. What
// is gone, and what one seed cannot tell, counts as beyond noise.
func (c *Comparison) Worst() (any, beyond, claims bool) {
	beyond = c.Counts[LevelBeyondNoise]+c.Counts[LevelNoiseUnknown]+c.Counts[LevelGone] > 0
	return len(c.Items) > 0 || len(c.Claims) > 0, beyond, len(c.Claims) > 0
}
