package sections

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"lossxfer-report/compute"
	"lossxfer-report/compute/multilabel"
	"lossxfer-report/compute/probe"
)

// fits remembers the logistic regressions that an item rests on, each once, to say which
// of their regularisers lie at a border of the grid and which fits did not converge.
type fits struct {
	probes []compute.Ref[probe.LinearResult]
	labels []compute.Ref[multilabel.Result]
}

// remember takes up what an item asks for, if it is logistic regression; without a
// place to remember it, it does nothing.
func (f *fits) remember(ref any) {
	if f == nil {
		return
	}
	switch ref := ref.(type) {
	case compute.Ref[probe.LinearResult]:
		if !slices.Contains(f.probes, ref) {
			f.probes = append(f.probes, ref)
		}
	case compute.Ref[multilabel.Result]:
		if !slices.Contains(f.labels, ref) {
			f.labels = append(f.labels, ref)
		}
	}
}

// noted draws an item with the notes on its fits.
func (f *fits) noted(draw Draw) Draw {
	return func(r *compute.Results) (Drawing, error) {
		d, err := draw(r)
		d.Notes = append(d.Notes, f.notes(r)...)
		return d, err
	}
}

// notes is what is to be said of the fits that have run, or nothing if none has.
func (f *fits) notes(r *compute.Results) []string {
	t := fitTally{reasons: map[string]int{}}
	for _, ref := range f.probes {
		v, err := compute.Value(r, ref)
		if err != nil || v.Diverged != "" {
			continue // said where its number is missing
		}
		t.choice(v.Chosen, len(v.Regularisers), v.Border)
		t.searched(v.Converged)
		t.final(v.Final.Converged, v.Final.Reason)
	}
	for _, ref := range f.labels {
		v, err := compute.Value(r, ref)
		if err != nil || v.Diverged != "" {
			continue
		}
		for _, label := range v.Labels {
			t.choice(label.Chosen, len(v.Regularisers), label.Border)
			t.searched(label.Converged)
			t.final(label.FinalConverged, "")
		}
	}
	return t.notes()
}

// fitTally counts choices of a regulariser and the fits behind them.
type fitTally struct {
	choices, lowest, highest, alone int
	widest                          int // values of the largest grid
	fits, open, finalOpen           int
	reasons                         map[string]int // of the final fits that stopped early
}

func (t *fitTally) choice(chosen, grid int, border bool) {
	t.choices++
	t.widest = max(t.widest, grid)
	switch {
	case !border:
	case grid == 1:
		t.alone++
	case chosen == 0:
		t.lowest++
	default:
		t.highest++
	}
}

func (t *fitTally) searched(converged []bool) {
	for _, yes := range converged {
		t.fits++
		if !yes {
			t.open++
		}
	}
}

func (t *fitTally) final(converged bool, reason string) {
	t.fits++
	if converged {
		return
	}
	t.open++
	t.finalOpen++
	if reason != "" {
		t.reasons[reason]++
	}
}

func (t *fitTally) notes() []string {
	if t.choices == 0 {
		return nil
	}
	return []string{t.borders(), t.convergence()}
}

// borders says how many regularisers were chosen where a better one may lie beyond.
func (t *fitTally) borders() string {
	border := t.lowest + t.highest + t.alone
	text := fmt.Sprintf("Regularisers of logistic regression: %d of %d chosen at a border of the grid", border, t.choices)
	if border == 0 {
		return text + "."
	}
	var where []string
	for _, part := range []struct {
		n    int
		name string
	}{{t.lowest, "the smallest value"}, {t.highest, "the largest"}, {t.alone, "the only one"}} {
		if part.n > 0 {
			where = append(where, fmt.Sprintf("%s: %d", part.name, part.n))
		}
	}
	text += " (" + strings.Join(where, "; ") + ")"
	if t.widest <= 2 {
		return text + "; grids of so few values have nothing but borders."
	}
	return text + ", where a better value may lie beyond."
}

// convergence says how many fits stopped before their gradient was small enough.
func (t *fitTally) convergence() string {
	text := fmt.Sprintf("%d of %d fits did not converge", t.open, t.fits)
	if t.open == 0 {
		return text + "."
	}
	text += fmt.Sprintf(", %d of them fits that are measured on test images", t.finalOpen)
	var why []string
	for reason, n := range t.reasons {
		why = append(why, fmt.Sprintf("%s: %d", reason, n))
	}
	if sort.Strings(why); len(why) > 0 {
		text += " (" + strings.Join(why, "; ") + ")"
	}
	return text + "."
}
