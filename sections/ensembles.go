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
	e := ensembles{members: a.Preset.Seeds, refs: a.ensemblesOf(1, a.Preset.Seeds)}
	for _, o := range a.Manifest.Objectives {
		e.names = append(e.names, o.Label)
	}
	return e
}

// ensemblesOf asks for the ensembles of networks with the seeds from first to last.
func (a *Ask) ensemblesOf(first, last int) [][]compute.Ref[predict.EnsemblesResult] {
	var all [][]compute.Ref[predict.EnsemblesResult]
	for i, o := range a.Manifest.Objectives {
		var row []compute.Ref[predict.EnsemblesResult]
		for _, other := range a.Manifest.Objectives[:i+1] {
			row = append(row, need[predict.EnsemblesResult](a, predict.Ensembles{
				A: a.networks(o, first, last), B: a.networks(other, first, last), Data: a.Pretraining(data.Test),
			}))
		}
		all = append(all, row)
	}
	return all
}

// duos is the ensembles of two networks, for each of the pairs of seeds. They are
// small, but they share no network and so can be tested, where there is but one
// ensemble of all.
type duos struct {
	*Ask
	refs [][][]compute.Ref[predict.EnsemblesResult] // pair, objective, objective
}

// duos asks for them.
func (a *Ask) duos() duos {
	d := duos{Ask: a}
	for _, p := range a.seedPairs() {
		d.refs = append(d.refs, a.ensemblesOf(p.first, p.second))
	}
	return d
}

// at reads the comparison of objectives i and j for one of the pairs of seeds.
func (d duos) at(r *compute.Results, pair, i, j int, value func(predict.EnsemblesResult) float64) (float64, error) {
	v, err := compute.Value(r, d.refs[pair][max(i, j)][min(i, j)])
	switch {
	case err != nil:
		return 0, err
	case v.Diverged != "":
		return 0, diverged(v.Diverged)
	}
	return value(v), nil
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
