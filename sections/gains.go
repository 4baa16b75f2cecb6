package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

// gains is what an ensemble of two networks gains over one, and what it gains when the
// two are of two objectives.
type gains struct {
	*Ask
	duos  duos
	alone []Measure // accuracy of single networks, per objective
}

// gains asks for it.
func (a *Ask) gains() gains {
	g := gains{Ask: a, duos: a.duos()}
	for _, o := range a.Manifest.Objectives {
		g.alone = append(g.alone, a.pairAccuracy(o))
	}
	return g
}

// own is the accuracy of the ensemble of objective i alone.
func (g gains) own(r *compute.Results, pair, i int) (float64, error) {
	return g.duos.at(r, pair, i, i, func(v predict.EnsemblesResult) float64 { return float64(100 * v.A) })
}

// gain is what that has over its networks.
func (g gains) gain(r *compute.Results, pair, i int) (float64, error) {
	own, err := g.own(r, pair, i)
	if err != nil {
		return 0, err
	}
	alone, err := g.alone[i][pair].Read(r)
	return own - alone, err
}

// mixed is the accuracy of an ensemble of objectives i and j, mean of the two ways to
// give them the seeds.
func (g gains) mixed(r *compute.Results, pair, i, j int) (float64, error) {
	return g.duos.at(r, pair, i, j, func(v predict.EnsemblesResult) float64 { return float64(50 * (v.Mixed[0] + v.Mixed[1])) })
}

// gainMixed is what that has over the mean of the two objectives' own ensembles. The
// better of these two would be chosen by the very accuracies that are compared; their
// mean flatters mixing where one objective is much the better, and nothing else.
func (g gains) gainMixed(r *compute.Results, pair, i, j int) (float64, error) {
	mixed, err := g.mixed(r, pair, i, j)
	if err != nil {
		return 0, err
	}
	both := [2]int{i, j}
	own, err := averaged(2, func(k int) (float64, error) { return g.own(r, pair, both[k]) })
	return mixed - own, err
}

// table has a row per objective and their mean.
func (g gains) table() *grid {
	t := g.newGrid("figure-c7-pairs", "Objective", []report.Column{
		{ID: "alone", Label: "One network", Unit: "%", Group: "Accuracy", Decimals: 2},
		{ID: "same", Label: "Two", Unit: "%", Group: "Accuracy", Decimals: 2},
		{ID: "mixed", Label: "Two, one of another objective", Unit: "%", Group: "Accuracy", Decimals: 2},
		{ID: "gain", Label: "Gain of a second network", Unit: "points", Decimals: 2},
		{ID: "gain_mixed", Label: "Gain of mixing", Unit: "points", Decimals: 2},
	})
	t.table.Each = eachPair
	t.table.Notes = []string{g.pairNote(),
		"With another objective: mean over all others. Gain of mixing: over the mean of the ensembles of the two objectives that are mixed."}
	columns := make([][]Measure, len(t.table.Columns))
	for i, o := range g.Manifest.Objectives {
		withOthers := func(at func(r *compute.Results, pair, i, j int) (float64, error)) Measure {
			return g.perPair(func(r *compute.Results, pair int) (float64, error) {
				return g.overOthers(i, func(j int) (float64, error) { return at(r, pair, i, j) })
			})
		}
		cells := []Measure{
			g.alone[i],
			g.perPair(func(r *compute.Results, pair int) (float64, error) { return g.own(r, pair, i) }),
			withOthers(g.mixed),
			g.perPair(func(r *compute.Results, pair int) (float64, error) { return g.gain(r, pair, i) }),
			withOthers(g.gainMixed),
		}
		for k, m := range cells {
			columns[k] = append(columns[k], m)
		}
		t.add(report.Row{ID: o.ID, Label: o.Label}, "", cells...)
	}
	var means []Measure
	for _, c := range columns {
		means = append(means, meanOf(c))
	}
	t.add(report.Row{ID: "all", Label: "Mean of all"}, "", means...)
	return t
}
