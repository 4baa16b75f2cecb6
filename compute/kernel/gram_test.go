package kernel

import (
	"math"
	"testing"

	"lossxfer-report/compute/random"
)

// On and above the diagonal Sgram has the bits of Sgemm, whatever the instruction set
// and the shape.
func TestSgramHasTheBitsOfSgemm(t *testing.T) {
	atLevels(t, func(t *testing.T, l Instructions) {
		for _, shape := range [][3]int{{1, 1, 1}, {2, 3, 5}, {15, 256, 256}, {33, 300, 301}, {97, 520, 520}, {190, 64, 64}, {257, 31, 40}, {1031, 9, 9}, {3, 0, 1}} {
			n, k, lda := shape[0], shape[1], shape[2]
			s := random.New("gram", uint64(n))
			a := make([]float32, n*lda)
			for i := range a {
				a[i] = float32(s.Normal())
			}
			ldc := n + 3
			got, want := make([]float32, n*ldc), make([]float32, n*ldc)
			for i := range got {
				got[i] = float32(math.NaN()) // what was there must not matter
			}
			Sgram(n, k, a, lda, got, ldc)
			Sgemm(false, true, n, n, k, 1, a, lda, a, lda, 0, want, ldc)
			for i := range n {
				for j := i; j < n; j++ {
					if math.Float32bits(got[i*ldc+j]) != math.Float32bits(want[i*ldc+j]) {
						t.Fatalf("%v: n=%d k=%d: element %d, %d is %v, want %v", l, n, k, i, j, got[i*ldc+j], want[i*ldc+j])
					}
				}
				for j := n; j < ldc; j++ {
					if !math.IsNaN(float64(got[i*ldc+j])) {
						t.Fatalf("%v: n=%d: wrote beyond the end of row %d", l, n, i)
					}
				}
			}
		}
	})
}

func TestSgramPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"short A":  func() { Sgram(3, 4, make([]float32, 11), 4, make([]float32, 9), 3) },
		"short C":  func() { Sgram(3, 1, make([]float32, 3), 1, make([]float32, 8), 3) },
		"negative": func() { Sgram(-1, 1, nil, 1, nil, 1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
