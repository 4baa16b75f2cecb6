package sections

import (
	"context"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
)

// The tables of pairs read the pairs they name, in both orders, and average what they
// say. Objectives and networks are those of a tiny study that is run for this.
func TestTablesOfPairs(t *testing.T) {
	m := manifest(t)
	for i := range m.Presets {
		if p := &m.Presets[i]; p.ID == "smoke" {
			p.Seeds = 2
			p.Pretraining.PerClass, p.Pretraining.TestPerClass, p.Schedule.Passes = 8, 10, 1
			p.Curves.Checkpoints, p.Dynamics.Passes = 0, nil
		}
	}
	s, err := NewStudy(m, "smoke")
	if err != nil {
		t.Fatal(err)
	}
	m.Objectives = m.Objectives[:2]
	p := compute.NewPlan(compute.FixedCode("test"))
	a := &Ask{Study: s, plan: p, asked: new([]compute.Asked)}
	g, d, gains := a.agreement(), a.duos(), a.gains()
	r, err := compute.Pool{Jobs: 1}.Run(context.Background(), p, cache.NewMemory(), nil)
	if err != nil {
		t.Fatal(err)
	}
	different := func(c predict.Counts) (float64, bool) { return percent(c.Different, c.Images) }
	pairs, err := compute.Value(r, g.refs[1][0][0])
	if err != nil || len(pairs.Pairs) != 2 {
		t.Fatalf("%+v, %v", pairs, err)
	}
	want := 50 * float64(pairs.Pairs[0].Counts.Different+pairs.Pairs[1].Counts.Different) / float64(pairs.Pairs[0].Counts.Images)
	for _, ij := range [][2]int{{0, 1}, {1, 0}} {
		if v, err := g.at(r, 0, ij[0], ij[1], different); err != nil || !close(v, want) {
			t.Errorf("pair of %v: %v, %v, want %v", ij, v, err, want)
		}
	}
	if _, err := g.at(r, 0, 0, 1, func(predict.Counts) (float64, bool) { return 0, false }); err == nil {
		t.Error("a share of nothing has a value")
	}
	one, _ := compute.Value(r, d.refs[0][1][0])
	own := [2]float64{100 * one.B, 100 * one.A} // the later objective comes first
	for i := range own {
		if v, err := gains.own(r, 0, i); err != nil || !close(v, own[i]) {
			t.Errorf("ensemble of objective %d: %v, %v, want %v", i, v, err, own[i])
		}
	}
	mixed := 50 * (one.Mixed[0] + one.Mixed[1])
	if v, err := gains.gainMixed(r, 0, 0, 1); err != nil || !close(v, mixed-(own[0]+own[1])/2) {
		t.Errorf("gain of mixing %v, %v", v, err)
	}
	alone, _ := gains.alone[0][0].Read(r)
	if v, err := gains.gain(r, 0, 0); err != nil || !close(v, own[0]-alone) {
		t.Errorf("gain of a second network %v, %v", v, err)
	}
}

func close(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }

// Pairs of seeds share no network, and there is one even where the preset has one seed.
func TestPairsAreDisjoint(t *testing.T) {
	for seeds := 1; seeds <= 9; seeds++ {
		a := &Ask{Study: &Study{}}
		a.Preset.Seeds = seeds
		seen := map[int]bool{}
		for _, p := range a.seedPairs() {
			if seen[p.first] || seen[p.second] || p.first == p.second || seeds > 1 && p.second > seeds {
				t.Errorf("%d seeds: pair %+v", seeds, p)
			}
			seen[p.first], seen[p.second] = true, true
		}
		if len(seen) == 0 {
			t.Errorf("%d seeds: no pair", seeds)
		}
	}
}
