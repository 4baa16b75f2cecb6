package probe

import (
	"errors"
	"math"
	"testing"
)

func TestLogSpaced(t *testing.T) {
	got, err := LogSpaced(12, -6, 5)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range got {
		if want := math.Pow10(i - 6); math.Abs(v/want-1) > 1e-14 {
			t.Errorf("regulariser %d is %v, want %v", i, v, want)
		}
	}
	for _, bad := range [][3]float64{{0, -6, 5}, {3, 2, 2}, {3, 5, -6}, {3, math.NaN(), 1}} {
		if _, err := LogSpaced(int(bad[0]), bad[1], bad[2]); err == nil {
			t.Errorf("grid %v was accepted", bad)
		}
	}
}

func TestAccuracy(t *testing.T) {
	predictions, labels := []int{0, 0, 0, 1, 1, 3}, []int{0, 0, 0, 0, 1, 1}
	for measure, want := range map[string]float64{Top1: 4.0 / 6, MeanPerClass: (0.75 + 0.5) / 2} {
		got, err := Accuracy(predictions, labels, 4, measure)
		if err != nil || math.Abs(got-want) > 1e-15 {
			t.Errorf("%s = %v, %v, want %v", measure, got, err, want)
		}
	}
	for _, measure := range []string{"", "top5"} {
		if _, err := Accuracy(predictions, labels, 4, measure); err == nil {
			t.Errorf("measure %q was accepted", measure)
		}
	}
}

func split(x []float64, y []int, d, lo, hi int) Examples {
	return Examples{N: hi - lo, D: d, X: x[lo*d : hi*d], Labels: y[lo:hi]}
}

// Every accuracy of the path must be the one of a fit of its own from zero, and the
// choice the largest regulariser among the best.
func TestTune(t *testing.T) {
	const d, classes = 15, 6
	x, y := synthetic("tune", 500, d, classes, 0.35)
	train, validation := split(x, y, d, 0, 300), split(x, y, d, 300, 500)
	lambdas, err := LogSpaced(9, -3, 5)
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	s, chosen, err := Tune(train, validation, classes, lambdas, Top1, Tolerances{}, func(done int) error {
		calls++
		if done != calls {
			t.Errorf("call %d says %d are done", calls, done)
		}
		return nil
	})
	if err != nil || calls != 9 {
		t.Fatalf("%v after %d calls", err, calls)
	}
	best := 0
	for i, lambda := range lambdas {
		fit, err := FitLogistic(train.X, train.N, d, train.Labels, classes, lambda, nil, Tolerances{})
		if err != nil {
			t.Fatal(err)
		}
		a, err := Accuracy(fit.Predict(validation.X, validation.N), validation.Labels, classes, Top1)
		if err != nil {
			t.Fatal(err)
		}
		if a != s.Validation[i] || !s.Converged[i] {
			t.Errorf("λ=%g: validation accuracy %v on the path, %v alone; converged %v", lambda, s.Validation[i], a, s.Converged[i])
		}
		if a >= s.Validation[best] {
			best = i
		}
	}
	if s.Chosen != best || s.Border {
		t.Errorf("chosen %d (border %v), want %d inside", s.Chosen, s.Border, best)
	}
	if a, _ := Accuracy(chosen.Predict(validation.X, validation.N), validation.Labels, classes, Top1); a != s.Validation[best] {
		t.Errorf("the returned fit has validation accuracy %v, the chosen one %v", a, s.Validation[best])
	}
}

// Too strong a grid has its best at the weak end, and says so; of equals the largest
// regulariser is taken.
func TestTuneBorder(t *testing.T) {
	const d, classes = 15, 6
	x, y := synthetic("tune", 500, d, classes, 0.35)
	train, validation := split(x, y, d, 0, 300), split(x, y, d, 300, 500)
	s, _, err := Tune(train, validation, classes, []float64{30, 1e4, 1e5}, MeanPerClass, Tolerances{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Chosen != 0 || !s.Border {
		t.Errorf("chosen %d of %v, border %v", s.Chosen, s.Validation, s.Border)
	}
	s, _, err = Tune(train, validation, classes, []float64{1, 1.0000001, 1.0000002}, Top1, Tolerances{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Chosen != 2 {
		t.Errorf("of the equals %v, %d was chosen", s.Validation, s.Chosen)
	}
}

func TestTuneStops(t *testing.T) {
	x, y := synthetic("tune", 60, 5, 3, 0.5)
	stop := errors.New("stop")
	_, _, err := Tune(split(x, y, 5, 0, 40), split(x, y, 5, 40, 60), 3, []float64{1, 2}, Top1, Tolerances{}, func(int) error { return stop })
	if !errors.Is(err, stop) {
		t.Errorf("error %v, want the progress function's", err)
	}
	if _, _, err := Tune(split(x, y, 5, 0, 40), split(x, y, 5, 40, 60), 3, []float64{2, 1}, Top1, Tolerances{}, nil); err == nil {
		t.Error("decreasing regularisers were accepted")
	}
}

func TestJoin(t *testing.T) {
	a := Widen([]float32{1, 2}, 1, 2, []int{7})
	b := Widen([]float32{3, 4, 5, 6}, 2, 2, []int{8, 9})
	got, err := Join(a, b)
	if err != nil || got.N != 3 || got.X[4] != 5 || got.Labels[2] != 9 {
		t.Errorf("joined to %+v, %v", got, err)
	}
	if _, err := Join(a, Examples{N: 1, D: 3, X: make([]float64, 3), Labels: []int{0}}); err == nil {
		t.Error("2 and 3 features were joined")
	}
}
