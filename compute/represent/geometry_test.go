package represent

import (
	"math"
	"testing"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/random"
)

// Both sides agree where they are computed in different ways, balanced or not, and the
// CKA of the labels is not R².
func TestIdentities(t *testing.T) {
	for _, sizes := range [][]int{{8, 8, 8, 8}, {3, 14, 6}} {
		h, labels := examples("identities", 7, sizes...)
		clear(h[2*7 : 3*7]) // a zero feature takes no part
		sizes[0]--
		got, err := Identities(h, len(labels), 7, labels)
		if err != nil {
			t.Fatal(err)
		}
		if got.Examples != len(labels)-1 {
			t.Errorf("%d examples of %d, one of them zero", got.Examples, len(labels))
		}
		for _, e := range got.Identities {
			if !(e.Difference < 1e-12) || e.Left == 0 {
				t.Errorf("equation %s: %v and %v, difference %v", e.ID, e.Left, e.Right, e.Difference)
			}
		}
		if last := got.Identities[len(got.Identities)-1]; last.ID == "cka" {
			t.Error("the relation with CKA is shown for unbalanced classes, where it does not hold")
		}
	}
	h, labels := examples("balanced identities", 7, 9, 9, 9)
	got, err := Identities(h, len(labels), 7, labels)
	if err != nil {
		t.Fatal(err)
	}
	last := got.Identities[len(got.Identities)-1]
	r2, _ := ClassSeparation(h, len(labels), 7, labels)
	if last.ID != "cka" || !(last.Difference < 1e-12) || math.Abs(last.Left-r2.R2) < 0.02 {
		t.Errorf("CKA %+v with R² %v", last, r2.R2)
	}
	near(t, "R² over pairs", got.Identities[1].Left, r2.R2, 1e-12)
}

// Angles by math.Acos; the density has the values' mean and a mass of 1.
func TestHardness(t *testing.T) {
	const d, classes = 6, 3
	h, labels := examples("hardness", d, 20, 20, 20)
	clear(h[:d])
	s := random.New("represent/test/hardness")
	w := make([]float32, d*classes)
	for i := range w {
		w[i] = float32(s.Normal())
	}
	got, err := Hardness(h, len(labels), d, labels, w, classes)
	if err != nil {
		t.Fatal(err)
	}
	mean := 0.0
	for i, y := range labels {
		sum, own := 0.0, 0.0
		for k := range classes {
			var xy, xx, ww float64
			for j := range d {
				a, b := float64(h[i*d+j]), float64(w[j*classes+k])
				xy, xx, ww = xy+a*b, xx+a*a, ww+b*b
			}
			angle := math.Pi / 2
			if xx > 0 {
				angle = math.Acos(xy / math.Sqrt(xx*ww))
			}
			sum += angle
			if k == y {
				own = angle
			}
		}
		mean += own / sum / float64(len(labels))
	}
	near(t, "mean hardness", got.Mean, mean, 1e-12)
	if got.ZeroFeatures != 1 {
		t.Errorf("%d zero features, want 1", got.ZeroFeatures)
	}
	checkCurve(t, "hardness", got.Curve, mean)
}

// checkCurve holds a density's mass and mean.
func checkCurve(t *testing.T, name string, c Curve, mean float64) {
	t.Helper()
	step := c.At(1) - c.At(0)
	mass, first := 0.0, 0.0
	for i, v := range c.Density {
		if i == 0 || i == len(c.Density)-1 {
			v /= 2
		}
		mass += v * step
		first += v * step * c.At(i)
	}
	near(t, "mass of "+name, mass, 1, 1e-3)
	near(t, "mean of "+name, first/mass, mean, 1e-2*(c.High-c.Low))
}

// Singular values against those of a matrix that is known, and the cosines' mean.
func TestGeometry(t *testing.T) {
	const d, classes, each = 5, 4, 30
	h, labels := examples("geometry", d, each, each, each, each)
	w := make([]float32, d*classes)
	for k := range classes {
		w[k*classes+k] = float32(4 - k) // singular values 4, 3, 2, 1
	}
	got, err := Geometry(h, len(labels), d, labels, w, classes, false)
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range got.Weights {
		near(t, "singular value of the weights", v, float64(4-k)/4, 1e-12)
	}
	unit, err := Geometry(h, len(labels), d, labels, w, classes, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range unit.Weights {
		near(t, "singular value of unit weights", v, 1, 1e-12)
	}
	if len(got.Features) != d || len(got.Means) != classes || got.Features[0] != 1 || got.Means[0] != 1 {
		t.Errorf("spectra %v and %v", got.Features, got.Means)
	}
	if !(got.Means[classes-1] < 1e-6) {
		t.Errorf("centred class means have rank %d at most: %v", classes-1, got.Means)
	}
	near(t, "simplex", got.Simplex, -1.0/3, 1e-15)
	checkCurve(t, "cosines of weights", got.WeightCosines, 0)
	// Frobenius norm: the squares of the singular values sum to the variance.
	within, between, err := variances(widen(h), len(labels), d, labels)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, v := range got.Features {
		sum += v * v
	}
	covariance := make([]float64, d*d)
	m, _ := meansOf(widen(h), len(labels), d, labels, classes)
	for i := range labels {
		for a := range d {
			for b := range d {
				covariance[a*d+b] += (float64(h[i*d+a]) - m.global[a]) * (float64(h[i*d+b]) - m.global[b]) / float64(len(labels))
			}
		}
	}
	values, _, _ := eigen(covariance, d, false)
	near(t, "sum of squares", sum*values[0], within+between, 1e-10)
}

func widen(h []float32) []float64 {
	x := make([]float64, len(h))
	for i, v := range h {
		x[i] = float64(v)
	}
	return x
}

// Every task gives what its function gives, and a diverged model nothing.
func TestLayoutTasks(t *testing.T) {
	good := Layout{small(1, 0.05), data.Source{Name: "latin10", Split: data.Test, PerClass: 4}}
	cosine := good
	cosine.Model.Objective = objective.Spec{Name: "cosine_softmax", Tau: 0.1}
	if r := run(t, compute.Task[Collapse](NC{cosine})); !(r.EquinormWeights < 1e-12) {
		t.Errorf("the norms of unit weights vary by %v", r.EquinormWeights)
	}
	if r := run(t, compute.Task[Collapse](NC{good})); !(r.EquinormWeights > 1e-3) || !(r.Within > 0) {
		t.Errorf("neural collapse %+v", r)
	}
	if r := run(t, compute.Task[SeparationsResult](ByDistance{good})); !(r.Cosine > 0 && r.Centred > r.Cosine/10 && r.Euclidean > 0 && r.Euclidean < 1) {
		t.Errorf("class separation %+v", r)
	}
	if r := run(t, compute.Task[HardnessResult](AVH{good})); r.Examples != 40 || !(r.Mean > 0 && r.Mean < 0.2) {
		t.Errorf("hardness %+v", r)
	}
	if r := run(t, compute.Task[GeometryResult](Spectra{good})); len(r.Means) != 10 || len(r.Features) != 40 {
		t.Errorf("%d class means and %d features", len(r.Means), len(r.Features))
	}
	if r := run(t, compute.Task[IdentitiesResult](Equations{good, 3})); r.Examples != 30 {
		t.Errorf("%d examples, want 3 of each of 10 classes", r.Examples)
	}
	gone := Layout{small(1, 1e30), good.Data}
	for name, why := range map[string]string{
		"collapse":    run(t, compute.Task[Collapse](NC{gone})).Diverged,
		"separations": run(t, compute.Task[SeparationsResult](ByDistance{gone})).Diverged,
		"hardness":    run(t, compute.Task[HardnessResult](AVH{gone})).Diverged,
		"geometry":    run(t, compute.Task[GeometryResult](Spectra{gone})).Diverged,
		"identities":  run(t, compute.Task[IdentitiesResult](Equations{gone, 2})).Diverged,
	} {
		if why == "" {
			t.Errorf("%s of a diverged model does not say so", name)
		}
	}
}
