package stat

import (
	_ "embed"
	"encoding/json"
	"math"
	"testing"
)

//go:embed testdata/fixtures.json
var fixtureText []byte

// fixtures are reference values made by testdata/make_fixtures.py with SciPy.
func fixtures(t *testing.T) (f struct {
	Interval []struct {
		X              []float64
		Mean, SD, Half float64
	}
	Paired, Welch []struct {
		A, B                 []float64
		Effect, P, Low, High float64
	}
	Spearman []struct {
		X, Y   []float64
		Rho, P float64
		Exact  bool
	}
	Page []struct {
		Blocks             [][]float64
		L, Rising, Falling float64
		Exact              bool
	}
	Holm []struct {
		P, Holm []float64
		Simes   float64
	}
	Critical []struct{ Alpha, DF, T float64 }
	Seeds    []struct {
		Effect, SD, Alpha float64
		N                 int
	}
	Contrast []struct {
		Samples              [][]float64
		Weights              []float64
		Offset               float64
		Paired               bool
		Effect, P, Low, High float64
	}
	Conjunction []struct {
		P    []float64
		K    int
		Want float64
	}
}) {
	t.Helper()
	if err := json.Unmarshal(fixtureText, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// near compares with a relative tolerance, absolute near zero.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(math.Abs(want), 1e-30)) && got != want {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func TestIntervalAgainstSciPy(t *testing.T) {
	for _, c := range fixtures(t).Interval {
		iv := MeanInterval(c.X, 0.95)
		near(t, "mean", iv.Mean, c.Mean, 1e-14)
		near(t, "sd", SD(c.X), c.SD, 1e-11)
		near(t, "half", iv.Half, c.Half, 1e-11)
	}
}

func TestIntervalOfOneSeedIsUnbounded(t *testing.T) {
	if iv := MeanInterval([]float64{3}, 0.95); iv.Mean != 3 || !math.IsInf(iv.Half, 1) {
		t.Errorf("got %+v", iv)
	}
}

func TestPairedAgainstSciPy(t *testing.T) {
	for _, c := range fixtures(t).Paired {
		r := Paired(c.A, c.B)
		near(t, "effect", r.Effect, c.Effect, 1e-10)
		near(t, "p", r.P, c.P, 1e-9)
		near(t, "low", r.Low, c.Low, 1e-9)
		near(t, "high", r.High, c.High, 1e-9)
	}
}

func TestWelchAgainstSciPy(t *testing.T) {
	for _, c := range fixtures(t).Welch {
		r := Welch(c.A, c.B)
		near(t, "effect", r.Effect, c.Effect, 1e-10)
		near(t, "p", r.P, c.P, 1e-9)
		near(t, "low", r.Low, c.Low, 1e-9)
		near(t, "high", r.High, c.High, 1e-9)
	}
}

func TestSamplesWithoutSpreadGiveNoTest(t *testing.T) {
	for name, r := range map[string]Test{
		"one pair":               Paired([]float64{2}, []float64{1}),
		"no pairs":               Paired(nil, nil),
		"equal differences":      Paired([]float64{2, 3, 4}, []float64{1, 2, 3}),
		"equal up to rounding":   Paired([]float64{94.5, 95.5, 93.7}, []float64{93.2, 94.2, 92.4}),
		"no differences":         Paired([]float64{2, 3}, []float64{2, 3}),
		"Welch, one value":       Welch([]float64{2}, []float64{1, 3}),
		"Welch, constant values": Welch([]float64{2, 2}, []float64{1, 1}),
	} {
		if !r.Degenerate || r.P != 1 {
			t.Errorf("%s: got %+v, want a degenerate test with p = 1", name, r)
		}
	}
}

func TestSwappingSamplesFlipsTheEffect(t *testing.T) {
	for _, c := range fixtures(t).Paired {
		r, s := Paired(c.A, c.B), Paired(c.B, c.A)
		if r.P != s.P || r.Effect != -s.Effect || r.Low != -s.High {
			t.Errorf("got %+v and %+v", r, s)
		}
	}
}

func TestSpearmanAgainstEnumeration(t *testing.T) {
	for _, c := range fixtures(t).Spearman {
		r, ok := Spearman(c.X, c.Y)
		if !ok || r.Exact != c.Exact {
			t.Errorf("got %+v, %v", r, ok)
		}
		near(t, "rho", r.Rho, c.Rho, 1e-12)
		near(t, "p", r.P, c.P, 1e-9)
	}
}

func TestSpearmanNeedsVariation(t *testing.T) {
	for _, c := range [][2][]float64{
		{{1, 2}, {1, 2}},
		{{1, 1, 1}, {1, 2, 3}},
		{{1, 2, 3}, {1, 2}},
	} {
		if r, ok := Spearman(c[0], c[1]); ok {
			t.Errorf("Spearman(%v) = %+v, want none", c, r)
		}
	}
}

func TestSpearmanIsBlindToTheOrderOfPoints(t *testing.T) {
	c := fixtures(t).Spearman[4]
	r, _ := Spearman(c.X, c.Y)
	n := len(c.X)
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		x[(i*3+1)%n], y[(i*3+1)%n] = c.X[i], c.Y[i]
	}
	if s, _ := Spearman(x, y); s != r {
		t.Errorf("got %+v, want %+v", s, r)
	}
}

func TestPageAgainstSciPy(t *testing.T) {
	for _, c := range fixtures(t).Page {
		r, ok := Page(c.Blocks)
		if !ok || r.Exact != c.Exact {
			t.Errorf("got %+v, %v", r, ok)
		}
		near(t, "L", r.L, c.L, 1e-14)
		near(t, "rising", r.Rising, c.Rising, 1e-9)
		near(t, "falling", r.Falling, c.Falling, 1e-9)
	}
}

func TestPageNeedsVariation(t *testing.T) {
	for _, blocks := range [][][]float64{nil, {{1, 2}}, {{1, 1, 1}}, {{1, 2, 3}, {1, 2}}} {
		if r, ok := Page(blocks); ok {
			t.Errorf("Page(%v) = %+v, want none", blocks, r)
		}
	}
}

func TestHolmAndSimes(t *testing.T) {
	for _, c := range fixtures(t).Holm {
		for i, p := range Holm(c.P) {
			near(t, "holm", p, c.Holm[i], 1e-14)
		}
		near(t, "simes", Simes(c.P), c.Simes, 1e-14)
	}
	if Simes(nil) != 1 {
		t.Error("no p-values must not be significant together")
	}
}

func TestCriticalValuesAgainstSciPy(t *testing.T) {
	for _, c := range fixtures(t).Critical {
		near(t, "t", StudentCritical(c.Alpha, c.DF), c.T, 1e-9)
	}
}

func TestCriticalValueOfManyDegrees(t *testing.T) {
	// Close to the normal quantile; the bracket reaches tails that underflow.
	near(t, "t", StudentCritical(1e-300, 1e7), 37.0665, 1e-4)
	near(t, "t", StudentCritical(0.05, 1e9), 1.959963984540054, 1e-8)
}

func TestSeedsToDecideAgainstSciPy(t *testing.T) {
	for _, c := range fixtures(t).Seeds {
		if n := SeedsToDecide(c.Effect, c.SD, c.Alpha, 0.8, 1000); n != c.N {
			t.Errorf("%+v: got %d", c, n)
		}
	}
	if n := SeedsToDecide(0.001, 1, 0.05, 0.8, 1000); n != 0 {
		t.Errorf("got %d seeds for an effect that a thousand do not show", n)
	}
	if n := SeedsToDecide(0, 1, 0.05, 0.8, 1000); n != 0 {
		t.Errorf("got %d seeds for no effect", n)
	}
}

func TestContrastsAgainstSciPy(t *testing.T) {
	for _, c := range fixtures(t).Contrast {
		test := WelchContrast
		if c.Paired {
			test = Contrast
		}
		r := test(c.Samples, c.Weights, c.Offset)
		near(t, "effect", r.Effect, c.Effect, 1e-10)
		near(t, "p", r.P, c.P, 1e-9)
		near(t, "low", r.Low, c.Low, 1e-9)
		near(t, "high", r.High, c.High, 1e-9)
	}
}

func TestContrastWithoutSpreadIsNoTest(t *testing.T) {
	for name, r := range map[string]Test{
		"one seed":          Contrast([][]float64{{1}}, []float64{1}, 3),
		"constant":          Contrast([][]float64{{2, 2, 2}}, []float64{1}, -1),
		"equal to rounding": Contrast([][]float64{{.1, .2, .3}, {.3, .4, .5}}, []float64{1, -1}, 5),
		"Welch, one value":  WelchContrast([][]float64{{1}, {1, 2}}, []float64{1, 1}, 0),
		"Welch, constant":   WelchContrast([][]float64{{1, 1}, {2, 2}}, []float64{1, 1}, 0),
	} {
		if !r.Degenerate || r.P != 1 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestPartialConjunction(t *testing.T) {
	for _, c := range fixtures(t).Conjunction {
		near(t, "p", PartialConjunction(c.P, c.K), c.Want, 1e-14)
	}
	p := []float64{.5, .01, .2}
	if PartialConjunction(p, 3) != .5 || PartialConjunction(p, 1) != Simes(p) {
		t.Error("the ends are not the largest p and Simes")
	}
	if PartialConjunction(p, 4) != 1 || PartialConjunction(p, 0) != 1 || PartialConjunction(nil, 1) != 1 {
		t.Error("more parts than there are came out significant")
	}
}

func TestRememberedValuesAreTheComputed(t *testing.T) {
	for range 2 {
		for _, df := range []float64{1, 2, 7, 3.7} {
			if got, want := StudentCritical(0.05, df), searchCritical(0.05, df); got != want {
				t.Errorf("df %v: %v, not %v", df, got, want)
			}
		}
	}
	var m memo[int, int]
	for i := range 3 * maxMemo {
		if m.get(i, func() int { return 2 * i }) != 2*i || len(m.values) > maxMemo {
			t.Fatalf("after %d values: %d kept", i, len(m.values))
		}
	}
}
