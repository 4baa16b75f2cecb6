package represent

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"lossxfer-report/compute/random"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

// The reference values are NumPy's, from the pairwise definition.
func TestClassSeparationAgainstNumPy(t *testing.T) {
	var cases []struct {
		Name              string
		N, D, Zeros       int
		H                 []float32
		Labels            []int
		R2, Within, Total float64
	}
	b, err := os.ReadFile("testdata/separation.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		got, err := ClassSeparation(c.H, c.N, c.D, c.Labels)
		if err != nil {
			t.Fatal(err)
		}
		near(t, c.Name+" R²", got.R2, c.R2, 1e-12)
		near(t, c.Name+" within", got.Within, c.Within, 1e-12)
		near(t, c.Name+" total", got.Total, c.Total, 1e-12)
		if got.ZeroFeatures != c.Zeros || got.Examples != c.N {
			t.Errorf("%s: %d zero vectors of %d, want %d of %d", c.Name, got.ZeroFeatures, got.Examples, c.Zeros, c.N)
		}
	}
}

// examples returns random non-negative features with class structure; sizes gives
// the number of examples of each class.
func examples(name string, d int, sizes ...int) (h []float32, labels []int) {
	s := random.New("represent/test/" + name)
	for k, size := range sizes {
		mean := make([]float64, d)
		for j := range mean {
			mean[j] = s.Normal()
		}
		for range size {
			for _, m := range mean {
				h = append(h, float32(math.Max(0, m+s.Normal()+0.3)))
			}
			labels = append(labels, k)
		}
	}
	return h, labels
}

// distances returns all pairwise cosine distances by the definition.
func distances(h []float32, n, d int) []float64 {
	out := make([]float64, n*n)
	for i := range n {
		for j := range n {
			var xy, xx, yy float64
			for p := range d {
				a, b := float64(h[i*d+p]), float64(h[j*d+p])
				xy, xx, yy = xy+a*b, xx+a*a, yy+b*b
			}
			out[i*n+j] = 1
			if xx > 0 && yy > 0 {
				out[i*n+j] = 1 - xy/math.Sqrt(xx*yy)
			}
		}
	}
	return out
}

// pairwise is equation (11) as printed, self-pairs included.
func pairwise(h []float32, n, d int, labels []int, classes int) (within, total, distinct float64) {
	size := make([]float64, classes)
	for _, y := range labels {
		size[y]++
	}
	k := float64(classes)
	dist := distances(h, n, d)
	for i := range n {
		for j := range n {
			v := dist[i*n+j] / (size[labels[i]] * size[labels[j]])
			total += v / (k * k)
			if labels[i] == labels[j] {
				within += v / k
			} else {
				distinct += v / (k * (k - 1))
			}
		}
	}
	return within, total, distinct
}

func TestClassSeparationIsThePairwiseForm(t *testing.T) {
	for _, zeros := range []int{0, 7} {
		h, labels := examples("pairwise", 9, 12, 3, 30, 8)
		for i := range zeros {
			clear(h[(i*5)*9 : (i*5+1)*9])
		}
		within, total, distinct := pairwise(h, len(labels), 9, labels, 4)
		got, err := ClassSeparation(h, len(labels), 9, labels)
		if err != nil {
			t.Fatal(err)
		}
		if got.ZeroFeatures != zeros {
			t.Errorf("%d zero vectors counted, want %d", got.ZeroFeatures, zeros)
		}
		near(t, "within", got.Within, within, 1e-13)
		near(t, "total", got.Total, total, 1e-13)
		near(t, "between distinct classes", got.BetweenDistinct, distinct, 1e-13)
		near(t, "R²", got.R2, 1-within/total, 1e-12)
	}
}

// Equations (18) and (20): R² is the share of variance between classes of the
// normalised features, with inverse-frequency weights where classes differ in size.
func TestClassSeparationIsVarianceExplained(t *testing.T) {
	for _, sizes := range [][]int{{10, 10, 10}, {2, 25, 7, 11}} {
		const d = 6
		h, labels := examples("variance", d, sizes...)
		unit, _, err := unitRows(h, len(labels), d, labels)
		if err != nil {
			t.Fatal(err)
		}
		k := float64(len(sizes))
		var within, total, between float64
		for p := range d {
			// Weights sum to 1: an example of class c weighs 1/(K·N_c).
			var grand float64
			mean := make([]float64, len(sizes))
			for i, c := range labels {
				mean[c] += unit[i*d+p] / float64(sizes[c])
				grand += unit[i*d+p] / (k * float64(sizes[c]))
			}
			for i, c := range labels {
				w := 1 / (k * float64(sizes[c]))
				total += w * (unit[i*d+p] - grand) * (unit[i*d+p] - grand)
				within += w * (unit[i*d+p] - mean[c]) * (unit[i*d+p] - mean[c])
			}
			for _, m := range mean {
				between += (m - grand) * (m - grand) / k
			}
		}
		got, err := ClassSeparation(h, len(labels), d, labels)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "1 − within/total", got.R2, 1-within/total, 1e-12)
		near(t, "between/total", got.R2, between/total, 1e-12)
		near(t, "within variance", got.Within, within, 1e-12)
		near(t, "total variance", got.Total, total, 1e-12)
	}
}

// R² is not the CKA of equation (10) between features and one-hot labels, but
// stands in an exact relation to it when classes are balanced.
func TestClassSeparationAndCKA(t *testing.T) {
	const d, classes, each = 8, 4, 9
	h, labels := examples("cka", d, each, each, each, each)
	n := len(labels)
	got, err := ClassSeparation(h, n, d, labels)
	if err != nil {
		t.Fatal(err)
	}
	same := make([]float64, n*n)
	cosine := distances(h, n, d)
	for i := range n {
		for j := range n {
			cosine[i*n+j] = 1 - cosine[i*n+j]
			if labels[i] == labels[j] {
				same[i*n+j] = 1
			}
		}
	}
	centre(cosine, n)
	centre(same, n)
	var product, kk, ll, trace float64
	for i := range cosine {
		product += cosine[i] * same[i]
		kk += cosine[i] * cosine[i]
		ll += same[i] * same[i]
	}
	for i := range n {
		trace += cosine[i*n+i]
	}
	cka := product / math.Sqrt(kk*ll)
	near(t, "CKA", cka, got.R2*trace/(math.Sqrt(classes-1)*math.Sqrt(kk)), 1e-12)
	if math.Abs(cka-got.R2) < 0.02 {
		t.Errorf("CKA %v and R² %v are as good as equal: the example shows nothing", cka, got.R2)
	}
}

// centre subtracts row and column means: K ← HKH.
func centre(k []float64, n int) {
	row, all := make([]float64, n), 0.0
	for i := range n {
		for j := range n {
			row[i] += k[i*n+j] / float64(n)
		}
		all += row[i] / float64(n)
	}
	for i := range n {
		for j := range n {
			k[i*n+j] += all - row[i] - row[j]
		}
	}
}

func TestClassSeparationExtremes(t *testing.T) {
	collapsed, err := ClassSeparation([]float32{1, 0, 3, 0, 0, 2, 0, 1}, 4, 2, []int{0, 0, 5, 5})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "R² of collapsed classes", collapsed.R2, 1, 1e-15)
	if collapsed.Classes != 2 {
		t.Errorf("%d classes, want 2: classes 1 to 4 have no example", collapsed.Classes)
	}
	mixed, err := ClassSeparation([]float32{1, 0, 0, 1, 1, 0, 0, 1}, 4, 2, []int{0, 0, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "R² of equal classes", mixed.R2, 0, 1e-15)
}

func TestClassSeparationRefuses(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []struct {
		h      []float32
		n, d   int
		labels []int
		want   string
	}{
		{[]float32{1, 2, 3}, 2, 2, []int{0, 1}, "3 values are not 2×2"},
		{[]float32{1, 2, 3, 4}, 2, 2, []int{0}, "1 labels for 2 examples"},
		{[]float32{1, 2, 3, 4}, 2, 2, []int{0, -1}, "label -1"},
		{[]float32{1, 2, 3, 4}, 2, 2, []int{3, 3}, "at least two"},
		{[]float32{1, nan, 3, 4}, 2, 2, []int{0, 1}, "feature 1 of example 0 is NaN"},
		{[]float32{1, 2, 2, 4}, 2, 2, []int{0, 1}, "point the same way"},
	} {
		if _, err := ClassSeparation(c.h, c.n, c.d, c.labels); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}
