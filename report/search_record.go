package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// SearchFile is the name of the record of the search, beside the manifest.
const SearchFile = "searched.json"

// SearchRecord is what a search found: every setting that was tried with the
// validation accuracy of every network, and the choice.
type SearchRecord struct {
	Date             string              `json:"date"`   // of the search, as 2006-01-02
	Preset           string              `json:"preset"` // whose size the networks have
	Criterion        string              `json:"criterion"`
	Classes          string              `json:"classes"` // the class set of pretraining
	TrainImages      int                 `json:"training_images"`
	ValidationImages int                 `json:"validation_images"`
	Passes           int                 `json:"passes"`
	Objectives       []SearchedObjective `json:"objectives"`
}

// SearchedObjective is what a search found for one objective.
type SearchedObjective struct {
	ID     string        `json:"id"`
	Points []SearchPoint `json:"settings"` // the grid, then what was tried beyond it
	// Chosen is the index of the chosen setting, -1 if every setting diverged. It is
	// absent if there was nothing to search.
	Chosen *int `json:"chosen,omitempty"`
	// AtBorder names the hyper-parameters whose chosen value is the lowest or highest
	// of all that were tried.
	AtBorder []string `json:"at_border,omitempty"`
}

// Choose fills in the choice that follows from the settings.
func (o *SearchedObjective) Choose() {
	if len(o.Points) == 0 {
		return
	}
	chosen := ChooseSetting(o.Points)
	o.Chosen, o.AtBorder = &chosen, nil
	if chosen >= 0 {
		o.AtBorder = Borders(o.Points, o.Points[chosen].Hyper)
	}
}

// Choice returns the chosen setting, if there is one.
func (o SearchedObjective) Choice() (p SearchPoint, ok bool) {
	if o.Chosen == nil || *o.Chosen < 0 {
		return SearchPoint{}, false
	}
	return o.Points[*o.Chosen], true
}

// Add adds a network of a setting, and the setting if it is new.
func (o *SearchedObjective) Add(h Hyper, beyond bool, r SearchRun) {
	for i := range o.Points {
		if o.Points[i].Hyper == h {
			o.Points[i].Runs = append(o.Points[i].Runs, r)
			return
		}
	}
	o.Points = append(o.Points, SearchPoint{Hyper: h, Beyond: beyond, Runs: []SearchRun{r}})
}

// Objective returns what was found for an objective.
func (r *SearchRecord) Objective(id string) (o SearchedObjective, ok bool) {
	if r == nil {
		return o, false
	}
	i := slices.IndexFunc(r.Objectives, func(o SearchedObjective) bool { return o.ID == id })
	if i < 0 {
		return o, false
	}
	return r.Objectives[i], true
}

// EncodeSearch writes a record; ParseSearch reads it.
func EncodeSearch(r *SearchRecord) []byte {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil { // every number of a record is an accuracy or was read from a manifest
		panic("report: " + err.Error())
	}
	return append(b, '\n')
}

// ParseSearch reads a record and checks that its choices follow from its accuracies.
func ParseSearch(text []byte) (*SearchRecord, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	r := &SearchRecord{}
	if err := d.Decode(r); err != nil {
		return nil, fmt.Errorf("not a record of a search: %w; write it anew with search --write", err)
	}
	if d.More() {
		return nil, fmt.Errorf("not a record of a search: something follows it; write it anew with search --write")
	}
	if _, err := time.Parse(time.DateOnly, r.Date); err != nil {
		return nil, fmt.Errorf("date %q: want one like 2026-01-31", r.Date)
	}
	for i := range r.Objectives {
		o := &r.Objectives[i]
		if o.Points == nil {
			o.Points = []SearchPoint{}
		}
		for _, p := range o.Points {
			for _, run := range p.Runs {
				if (run.Top1 == nil) == (run.Diverged == "") || run.Top1 != nil && !(*run.Top1 >= 0 && *run.Top1 <= 1) {
					return nil, fmt.Errorf("objective %s, %s, seed %d: want an accuracy from 0 to 1 or the reason why there is none", o.ID, p.Hyper.Text(), run.Seed)
				}
			}
		}
		same := *o
		same.Chosen, same.AtBorder = nil, nil
		same.Choose()
		if !reflect.DeepEqual(same, *o) {
			return nil, fmt.Errorf("objective %s: the choice is not what follows from the accuracies; write the record anew with search --write", o.ID)
		}
	}
	return r, nil
}
