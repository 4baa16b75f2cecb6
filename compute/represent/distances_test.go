package represent

import (
	"math"
	"strings"
	"testing"
)

// Means and pair counts against the definition; densities against a sum of kernels
// over all pairs.
func TestCosineDistances(t *testing.T) {
	const d, bandwidth = 10, 0.02
	h, labels := examples("distances", d, 120, 200, 15) // more than one block of rows
	clear(h[7*d : 8*d])
	n := len(labels)
	got, err := CosineDistances(h, n, d, labels, 101, bandwidth)
	if err != nil {
		t.Fatal(err)
	}
	all := distances(h, n, d)
	var mean, count [2]float64
	curves := [2][]float64{make([]float64, 101), make([]float64, 101)}
	for i := range n {
		for j := range i {
			which := 0
			if labels[i] != labels[j] {
				which = 1
			}
			mean[which] += all[i*n+j]
			count[which]++
			for p, x := range got.Grid {
				for _, v := range []float64{all[i*n+j], -all[i*n+j], 4 - all[i*n+j]} {
					u := (x - v) / bandwidth
					curves[which][p] += math.Exp(-u*u/2) / (bandwidth * math.Sqrt(2*math.Pi))
				}
			}
		}
	}
	near(t, "mean within", got.MeanWithin, mean[0]/count[0], 1e-12)
	near(t, "mean between", got.MeanBetween, mean[1]/count[1], 1e-12)
	if float64(got.WithinPairs) != count[0] || float64(got.BetweenPairs) != count[1] {
		t.Errorf("%d and %d pairs, want %v", got.WithinPairs, got.BetweenPairs, count)
	}
	if got.ZeroFeatures != 1 {
		t.Errorf("%d zero vectors, want 1", got.ZeroFeatures)
	}
	for p := range got.Grid {
		near(t, "density within", got.Within[p], curves[0][p]/count[0], 5e-3)
		near(t, "density between", got.Between[p], curves[1][p]/count[1], 5e-3)
	}
}

// Reflection at both ends keeps all of the mass.
func TestDensityIntegratesToOne(t *testing.T) {
	h, labels := examples("mass", 3, 40, 40)
	for i := range h {
		if i%2 == 0 {
			h[i] = -h[i] // distances up to 2
		}
	}
	h = append(h, -h[0], -h[1], -h[2])
	labels = append(labels, 1)
	got, err := CosineDistances(h, len(labels), 3, labels, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for name, curve := range map[string][]float64{"within": got.Within, "between": got.Between} {
		area := -(curve[0] + curve[len(curve)-1]) / 2
		for _, v := range curve {
			area += v
		}
		near(t, "area of "+name, area*(got.Grid[1]-got.Grid[0]), 1, 1e-4)
	}
}

func TestCosineDistancesRefuses(t *testing.T) {
	h := []float32{1, 0, 0, 1, 1, 1}
	for _, c := range []struct {
		labels    []int
		points    int
		bandwidth float64
		want      string
	}{
		{[]int{0, 1, 2}, 0, 0, "0 pairs within a class"},
		{[]int{1, 1, 1}, 0, 0, "0 between classes"},
		{[]int{1, 1, 0}, 1, 0, "at least 2 points"},
		{[]int{1, 1, 0}, 0, 1e-6, "bandwidth"},
		{[]int{1, 1, 0}, 0, math.NaN(), "bandwidth"},
	} {
		if _, err := CosineDistances(h, 3, 2, c.labels, c.points, c.bandwidth); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}
