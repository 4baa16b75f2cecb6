package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// maxReport bounds what Decode reads. A standard report has a few megabytes.
const maxReport = 256 << 20

// Encode writes report.json. Equal reports give equal bytes: fields come in the
// order of the types and maps in the order of their keys. A number that is not
// finite or a claim without a verdict is an error that names the place, never a
// null or a zero.
func Encode(r *Report) ([]byte, error) {
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("report.json: %w", err)
	}
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return nil, fmt.Errorf("report.json: %w", err)
	}
	return append(b, '\n'), nil
}

// Read reads a report.json, or the one inside a report.html, that may come from
// anyone.
func Read(file []byte) (*Report, error) {
	r, _, _, err := read(file)
	return r, err
}

// read also returns the bytes of the report.json, and whether the file is a page.
func read(file []byte) (r *Report, data []byte, page bool, err error) {
	data = file
	if page = !bytes.HasPrefix(bytes.TrimSpace(file), []byte("{")); page {
		if data, err = ExtractJSON(file); err != nil {
			return nil, nil, page, fmt.Errorf("neither report.json nor report.html: %w", err)
		}
	}
	r, err = Decode(data)
	return r, data, page, err
}

// Decode reads a report.json that may come from anyone. It refuses another
// schema version, unknown keys, values out of their range and tables that are not
// rectangular, so that what it returns can be rendered.
func Decode(data []byte) (*Report, error) {
	if len(data) > maxReport {
		return nil, fmt.Errorf("report.json: %d bytes; at most %d are read", len(data), maxReport)
	}
	var version struct {
		SchemaVersion *int `json:"schema_version"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return nil, fmt.Errorf("report.json: %w", err)
	}
	switch v := version.SchemaVersion; {
	case v == nil:
		return nil, errors.New("report.json: no schema_version; this is not a report of lossxfer-report")
	case *v > SchemaVersion:
		return nil, fmt.Errorf("report.json: schema version %d is newer than %d, which this program reads; use a newer lossxfer-report", *v, SchemaVersion)
	case *v < SchemaVersion:
		return nil, fmt.Errorf("report.json: schema version %d is older than %d; build the report again", *v, SchemaVersion)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	r := new(Report)
	if err := d.Decode(r); err != nil {
		return nil, fmt.Errorf("report.json: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("report.json: there is something after the report")
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("report.json: %w", err)
	}
	return r, nil
}

// check holds what report.json promises beyond its types.
func (r *Report) check() error {
	if r.SchemaVersion != SchemaVersion {
		return fmt.Errorf("schema_version is %d, not %d", r.SchemaVersion, SchemaVersion)
	}
	for i := range r.Items {
		item := &r.Items[i]
		switch item.Status {
		case Computed, Incomplete, Failed, NotBuilt, NotHere:
		default:
			return fmt.Errorf("item %q: status %q is none of %q, %q, %q, %q, %q", item.ID, item.Status, Computed, Incomplete, Failed, NotBuilt, NotHere)
		}
		if err := checkTasks(item.Tasks, len(r.Tasks)); err != nil {
			return fmt.Errorf("item %q: %w", item.ID, err)
		}
		for _, a := range item.Artifacts {
			if err := checkValues(a); err != nil {
				return fmt.Errorf("item %q: %w", item.ID, err)
			}
		}
	}
	for _, p := range r.Published {
		for _, row := range p.Rows {
			if len(row.Cells) != len(p.Columns) {
				return fmt.Errorf("published %q, row %q: %d cells for %d columns", p.ID, row.ID, len(row.Cells), len(p.Columns))
			}
		}
	}
	for _, c := range r.Claims {
		for _, part := range c.Evidence.Parts {
			for _, v := range []*float64{part.Effect, part.Low, part.High, part.P} {
				if v != nil && !isFinite(*v) {
					return fmt.Errorf("claim %q, part %q: a value is not finite", c.ID, part.Label)
				}
			}
		}
	}
	return checkReport(r)
}

// checkTasks holds the indices of an item's tasks against the n tasks there are.
func checkTasks(indices []int, n int) error {
	last := -1
	for _, i := range indices {
		if i <= last || i >= n {
			return fmt.Errorf("task %d: tasks have to be increasing indices below %d", i, n)
		}
		last = i
	}
	return nil
}

// checkValues says which cell or point has two values, none, or one that is not
// finite.
func checkValues(a Artifact) error {
	if t := a.Table; t != nil {
		for _, row := range t.Rows {
			for j, c := range row.Cells {
				if j >= len(t.Columns) {
					break // the lengths are compared elsewhere
				}
				set := 0
				for _, is := range []bool{len(c.Samples) > 0, c.Text != "", c.Missing != ""} {
					if is {
						set++
					}
				}
				if set != 1 {
					return fmt.Errorf("table %q, row %q, column %q: exactly one of samples, text and missing has to be set, not %d", t.ID, row.ID, t.Columns[j].ID, set)
				}
			}
		}
	}
	if f := a.Figure; f != nil {
		for _, p := range f.Panels {
			for _, s := range p.Series {
				for i, q := range s.Points {
					if !isFinite(q.X) || !isFinite(q.Y) || q.XHalf != nil && !isFinite(*q.XHalf) || q.YHalf != nil && !isFinite(*q.YHalf) {
						return fmt.Errorf("figure %q, panel %q, series %q: point %d is not finite; leave it out and say why in a note", f.ID, p.ID, s.ID, i+1)
					}
				}
			}
			if p.Heat == nil {
				continue
			}
			for i, row := range p.Heat.Values {
				for j, v := range row {
					if v != nil && !isFinite(*v) {
						return fmt.Errorf("figure %q, panel %q: heat map value %d, %d is not finite; make it null", f.ID, p.ID, i+1, j+1)
					}
				}
			}
		}
	}
	return nil
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
