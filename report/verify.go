package report

import (
	"bytes"
	"fmt"
)

// Finding is a place in a report that is not what the rest of the report implies.
type Finding struct {
	Place   string `json:"place"`             // "table-3, row sigmoid, column top1"
	Shown   string `json:"shown,omitempty"`   // what stands there
	Implied string `json:"implied,omitempty"` // what should
}

func (f Finding) String() string {
	s := f.Place
	if f.Shown != "" || f.Implied != "" {
		s += fmt.Sprintf(": %s is shown, %s is implied", orNothing(f.Shown), orNothing(f.Implied))
	}
	return s
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

// Verification is what Verify checked and found.
type Verification struct {
	Report   *Report   `json:"-"`
	Page     bool      `json:"page"`   // the file is a report.html, not a report.json
	Cells    int       `json:"cells"`  // whose mean, interval and mark were computed from their samples
	Claims   int       `json:"claims"` // whose evidence and verdict were computed again
	Bytes    int       `json:"bytes"`  // of the page compared with what the data give
	Findings []Finding `json:"findings"`
	// OtherVersion says that the page was drawn by another version of the program, so
	// that its text could not be compared.
	OtherVersion bool `json:"other_version"`
}

// Verify computes every mean, interval, mark, test and verdict of a report.html or
// report.json again from the samples in it, and draws the page again to compare it byte
// by byte. The error is about a file that cannot be read at all. What it cannot show is
// that the samples themselves are what the experiments gave.
func Verify(file []byte) (*Verification, error) {
	r, data, page, err := read(file)
	if err != nil {
		return nil, err
	}
	v := &Verification{Page: page, Findings: []Finding{}}
	v.Report = r
	again, err := Encode(r)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, data) {
		v.Findings = append(v.Findings, Finding{Place: fmt.Sprintf("report.json, byte %d: not written as this program writes it", firstDifference(again, data))})
	}
	implied, err := Decode(data) // a copy of its own
	if err != nil {
		return nil, err
	}
	if err := implied.recompute(); err != nil {
		return nil, fmt.Errorf("report.json: %w", err)
	}
	v.compareTables(r, implied)
	v.compareClaims(r, implied)
	v.compareRobustness(r, implied)
	if v.Page {
		drawn, err := drawLike(r, file)
		if err != nil {
			return nil, fmt.Errorf("the report cannot be drawn: %w", err)
		}
		v.comparePage(drawn, file)
	}
	return v, nil
}

// drawLike draws the page of a report: the one of a build that was still running, if the
// file is that.
func drawLike(r *Report, file []byte) ([]byte, error) {
	if bytes.Contains(file, []byte(notDrawn)) {
		if out, err := RenderInterim(r); err == nil && bytes.Equal(out.HTML, file) {
			return file, nil
		}
	}
	out, err := Render(r)
	if err != nil {
		return nil, err
	}
	return out.HTML, nil
}

// recompute derives everything that is derived from samples and claims. Its error is about
// a discussion that names a number which is not there.
func (r *Report) recompute() error {
	claims := make([]Claim, len(r.Claims))
	for i, c := range r.Claims {
		claims[i] = c.Claim
	}
	Summarise(r.Items)
	r.Claims = Evaluate(claims, r.Families, r.Preset, r.Items, r.Published, r.labels())
	r.Robustness = r.Robustness.judge(claims, r.Families, r.Preset, r.Items, r.labels())
	return r.discuss()
}

func (v *Verification) compareTables(shown, implied *Report) {
	for i := range shown.Items {
		for j, a := range shown.Items[i].Artifacts {
			if a.Table == nil {
				continue
			}
			other := implied.Items[i].Artifacts[j].Table
			for r, row := range a.Table.Rows {
				for c, cell := range row.Cells {
					v.Cells++
					want := other.Rows[r].Cells[c]
					place := fmt.Sprintf("%s, row %s, column %s", a.Table.ID, row.ID, a.Table.Columns[c].ID)
					v.compareJSON(place+", mean and interval", cell.Summary, want.Summary)
					v.compareJSON(place+", mark", cell.Mark, want.Mark)
				}
			}
		}
	}
}

func (v *Verification) compareClaims(shown, implied *Report) {
	for i, c := range shown.Claims {
		v.Claims++
		want := implied.Claims[i]
		v.compareJSON("claim "+c.ID+", verdict", c.Verdict, want.Verdict)
		v.compareJSON("claim "+c.ID+", evidence", c.Evidence, want.Evidence)
		v.compareJSON("claim "+c.ID+", outcome on the paper's numbers", c.Published, want.Published)
		v.compareJSON("claim "+c.ID+", discussion", c.Discussion, want.Discussion)
	}
}

func (v *Verification) compareRobustness(shown, implied *Report) {
	again := implied.Robustness.panels()
	for i, panel := range shown.Robustness.panels() {
		for j, c := range panel.Choices {
			v.compareJSON(fmt.Sprintf("robustness, choice %q of %q", c.Label, c.Group), c.Verdicts, again[i].Choices[j].Verdicts)
		}
	}
}

// compareJSON compares two values as they are written, and names the first field in
// which they differ.
func (v *Verification) compareJSON(place string, shown, implied any) {
	if sameJSON(shown, implied) {
		return
	}
	first := fieldDifferences(flatten(shown), flatten(implied))[0]
	if first.Name != "" {
		place += " (" + first.Name + ")"
	}
	v.Findings = append(v.Findings, Finding{Place: place, Shown: first.Was, Implied: first.Is})
}

func firstDifference(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
