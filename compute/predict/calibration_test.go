package predict

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

type reference struct {
	Name        string
	Classes     int
	Logits      []float32
	Labels      []int
	NLL, ECE    float64
	Counts      []int
	Temperature float64
	NLLScaled   float64 `json:"nll_scaled"`
	ECEScaled   float64 `json:"ece_scaled"`
}

func (r reference) matrix() LogitMatrix {
	return LogitMatrix{N: len(r.Labels), Classes: r.Classes, Z: r.Logits, Labels: r.Labels}
}

func references(t *testing.T) []reference {
	t.Helper()
	b, err := os.ReadFile("testdata/calibration.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []reference
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

// NumPy and SciPy computed the fixtures; their sums run in another order.
func TestScoresAgainstNumPy(t *testing.T) {
	for _, r := range references(t) {
		before, err := Score(r.matrix(), 1, 15)
		if err != nil {
			t.Fatal(err)
		}
		if !near(before.NLL, r.NLL, 1e-13*r.NLL) || !near(before.ECE, r.ECE, 1e-13) {
			t.Errorf("%s: NLL %v, ECE %v, want %v and %v", r.Name, before.NLL, before.ECE, r.NLL, r.ECE)
		}
		for b, bin := range before.Bins {
			if bin.Count != r.Counts[b] {
				t.Errorf("%s, bin %d: %d images, want %d", r.Name, b, bin.Count, r.Counts[b])
			}
		}
		after, err := Score(r.matrix(), r.Temperature, 15)
		if err != nil || !near(after.NLL, r.NLLScaled, 1e-13) || !near(after.ECE, r.ECEScaled, 1e-13) {
			t.Errorf("%s, scaled: %v, %v, %v, want %v and %v", r.Name, after.NLL, after.ECE, err, r.NLLScaled, r.ECEScaled)
		}
	}
}

// SciPy's bounded search only looks at values, so it finds the place of the minimum
// to about the root of the precision.
func TestTemperatureAgainstSciPy(t *testing.T) {
	for _, r := range references(t) {
		fit, err := FitTemperature(r.matrix())
		if err != nil || fit.Border {
			t.Fatalf("%s: %+v, %v", r.Name, fit, err)
		}
		if math.Abs(fit.T/r.Temperature-1) > 1e-6 {
			t.Errorf("%s: temperature %v, SciPy's %v", r.Name, fit.T, r.Temperature)
		}
		if fit.Iterations > 30 {
			t.Errorf("%s: %d iterations", r.Name, fit.Iterations)
		}
		s, err := Score(r.matrix(), fit.T, 1)
		if err != nil || s.NLL > r.NLLScaled+1e-14 {
			t.Errorf("%s: NLL %v above SciPy's %v, %v", r.Name, s.NLL, r.NLLScaled, err)
		}
	}
}

// A network that is never wrong wants all the confidence there is, one that knows
// nothing none: neither has a best temperature.
func TestTemperatureAtTheBorder(t *testing.T) {
	right := LogitMatrix{N: 2, Classes: 2, Z: []float32{2, 0, 0, 3}, Labels: []int{0, 1}}
	if fit, err := FitTemperature(right); err != nil || !fit.Border || fit.T != minTemperature {
		t.Errorf("all right: %+v, %v", fit, err)
	}
	wrong := LogitMatrix{N: 2, Classes: 2, Z: []float32{2, 0, 0, 3}, Labels: []int{1, 0}}
	if fit, err := FitTemperature(wrong); err != nil || !fit.Border || fit.T != maxTemperature {
		t.Errorf("all wrong: %+v, %v", fit, err)
	}
	same := LogitMatrix{N: 1, Classes: 3, Z: []float32{1, 1, 1}, Labels: []int{1}}
	if fit, err := FitTemperature(same); err != nil || !fit.Border {
		t.Errorf("no difference between classes: %+v, %v", fit, err)
	}
}

func TestBinsAreClosedAbove(t *testing.T) {
	for confidence, want := range map[float64]int{1e-9: 0, 0.25: 0, 0.26: 1, 0.5: 1, 0.75: 2, 0.751: 3, 1: 3} {
		if got := binOf(confidence, 4); got != want {
			t.Errorf("confidence %v is in bin %d of 4, want %d", confidence, got, want)
		}
	}
}

func TestScoreRefusesNonsense(t *testing.T) {
	good := LogitMatrix{N: 1, Classes: 2, Z: []float32{1, 2}, Labels: []int{1}}
	nan := float32(math.NaN())
	for name, bad := range map[string]LogitMatrix{
		"nothing":           {},
		"too few numbers":   {N: 2, Classes: 2, Z: []float32{1, 2}, Labels: []int{0, 1}},
		"a label too large": {N: 1, Classes: 2, Z: []float32{1, 2}, Labels: []int{2}},
		"not a number":      {N: 1, Classes: 2, Z: []float32{1, nan}, Labels: []int{0}},
	} {
		if _, err := Score(bad, 1, 15); err == nil {
			t.Errorf("%s: no error of Score", name)
		}
		if _, err := FitTemperature(bad); err == nil {
			t.Errorf("%s: no error of FitTemperature", name)
		}
	}
	for _, temperature := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if _, err := Score(good, temperature, 15); err == nil {
			t.Errorf("temperature %v: no error", temperature)
		}
	}
	if _, err := Score(good, 1, 0); err == nil {
		t.Error("no bins: no error")
	}
}
