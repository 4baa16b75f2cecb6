package report

import (
	"strings"

	"lossxfer-report/report/stat"
)

// need is a number of seeds that would decide a claim, 0 if none is known, and
// whether they would refute it.
type need struct {
	seeds  int
	refute bool
}

// decideAll says what decides things that all have to hold: each of them to confirm
// it, so the largest number counts; or one that points the other way to refute it, so
// the smallest does.
func decideAll(needs []need) need {
	var confirm, refute need
	refute.refute = true
	unknown, opposed := false, false
	for _, n := range needs {
		switch {
		case n.refute:
			opposed = true
			if n.seeds > 0 && (refute.seeds == 0 || n.seeds < refute.seeds) {
				refute.seeds = n.seeds
			}
		case n.seeds == 0:
			unknown = true
		default:
			confirm.seeds = max(confirm.seeds, n.seeds)
		}
	}
	switch {
	case opposed:
		return refute
	case unknown:
		return need{}
	}
	return confirm
}

// seedsFor says how many seeds would decide a set of tests, all of which have to be
// positive.
func seedsFor(tests []stat.Test, alpha float64) need {
	needs := make([]need, len(tests))
	for i, t := range tests {
		needs[i] = need{stat.SeedsToDecide(t.Effect, t.SD, alpha, power, maxSeeds), t.Effect <= 0}
	}
	return decideAll(needs)
}

// goBack puts steps that go back into words.
func goBack(steps []string) string {
	if len(steps) == 1 {
		return steps[0] + " goes back"
	}
	return strings.Join(steps[:len(steps)-1], ", ") + " and " + steps[len(steps)-1] + " go back"
}
