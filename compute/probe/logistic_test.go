package probe

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute/random"
)

type logisticCase struct {
	N, D, Classes int
	Lambda        float64
	X             []float64
	Y             []int
	Objective     float64
	W             []float64
	Predictions   []int
}

func readJSON(t testing.TB, path string, v any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(err)
	}
}

// The optimum is scikit-learn's, polished by SciPy's Newton-CG: same loss to 1e-6,
// same predictions.
func TestFitLogisticAgainstScikitLearn(t *testing.T) {
	var cases []logisticCase
	readJSON(t, "testdata/logistic.json", &cases)
	for _, c := range cases {
		fit, err := FitLogistic(c.X, c.N, c.D, c.Y, c.Classes, c.Lambda, nil, Tolerances{})
		if err != nil {
			t.Fatal(err)
		}
		if !fit.Converged {
			t.Errorf("%d×%d λ=%g: not converged: %s", c.N, c.D, c.Lambda, fit.Reason)
		}
		if math.Abs(fit.Objective-c.Objective) > 1e-6 {
			t.Errorf("%d×%d λ=%g: objective %.9f, want %.9f", c.N, c.D, c.Lambda, fit.Objective, c.Objective)
		}
		if got := fit.Predict(c.X, c.N); !slices.Equal(got, c.Predictions) {
			t.Errorf("%d×%d λ=%g: predictions differ from scikit-learn's", c.N, c.D, c.Lambda)
		}
		for i, w := range fit.W {
			if math.Abs(w-c.W[i]) > 2e-3*(1+math.Abs(c.W[i])) {
				t.Errorf("%d×%d λ=%g: W[%d] = %g, want %g", c.N, c.D, c.Lambda, i, w, c.W[i])
				break
			}
		}
	}
}

// synthetic returns n noisy non-negative features of the given classes.
func synthetic(name string, n, d, classes int, separation float64) ([]float64, []int) {
	s := random.New("probe/test/" + name)
	means := make([]float64, classes*d)
	for i := range means {
		means[i] = separation * s.Normal()
	}
	x, y := make([]float64, n*d), make([]int, n)
	for i := range n {
		y[i] = s.IntN(classes)
		shared := s.Normal()
		for j := range d {
			v := means[y[i]*d+j] + s.Normal() + 3*shared*float64(j%5)/5
			x[i*d+j] = float64(float32(math.Max(0, v)))
		}
	}
	return x, y
}

// The gradient that the optimiser reports must be that of the documented objective.
func TestGradientByDifferences(t *testing.T) {
	x, y := synthetic("gradient", 40, 6, 4, 0.5)
	p, err := newProblem(x, 40, 6, y, 4)
	if err != nil {
		t.Fatal(err)
	}
	p.lambda = 0.7
	s := random.New("probe/test/theta")
	theta := make([]float64, 7*4)
	for i := range theta {
		theta[i] = s.Normal()
	}
	grad, scratch := make([]float64, len(theta)), make([]float64, len(theta))
	p.evaluate(theta, grad)
	for i := range theta {
		const h = 1e-5
		at := theta[i]
		theta[i] = at + h
		up := p.evaluate(theta, scratch)
		theta[i] = at - h
		down := p.evaluate(theta, scratch)
		theta[i] = at
		if d := (up - down) / (2 * h); math.Abs(d-grad[i]) > 1e-6*(1+math.Abs(d)) {
			t.Errorf("∂f/∂Θ[%d] = %g, differences say %g", i, grad[i], d)
		}
	}
}

// A warm start saves work and moves the optimum by no more than the tolerance.
func TestWarmStart(t *testing.T) {
	x, y := synthetic("warm", 300, 20, 6, 0.4)
	near, err := FitLogistic(x, 300, 20, y, 6, 0.1, nil, Tolerances{})
	if err != nil {
		t.Fatal(err)
	}
	cold, err := FitLogistic(x, 300, 20, y, 6, 0.15, nil, Tolerances{})
	if err != nil {
		t.Fatal(err)
	}
	warm, err := FitLogistic(x, 300, 20, y, 6, 0.15, &near, Tolerances{})
	if err != nil {
		t.Fatal(err)
	}
	if warm.Iterations >= cold.Iterations {
		t.Errorf("%d iterations from the neighbour, %d from zero", warm.Iterations, cold.Iterations)
	}
	if math.Abs(warm.Objective-cold.Objective) > 1e-6*cold.Objective {
		t.Errorf("objective %v from the neighbour, %v from zero", warm.Objective, cold.Objective)
	}
}

// A class without a training example must not send the fit to infinity, and is
// never predicted.
func TestAbsentClass(t *testing.T) {
	x, y := synthetic("absent", 100, 8, 3, 0.5)
	fit3, err := FitLogistic(x, 100, 8, y, 3, 1, nil, Tolerances{})
	if err != nil {
		t.Fatal(err)
	}
	moved := make([]int, len(y))
	for i, v := range y {
		moved[i] = []int{0, 2, 3}[v]
	}
	fit5, err := FitLogistic(x, 100, 8, moved, 5, 1, nil, Tolerances{})
	if err != nil {
		t.Fatal(err)
	}
	if fit5.Objective != fit3.Objective || !fit5.Converged {
		t.Errorf("objective %v with absent classes, %v without", fit5.Objective, fit3.Objective)
	}
	if !math.IsInf(fit5.B[1], -1) || !math.IsInf(fit5.B[4], -1) {
		t.Errorf("biases %v: classes 1 and 4 are absent", fit5.B)
	}
	for i, c := range fit5.Predict(x, 100) {
		if c == 1 || c == 4 {
			t.Fatalf("example %d is predicted as class %d, which has no example", i, c)
		}
	}
	if again, err := FitLogistic(x, 100, 8, moved, 5, 2, &fit5, Tolerances{}); err != nil || !again.Converged {
		t.Errorf("a fit with absent classes as start: %v %+v", err, again.Reason)
	}
}

// What stops short says so.
func TestNonConvergenceIsReported(t *testing.T) {
	x, y := synthetic("limit", 200, 30, 5, 0.3)
	fit, err := FitLogistic(x, 200, 30, y, 5, 1e-4, nil, Tolerances{Iterations: 3})
	if err != nil {
		t.Fatal(err)
	}
	if fit.Converged || fit.Reason != "iteration limit" || fit.Iterations != 3 {
		t.Errorf("after 3 iterations: converged %v, %q, %d iterations", fit.Converged, fit.Reason, fit.Iterations)
	}
	fit, err = FitLogistic(x, 200, 30, y, 5, 1e-4, nil, Tolerances{Gradient: 1e-300, Iterations: 200})
	if err != nil {
		t.Fatal(err)
	}
	if fit.Converged || fit.Reason == "" {
		t.Errorf("with an unreachable tolerance: converged %v, %q", fit.Converged, fit.Reason)
	}
}

func TestFitLogisticRefuses(t *testing.T) {
	x, y := []float64{1, 2, 3, 4}, []int{0, 1}
	for _, c := range []struct {
		name   string
		x      []float64
		n, d   int
		labels []int
		k      int
		lambda float64
		want   string
	}{
		{"shape", x, 2, 3, y, 2, 1, "are not 2×3 features"},
		{"labels", x, 2, 2, []int{0}, 2, 1, "1 labels for 2 examples"},
		{"range", x, 2, 2, []int{0, 2}, 2, 1, "label 2 of example 1"},
		{"one class", x, 2, 2, []int{1, 1}, 2, 1, "all 2 examples are of class 1"},
		{"NaN", []float64{1, 2, math.NaN(), 4}, 2, 2, y, 2, 1, "feature 0 of example 1 is NaN"},
		{"lambda", x, 2, 2, y, 2, 0, "regulariser 0"},
	} {
		if _, err := FitLogistic(c.x, c.n, c.d, c.labels, c.k, c.lambda, nil, Tolerances{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}
