package sections

import (
	"errors"

	"lossxfer-report/compute"
	"lossxfer-report/report"
)

// Measure is one number per seed, each read from the result of a task.
type Measure []Sample

// Sample reads one seed's number.
type Sample struct {
	Seed int
	Read func(*compute.Results) (float64, error)
}

// missing is a value that a task could not give though it ran: a diverged network.
type missing string

func (m missing) Error() string { return string(m) }

// need asks for a task on behalf of the item.
func need[T any](a *Ask, t compute.Task[T]) compute.Ref[T] {
	ref := compute.Need[T](a.plan, t)
	*a.asked = append(*a.asked, ref.Asked())
	a.fits.remember(ref)
	return ref
}

// measure asks for one task per seed 1 … seeds; value takes the number out of its
// result.
func measure[T any](a *Ask, seeds int, task func(seed int) compute.Task[T], value func(T) (float64, error)) Measure {
	m := make(Measure, seeds)
	for i := range m {
		ref := need(a, task(i+1))
		m[i] = Sample{Seed: i + 1, Read: func(r *compute.Results) (float64, error) {
			v, err := compute.Value(r, ref)
			if err != nil {
				return 0, err
			}
			return value(v)
		}}
	}
	return m
}

// meanOf is the unweighted mean of measures that share their seeds, seed by seed. It
// has a value where all of them have.
func meanOf(measures []Measure) Measure {
	m := make(Measure, len(measures[0]))
	for i := range m {
		m[i] = Sample{Seed: measures[0][i].Seed, Read: func(r *compute.Results) (float64, error) {
			sum := 0.0
			for _, one := range measures {
				v, err := one[i].Read(r)
				if err != nil {
					return 0, err
				}
				sum += v
			}
			return sum / float64(len(measures)), nil
		}}
	}
	return m
}

// Cell reads the samples. A seed without a value says why; so does the cell if no
// seed has one.
func (m Measure) Cell(r *compute.Results, published *report.Published) report.Cell {
	cell := report.Cell{Published: published}
	some := false
	for _, s := range m {
		v, err := s.Read(r)
		if err != nil {
			cell.Samples = append(cell.Samples, report.Sample{Seed: s.Seed, Note: reason(err)})
			continue
		}
		some = true
		cell.Samples = append(cell.Samples, report.Sample{Seed: s.Seed, Value: &v})
	}
	if !some {
		cell.Missing = report.MissingNotRun
		if len(cell.Samples) > 0 {
			cell.Missing = cell.Samples[0].Note
		}
		cell.Samples = nil
	}
	return cell
}

// reason says in a few words why there is no value.
func reason(err error) string {
	var notRun *compute.NotRun
	var failed *compute.TaskError
	var gone missing
	var unavailable *compute.Unavailable
	switch {
	case errors.As(err, &unavailable):
		return unavailable.Reason
	case errors.As(err, &gone):
		return string(gone)
	case errors.As(err, &notRun):
		return report.MissingNotRun
	case errors.As(err, &failed):
		return "failed: " + failed.Err.Error()
	}
	return err.Error()
}

// mean returns the mean of a cell's samples with the half-width of its interval;
// ok is false where no seed has a value.
func mean(c report.Cell) (s report.Summary, ok bool) {
	sum := report.SummariseSamples(c.Samples)
	if sum == nil {
		return report.Summary{}, false
	}
	return *sum, true
}
