package report

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// readSearch takes up the record beside a manifest, if there is one.
func (m *Manifest) readSearch(fsys fs.FS, name string) error {
	text, err := readBounded(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &ManifestError{File: name, Msg: readFailure(err)}
	}
	if m.Searched, err = ParseSearch(text); err != nil {
		return &ManifestError{File: name, Msg: err.Error()}
	}
	m.searchText = string(text)
	return nil
}

// searchDate stands in a deviation for the day of the search, which only its record has.
const searchDate = "{{search.date}}"

// describeSearch writes how and when the hyper-parameters of every objective were chosen,
// from the record alone.
func (m *Manifest) describeSearch() {
	day := "a day that is not recorded"
	if m.Searched != nil {
		day = m.Searched.Date
	}
	m.Paper.Deviations = slices.Clone(m.Paper.Deviations)
	for i, d := range m.Paper.Deviations {
		m.Paper.Deviations[i] = strings.ReplaceAll(d, searchDate, day)
	}
	for i := range m.Objectives {
		o := &m.Objectives[i]
		space, _ := m.Search.objective(o.ID)
		found, ok := m.Searched.Objective(o.ID)
		switch {
		case len(o.Uses) == 0:
			o.Searched = Search{Space: "nothing: it has no hyper-parameters"}
			continue
		case !ok:
			o.Searched = Search{Space: "not recorded", Note: space.Note}
			continue
		}
		o.Searched = Search{Date: m.Searched.Date, Space: found.tried(), Criterion: m.Searched.Criterion, Note: space.Note}
		choice, _ := found.Choice()
		for _, p := range m.Presets {
			if o.Here[p.ID] != choice.Hyper {
				o.Searched.Note = strings.TrimSpace(fmt.Sprintf("%s Preset %s trains with other values than the choice, %s.", o.Searched.Note, p.ID, choice.Hyper.Text()))
			}
		}
	}
}

// tried lists the values of each hyper-parameter that a search tried.
func (o SearchedObjective) tried() string {
	var parts []string
	for _, p := range (HyperGrid{}).parameters() {
		var values []float64
		for _, point := range o.Points {
			if v := p.of(point.Hyper); v != 0 && !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		if len(values) == 0 {
			continue
		}
		slices.Sort(values)
		list := make([]string, len(values))
		for i, v := range values {
			list[i] = Digits(v, -1)
		}
		parts = append(parts, p.symbol()+strings.Join(list, ", "))
	}
	networks := 0
	for _, p := range o.Points {
		networks = max(networks, len(p.Runs))
	}
	if networks == 1 {
		return strings.Join(parts, "; ") + "; 1 network each"
	}
	return fmt.Sprintf("%s; %d networks each", strings.Join(parts, "; "), networks)
}
