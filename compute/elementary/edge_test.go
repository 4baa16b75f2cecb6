package elementary

import (
	"math"
	"testing"
)

// TestEnds checks the values at the ends of the domains, where the formulas inside do
// not hold.
func TestEnds(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"Exp(Inf)", Exp(inf), inf}, {"Exp(-Inf)", Exp(-inf), 0}, {"Exp(NaN)", Exp(nan), nan},
		{"Exp(0)", Exp(0), 1}, {"Exp(709.79)", Exp(709.79), inf}, {"Exp(-745.2)", Exp(-745.2), 0},
		{"Exp(-745.13)", Exp(-745.13), 5e-324}, {"Exp(709.78)", Exp(709.78), 1.7928227943945155e+308},
		{"Log(0)", Log(0), -inf}, {"Log(-1)", Log(-1), nan}, {"Log(Inf)", Log(inf), inf}, {"Log(1)", Log(1), 0},
		{"Log1p(-1)", Log1p(-1), -inf}, {"Log1p(-2)", Log1p(-2), nan}, {"Log1p(Inf)", Log1p(inf), inf}, {"Log1p(0)", Log1p(0), 0},
		{"Erfc(-Inf)", Erfc(-inf), 2}, {"Erfc(Inf)", Erfc(inf), 0}, {"Erfc(0)", Erfc(0), 1}, {"Erfc(NaN)", Erfc(nan), nan},
		{"NormalCDF(0)", NormalCDF(0), 0.5},
		{"LogGamma(0)", LogGamma(0), inf}, {"LogGamma(-1)", LogGamma(-1), nan}, {"LogGamma(Inf)", LogGamma(inf), inf},
		{"LogGamma(1)", LogGamma(1), 0}, {"LogGamma(2)", LogGamma(2), 0},
		{"IncBeta at 0", IncBeta(2, 3, 0), 0}, {"IncBeta at 1", IncBeta(2, 3, 1), 1}, {"IncBeta outside", IncBeta(2, 3, 1.1), nan},
		{"IncBeta without a", IncBeta(0, 3, 0.5), nan}, {"IncBeta NaN", IncBeta(2, 3, nan), nan}, {"IncBeta uniform", IncBeta(1, 1, 0.25), 0.25},
		{"StudentTail(0)", StudentTail(0, 5), 1}, {"StudentTail(Inf)", StudentTail(-inf, 5), 0}, {"StudentTail(NaN)", StudentTail(nan, 5), nan},
		{"StudentTail of no df", StudentTail(1, 0), nan},
		{"NormalQuantile(0)", NormalQuantile(0), -inf}, {"NormalQuantile(1)", NormalQuantile(1), inf}, {"NormalQuantile(2)", NormalQuantile(2), nan},
	} {
		if c.got != c.want && !(math.IsNaN(c.got) && math.IsNaN(c.want)) {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
}

// TestQuantileInverts checks the normal quantile against the distribution function,
// which is tested against reference values.
func TestQuantileInverts(t *testing.T) {
	for _, p := range []float64{1e-300, 1e-40, 1e-9, 0.001, 0.025, 0.074, 0.076, 0.3, 0.5, 0.7, 0.975, 0.999} {
		if got := NormalCDF(NormalQuantile(p)); math.Abs(got-p) > 1e-12*p {
			t.Errorf("Φ(quantile(%g)) = %v", p, got)
		}
	}
	if q := NormalQuantile(0.975); math.Abs(q-1.959963984540054) > 1e-15 {
		t.Errorf("97.5%% quantile is %v", q)
	}
}

// TestBits pins results to the bit: these functions are in every training run and a
// change of theirs changes every number of the report.
func TestBits(t *testing.T) {
	var h uint64 = 14695981039346656037
	for i := 0; i < 4000; i++ {
		x := float64(i-2000) / 64
		for _, v := range []float64{Exp(x), Log(math.Abs(x)), Log1p(math.Abs(x)), Erfc(x), LogGamma(math.Abs(x)), NormalQuantile(float64(i) / 4000), StudentTail(x, 7)} {
			h = (h ^ math.Float64bits(v)) * 1099511628211
		}
	}
	if h != 0x6b49a1860c4d9773 {
		t.Errorf("hash of the results is %#x", h)
	}
}
