// Package literal has equations of Appendix E worked out as they are printed, pair by
// pair, beside what the program computes in their place. It is apart from package
// represent so that a change here leaves the results of that package alone.
package literal

import (
	"fmt"
	"math"

	"lossxfer-report/compute"
	"lossxfer-report/compute/represent"
	"lossxfer-report/compute/train"
)

// Equations is (12) against (11), and (16), on the features of a network.
type Equations struct {
	represent.Layout
	// Rounds is how many images of each class take part, as every pair of them does.
	Rounds int
}

// Kind is part of compute.Task.
func (Equations) Kind() string { return "literal.equations" }

// Label names the task for people.
func (t Equations) Label() string {
	return fmt.Sprintf("equations (12) and (16) of %s under %s seed %d", t.Data, t.Model.Objective.Label(), t.Model.Seed)
}

// Depend is part of compute.Task.
func (t Equations) Depend(d *compute.Deps) { compute.Need(d, train.Features(t.Layout)) }

// Run computes both sides. A model that diverged gives a result that says so.
func (t Equations) Run(c *compute.Context) (represent.IdentitiesResult, error) {
	f, err := compute.Get(c, train.Features(t.Layout))
	if err != nil || f.Diverged != "" {
		return represent.IdentitiesResult{Diverged: f.Diverged}, err
	}
	n := min(f.N, max(t.Rounds, 1)*f.Classes)
	return Identities(f.H[:n*f.D], n, f.D, f.Labels[:n])
}

// Identities is the two equations on features h (n×d) and their labels. Left of (12) is
// the R² of Table 3, which goes over means of classes; right of it are the double sums over
// rows of the matrices of the classes. Left of (16) is the mean square of what is left of
// the feature that varies most when its mean is taken away; right the sum over pairs.
func Identities(h []float32, n, d int, labels []int) (represent.IdentitiesResult, error) {
	of, err := represent.ClassSeparation(h, n, d, labels)
	if err != nil {
		return represent.IdentitiesResult{}, err
	}
	y, variance := mostVaried(h, n, d)
	r2, squares := separationOverPairs(byClass(h, n, d, labels)), varianceOverPairs(y)
	return represent.IdentitiesResult{Examples: n, Identities: []represent.Identity{
		{ID: "12", Left: of.R2, Right: r2, Difference: math.Abs(of.R2 - r2)},
		{ID: "16", Left: variance, Right: squares, Difference: math.Abs(variance - squares)},
	}}, nil
}

// byClass is the matrices X_k: the rows of each class that has any.
func byClass(h []float32, n, d int, labels []int) [][][]float32 {
	place := map[int]int{}
	var classes [][][]float32
	for i := range n {
		k, seen := place[labels[i]]
		if !seen {
			k = len(classes)
			place[labels[i]], classes = k, append(classes, nil)
		}
		classes[k] = append(classes[k], h[i*d:(i+1)*d])
	}
	return classes
}

// separationOverPairs is R² by (12), with (13) for the similarity.
func separationOverPairs(classes [][][]float32) float64 {
	within, total := 0.0, 0.0
	count := float64(len(classes))
	for j, a := range classes {
		for k, b := range classes {
			sum := 0.0
			for _, x := range a {
				for _, y := range b {
					sum += 1 - similarity(x, y)
				}
			}
			sum /= float64(len(a) * len(b))
			total += sum / float64(count*count)
			if j == k {
				within += sum / count
			}
		}
	}
	return 1 - within/total
}

// similarity is (13): 0 where a vector is zero.
func similarity(x, y []float32) float64 {
	dot, xx, yy := 0.0, 0.0, 0.0
	for i := range x {
		a, b := float64(x[i]), float64(y[i])
		dot += float64(a * b)
		xx += float64(a * a)
		yy += float64(b * b)
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return dot / math.Sqrt(float64(xx*yy))
}

// mostVaried is the feature with the largest variance, and that variance.
func mostVaried(h []float32, n, d int) (y []float64, variance float64) {
	variance = -1
	for j := range d {
		mean := 0.0
		for i := range n {
			mean += float64(h[i*d+j]) / float64(n)
		}
		square := 0.0
		for i := range n {
			v := float64(h[i*d+j]) - mean
			square += float64(v * v)
		}
		if square /= float64(n); square > variance {
			variance, y = square, y[:0]
			for i := range n {
				y = append(y, float64(h[i*d+j]))
			}
		}
	}
	return y, variance
}

// varianceOverPairs is (16).
func varianceOverPairs(y []float64) float64 {
	sum := 0.0
	for _, a := range y {
		for _, b := range y {
			sum += float64((a - b) * (a - b))
		}
	}
	return sum / float64(2*len(y)*len(y))
}
