package elementary

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"
)

// reference reads the values that testdata/make_special.py computed with 60 digits.
func reference(t *testing.T) map[string][][]float64 {
	t.Helper()
	raw, err := os.ReadFile("testdata/special.json")
	if err != nil {
		t.Fatal(err)
	}
	var text map[string][][]string
	if err := json.Unmarshal(raw, &text); err != nil {
		t.Fatal(err)
	}
	values := map[string][][]float64{}
	for name, rows := range text {
		for _, row := range rows {
			v := make([]float64, len(row))
			for i, s := range row {
				if v[i], err = strconv.ParseFloat(s, 64); err != nil {
					t.Fatal(err)
				}
			}
			values[name] = append(values[name], v)
		}
	}
	return values
}

// ulps is the distance of got from want in units of want's last digit.
func ulps(got, want float64) float64 {
	if got == want {
		return 0
	}
	next := math.Nextafter(math.Abs(want), math.Inf(1))
	return math.Abs(got-want) / (next - math.Abs(want))
}

func TestUlps(t *testing.T) {
	ref := reference(t)
	for _, c := range []struct {
		name  string
		f     func(float64) float64
		bound float64
	}{
		{"exp", Exp, 1}, {"log", Log, 1}, {"log1p", Log1p, 1}, {"erfc", Erfc, 5}, {"acos", Acos, 1},
	} {
		worst, at := 0.0, 0.0
		for _, v := range ref[c.name] {
			if u := ulps(c.f(v[0]), v[1]); !(u <= worst) {
				worst, at = u, v[0]
			}
		}
		t.Logf("%s: %d values, at most %.2f ulp from the rounded value, at %v", c.name, len(ref[c.name]), worst, at)
		if !(worst <= c.bound) || len(ref[c.name]) < 200 {
			t.Errorf("%s: %.2f ulp at %v, allowed %g", c.name, worst, at, c.bound)
		}
	}
}

func TestRelativeError(t *testing.T) {
	ref := reference(t)
	for _, c := range []struct {
		name  string
		f     func(v []float64) float64
		floor float64 // below it the error is absolute
		bound float64
	}{
		{"loggamma", func(v []float64) float64 { return LogGamma(v[0]) }, 1, 2e-15},
		{"beta", func(v []float64) float64 { return IncBeta(v[0], v[1], v[2]) }, 0, 1e-12},
		{"student", func(v []float64) float64 { return StudentTail(v[0], v[1]) }, 0, 1e-12},
	} {
		worst := 0.0
		var at []float64
		for _, v := range ref[c.name] {
			n := len(v) - 1
			e := math.Abs(c.f(v[:n])-v[n]) / math.Max(math.Abs(v[n]), c.floor)
			if !(e <= worst) {
				worst, at = e, v
			}
		}
		t.Logf("%s: %d values, error at most %.2g, at %v", c.name, len(ref[c.name]), worst, at)
		if !(worst <= c.bound) || len(ref[c.name]) < 30 {
			t.Errorf("%s: error %g at %v, allowed %g", c.name, worst, at, c.bound)
		}
	}
}
