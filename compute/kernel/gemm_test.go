package kernel

import (
	"testing"
)

func TestSgemmSmall(t *testing.T) {
	a := []float32{1, 2, 3, 4, 5, 6}
	b := []float32{7, 8, 9, 10, 11, 12}
	c := []float32{1, 1, 1, 1}
	Sgemm(false, false, 2, 2, 3, 2, a, 3, b, 2, 1, c, 2)
	want := []float32{117, 129, 279, 309}
	for i := range want {
		if c[i] != want[i] {
			t.Fatalf("got %v, want %v", c, want)
		}
	}
}
