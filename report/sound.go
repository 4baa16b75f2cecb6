package report

import (
	"fmt"
	"math"
)

// largest is the largest number that a value of a report may have. Networks compute in
// float32, so no measurement comes near; and fourth powers, which the tests of means
// take, stay finite.
const largest = 1e60

func plausible(v float64) bool { return math.Abs(v) <= largest } // not so of NaN

// Sound says what of an item no renderer could show and no test could take: a value
// that is no number or absurd, rows that do not fit their columns, a figure that
// cannot be laid out. Whoever draws items asks it of each, so that one drawn from a
// result that is not what its task gives does not take the report with it.
func (it *Item) Sound() error {
	for name, v := range it.Values {
		if !plausible(v) {
			return fmt.Errorf("value %q is %v", name, v)
		}
	}
	for _, a := range it.Artifacts {
		if err := checkValues(a); err != nil {
			return err
		}
		if err := checkArtifact(a, func(string, string) error { return nil }); err != nil {
			return err
		}
		if a.Figure != nil {
			if err := soundFigure(a.Figure); err != nil {
				return err
			}
		}
	}
	return nil
}

func soundFigure(f *Figure) error {
	for _, p := range f.Panels {
		for _, s := range p.Series {
			for i, q := range s.Points {
				if !plausible(q.X) || !plausible(q.Y) {
					return fmt.Errorf("figure %q, panel %q, series %q: point %d is at %v, %v", f.ID, p.ID, s.ID, i+1, q.X, q.Y)
				}
			}
		}
	}
	_, err := layOut(f, map[string]bool{})
	return err
}
