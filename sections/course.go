package sections

import (
	"math"
	"slices"

	"lossxfer-report/compute"
	"lossxfer-report/report"
)

// course is a quantity of watched networks in the course of their training: a measure
// after each of some passes, the last of which is the end.
type course struct {
	passes []int
	at     []Measure
}

// courseOf asks for the measure at each pass.
func courseOf(passes []int, at func(pass int) Measure) course {
	c := course{passes: passes}
	for _, p := range passes {
		c.at = append(c.at, at(p))
	}
	return c
}

// end is the quantity of the trained networks.
func (c course) end() Measure { return c.at[len(c.at)-1] }

// read is the values of one network, by its place among the seeds. A network that lacks
// one lacks all: the largest of the others would be another thing.
func (c course) read(r *compute.Results, seed int) ([]float64, error) {
	values := make([]float64, len(c.at))
	for k, m := range c.at {
		v, err := m[seed].Read(r)
		if err != nil {
			return nil, err
		}
		values[k] = v
	}
	return values, nil
}

// each is a measure that is found from the values of one network.
func (c course) each(value func(values []float64) (float64, error)) Measure {
	m := make(Measure, len(c.at[0]))
	for i := range m {
		m[i] = Sample{Seed: c.at[0][i].Seed, Read: func(r *compute.Results) (float64, error) {
			values, err := c.read(r, i)
			if err != nil {
				return 0, err
			}
			return value(values)
		}}
	}
	return m
}

// peak is the largest value of each network, and peakPass the pass that has it, the
// first of equals.
func (c course) peak() Measure {
	return c.each(func(values []float64) (float64, error) { return slices.Max(values), nil })
}

func (c course) peakPass() Measure {
	return c.each(func(values []float64) (float64, error) { return float64(c.passes[highest(values)]), nil })
}

// before is the largest value before the end. The network's own values choose the pass,
// so that it is rather too large: fair to a claim that the end is higher still.
func (c course) before() Measure {
	return c.each(func(values []float64) (float64, error) {
		if len(values) == 1 {
			return 0, missing("no checkpoint before the end")
		}
		return slices.Max(values[:len(values)-1]), nil
	})
}

// earlyPeak is the value after the pass, in the first half of training, at which the
// other networks have their largest mean. A pass that a network's own values had chosen
// would make it look higher than the end by chance alone. One network has no others: it
// chooses for itself, and is no test.
func (c course) earlyPeak() Measure {
	early := 0
	for early < len(c.passes)-1 && 2*c.passes[early] <= c.passes[len(c.passes)-1] {
		early++
	}
	m := make(Measure, len(c.at[0]))
	for i := range m {
		m[i] = Sample{Seed: c.at[0][i].Seed, Read: func(r *compute.Results) (float64, error) {
			if early == 0 {
				return 0, missing("no checkpoint in the first half")
			}
			own, err := c.read(r, i)
			if err != nil {
				return 0, err
			}
			sums := make([]float64, early)
			for j := range m {
				if j == i && len(m) > 1 {
					continue
				}
				values, err := c.read(r, j)
				if err != nil {
					return 0, err
				}
				for k := range sums {
					sums[k] += values[k]
				}
			}
			return own[highest(sums)], nil
		}}
	}
	return m
}

// near is the value after the pass that is nearest, in the ratio, to a share of training.
func (c course) near(share float64) Measure {
	best, least := 0, math.Inf(1)
	for k, p := range c.passes {
		ratio := float64(p) / (share * float64(c.passes[len(c.passes)-1]))
		if distance := max(ratio, 1/ratio); distance < least {
			best, least = k, distance
		}
	}
	return c.at[best]
}

// points is the mean over the seeds after each pass, the highest of them marked.
func (c course) points(r *compute.Results) []report.Point {
	var points []report.Point
	var values []float64
	for k, m := range c.at {
		if v, ok := mean(m.Cell(r, nil)); ok {
			points = append(points, report.Point{X: float64(c.passes[k]), Y: v.Mean, YHalf: v.Half})
			values = append(values, v.Mean)
		}
	}
	if len(points) > 0 && len(points) == len(c.at) {
		points[highest(values)].Marked = true
	}
	return points
}

// highest is the place of the largest value, the first of equals.
func highest(values []float64) int {
	best := 0
	for k, v := range values {
		if v > values[best] {
			best = k
		}
	}
	return best
}
