package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

// ensembles is the comparison of the ensembles of every two objectives on the test
// images: at [i][j], for j ≤ i. An ensemble has all networks of the preset.
type ensembles struct {
	members int
	names   []string
	refs    [][]compute.Ref[predict.EnsemblesResult]
}

// ensembles asks for it.
func (a *Ask) ensembles() ensembles {
	e := ensembles{members: a.Preset.Seeds}
	for i, o := range a.Manifest.Objectives {
		e.names = append(e.names, o.Label)
		var row []compute.Ref[predict.EnsemblesResult]
		for _, other := range a.Manifest.Objectives[:i+1] {
			row = append(row, need[predict.EnsemblesResult](a, predict.Ensembles{
				A: a.Model(o, 1), B: a.Model(other, 1), Members: e.members, Data: a.Pretraining(data.Test),
			}))
		}
		e.refs = append(e.refs, row)
	}
	return e
}

// heat is a matrix of the numbers that value finds for each two objectives, i and j of
// the manifest: a cell is their mean, empty if there are none.
func (e ensembles) heat(r *compute.Results, value func(v predict.EnsemblesResult, i, j int) (of []float64)) *report.Heat {
	h := newHeat(e.names)
	for i := range e.refs {
		for j, ref := range e.refs[i] {
			v, err := compute.Value(r, ref)
			if err != nil || v.Diverged != "" {
				continue
			}
			of := value(v, i, j)
			setMean(h, i, j, of)
			setMean(h, j, i, of)
		}
	}
	return h
}

// note says what an ensemble is.
func (e ensembles) note() string {
	if e.members == 1 {
		return "With one network of each objective, an ensemble is that network."
	}
	return fmt.Sprintf("An ensemble is the %d networks of an objective; it predicts the class with the largest mean probability. "+
		"An objective with a network that diverged has none.", e.members)
}
