package report

import (
	"encoding/json"
	"math/rand"
	"testing"
)

// weaker says that a verdict has lost something: a decided one must stay.
func weaker(before, after Verdict) bool {
	switch before {
	case Reproduced, NotReproduced:
		return after != before
	case DirectionOnly:
		return after == Inconclusive || after == NotRun
	}
	return false
}

// randomRows draws samples of three rows whose effects are of the size of noise.
func randomRows(rng *rand.Rand, names []string, seeds int) map[string][]float64 {
	out := map[string][]float64{}
	for i, n := range names {
		shift := float64(i) * rng.Float64() * 2
		for range seeds {
			out[n] = append(out[n], shift+rng.NormFloat64())
		}
	}
	return out
}

func TestReplicationNeverWeakens(t *testing.T) {
	rng := rand.New(rand.NewSource(6))
	for range 300 {
		rows := randomRows(rng, []string{"d", "c", "b", "a"}, 2+rng.Intn(4))
		for _, claim := range []Claim{aboveB, aboveBC, risesABC, claimOf(Predicate{Kind: "order", Columns: []string{"t.v"}, Rows: []string{"d", "c", "b", "a"}, Sense: "increasing"})} {
			before := verdictOf(claim, rows)
			twice := map[string][]float64{}
			k := 2 + rng.Intn(3)
			for id, v := range rows {
				for range k {
					twice[id] = append(twice[id], v...)
				}
			}
			if after := verdictOf(claim, twice); weaker(before.Verdict, after.Verdict) {
				t.Fatalf("%s: %q became %q after replication of %v", claim.Kind, before.Verdict, after.Verdict, rows)
			}
		}
	}
}

func TestSwappingLabelsFlips(t *testing.T) {
	rng := rand.New(rand.NewSource(7))
	flip := map[Verdict][]Verdict{
		Reproduced:    {NotReproduced},
		DirectionOnly: {Inconclusive, NotReproduced},
	}
	seen := map[Verdict]int{}
	for range 500 {
		rows := randomRows(rng, []string{"d", "c", "b", "a"}, 2+rng.Intn(4))
		swapped := claimOf(Predicate{Kind: "greater", Columns: []string{"t.v"}, Rows: []string{"b", "c"}, Than: []string{"a"}})
		falls := risesABC
		falls.Sense = "decreasing"
		for _, pair := range [][2]Claim{{aboveBC, swapped}, {swapped, aboveBC}, {risesABC, falls}, {falls, risesABC}} {
			v, w := verdictOf(pair[0], rows).Verdict, verdictOf(pair[1], rows).Verdict
			seen[v]++
			if want, ok := flip[v]; ok && w != want[0] && w != want[len(want)-1] {
				t.Fatalf("%s: %q, swapped %q", pair[0].Kind, v, w)
			}
		}
	}
	if seen[Reproduced] == 0 || seen[DirectionOnly] == 0 || seen[NotReproduced] == 0 || seen[Inconclusive] == 0 {
		t.Errorf("the samples gave only %v", seen)
	}
}

func TestOrderOfInputChangesNothing(t *testing.T) {
	m := theManifest(t)
	build := func() []Item { return drawAllTables(m, 4, paperlike(m, 0.05, 8)) }
	p, _ := m.Preset("quick")
	want, err := json.Marshal(Evaluate(m.Claims, m.Families, p, build(), m.Published, nil))
	if err != nil {
		t.Fatal(err)
	}
	items := build()
	rng := rand.New(rand.NewSource(9))
	rng.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	for _, item := range items {
		for _, a := range item.Artifacts {
			rows := a.Table.Rows
			rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			for _, r := range rows {
				for c := range r.Cells {
					s := r.Cells[c].Samples
					rng.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
				}
			}
		}
	}
	got, err := json.Marshal(Evaluate(m.Claims, m.Families, p, items, m.Published, nil))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("the order of items, rows or samples changed the evidence")
	}
}

// TestFamilyErrorRate draws values in which no claim is true and counts the
// families with any claim called reproduced.
func TestFamilyErrorRate(t *testing.T) {
	m := theManifest(t)
	for i := range m.Claims {
		if c := &m.Claims[i]; c.Kind == "best" {
			c.Margin = 0 // within a margin equal means are what is claimed
		}
	}
	rng := rand.New(rand.NewSource(10))
	p, _ := m.Preset("quick")
	const draws = 150
	wrong := map[string]int{}
	for range draws {
		items := drawAllTables(m, 3, func(string, string, int) *float64 {
			v := rng.NormFloat64()
			return &v
		})
		seen := map[string]bool{}
		for _, r := range Evaluate(m.Claims, m.Families, p, items, nil, nil) {
			if r.Verdict == Reproduced && !seen[r.Family] {
				seen[r.Family] = true
				wrong[r.Family]++
			}
		}
	}
	// 5% of 150 is 7.5; the 99.9% bound of that binomial is 17.
	for family, n := range wrong {
		if n > 17 {
			t.Errorf("%s: %d of %d families without a true claim have one called reproduced", family, n, draws)
		}
	}
}
