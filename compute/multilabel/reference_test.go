package multilabel

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"

	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/random"
)

type reference struct {
	Curves []struct {
		P      []float64
		Y      []int
		Exact  float64
		Binned map[string]float64
	}
	Fits []struct {
		N, D   int
		Lambda float64
		X      []float64
		Y      []int
		W      []float64
		B      float64
		P      []float64
	}
}

func load(t *testing.T) (r reference) {
	t.Helper()
	b, err := os.ReadFile("testdata/reference.json")
	if err == nil {
		err = json.Unmarshal(b, &r)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

func TestAUCAgainstScikitLearn(t *testing.T) {
	for i, c := range load(t).Curves {
		positive := positives(c.Y)
		got, err := AUC(c.P, positive)
		if err != nil || !near(got, c.Exact, 1e-14) {
			t.Errorf("curve %d: %v, %v, want %v", i, got, err, c.Exact)
		}
		for bins, want := range c.Binned {
			n, err := strconv.Atoi(bins)
			if err != nil {
				t.Fatal(err)
			}
			got, err := BinnedAUC(c.P, positive, n)
			if err != nil || !near(got, want, 1e-14) {
				t.Errorf("curve %d, %d bins: %v, %v, want %v", i, n, got, err, want)
			}
		}
	}
}

// By the definition: the share of pairs in the right order.
func TestAUCAgainstPairs(t *testing.T) {
	s := random.New("multilabel/auc")
	for range 100 {
		n := 2 + s.IntN(30)
		scores, positive := make([]float64, n), make([]bool, n)
		for i := range scores {
			scores[i], positive[i] = float64(s.IntN(6))-2.5, s.IntN(2) == 0
		}
		positive[0], positive[1] = true, false
		right, pairs := 0.0, 0.0
		for i, p := range positive {
			for j, q := range positive {
				if !p || q {
					continue
				}
				pairs++
				switch {
				case scores[i] > scores[j]:
					right++
				case scores[i] == scores[j]:
					right += 0.5
				}
			}
		}
		got, err := AUC(scores, positive)
		if err != nil || !near(got, right/pairs, 1e-15) {
			t.Fatalf("%v of %v: %v, %v, want %v", scores, positive, got, err, right/pairs)
		}
	}
}

// More bins come closer, and as many as there are scores apart are exact.
func TestBinsConverge(t *testing.T) {
	c := load(t).Curves[3]
	last := math.Inf(1)
	for _, bins := range []int{2, 1000, 1 << 30} {
		got, err := BinnedAUC(c.P, positives(c.Y), min(bins, 1<<22))
		if err != nil {
			t.Fatal(err)
		}
		off := math.Abs(got - c.Exact)
		if off > last {
			t.Errorf("%d bins: off by %v, fewer by %v", bins, off, last)
		}
		last = off
	}
	if last != 0 {
		t.Errorf("4 million bins: off by %v", last)
	}
}

func TestAUCRefusesNonsense(t *testing.T) {
	for name, f := range map[string]func() error{
		"one kind only":   func() error { _, err := AUC([]float64{1, 2}, []bool{true, true}); return err },
		"no examples":     func() error { _, err := AUC(nil, nil); return err },
		"other lengths":   func() error { _, err := AUC([]float64{1, 2}, []bool{true}); return err },
		"not a number":    func() error { _, err := AUC([]float64{1, math.NaN()}, []bool{true, false}); return err },
		"no probability":  func() error { _, err := BinnedAUC([]float64{1, 2}, []bool{true, false}, 10); return err },
		"no bins":         func() error { _, err := BinnedAUC([]float64{1, 0}, []bool{true, false}, 0); return err },
		"binned one kind": func() error { _, err := BinnedAUC([]float64{1, 0}, []bool{false, false}, 10); return err },
	} {
		if f() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestFitAgainstScikitLearn(t *testing.T) {
	for _, r := range load(t).Fits {
		e := probe.Examples{N: r.N, D: r.D, X: r.X, Labels: r.Y}
		fit, err := FitBinary(e, r.Lambda, nil, probe.Tolerances{Gradient: 1e-11})
		if err != nil || !fit.Converged {
			t.Fatalf("%+v, %v", fit, err)
		}
		for j, w := range r.W {
			if !near(fit.W[j], w, 1e-7) {
				t.Errorf("λ = %v, weight %d: %v, want %v", r.Lambda, j, fit.W[j], w)
			}
		}
		if !near(fit.B, r.B, 1e-7) {
			t.Errorf("λ = %v: bias %v, want %v", r.Lambda, fit.B, r.B)
		}
		for i, p := range Probabilities(fit.Scores(r.X, r.N)) {
			if !near(p, r.P[i], 1e-7) {
				t.Errorf("λ = %v, example %d: probability %v, want %v", r.Lambda, i, p, r.P[i])
			}
		}
	}
}

func TestProbabilitiesStayWithinBounds(t *testing.T) {
	got := Probabilities([]float64{-1e4, -800, 0, 800, 1e4})
	for i, want := range []float64{0, 0, 0.5, 1, 1} {
		if got[i] != want {
			t.Errorf("probability %v, want %v", got[i], want)
		}
	}
}
