package kernel

import (
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gonum.org/v1/gonum/blas"

	"lossxfer-report/compute/random"
)

// fold hashes numbers by their bits (FNV-1a over words).
func fold[T float](h uint64, v ...T) uint64 {
	for _, x := range v {
		h = (h ^ math.Float64bits(float64(x))) * 1099511628211
	}
	return h
}

// arithmetic hashes the results of every function that a training run or a probe uses.
func arithmetic() uint64 {
	s := random.New("test golden")
	h := uint64(14695981039346656037)
	for i, d := range [][3]int{{32, 77, 256}, {32, 256, 77}, {256, 77, 32}, {61, 43, 600}} {
		m, n, k := d[0], d[1], d[2]
		a32, a64 := uniform(s, m*k)
		b32, b64 := uniform(s, k*n)
		c32, c64 := uniform(s, m*n)
		lda, ldb := k, n
		if i&1 != 0 {
			lda = m
		}
		if i&2 != 0 {
			ldb = k
		}
		Sgemm(i&1 != 0, i&2 != 0, m, n, k, 1, a32, lda, b32, ldb, float32(i), c32, n)
		Dgemm(i&1 != 0, i&2 != 0, m, n, k, 0.3, a64, lda, b64, ldb, float64(i), c64, n)
		h = fold(fold(h, c32...), c64...)
		h = fold(h, BLAS{}.Sdot(n, c32, 1, b32, 1))
		h = fold(h, BLAS{}.Ddot(n, c64, 1, b64, 1))
		BLAS{}.Dgemv(blas.Trans, m, n, 1, c64, n, a64, 1, 0, b64, 1)
		h = fold(h, b64[:n]...)
		ExpSlice64(a64[:n], c64[:n])
		h = fold(h, a64[:n]...)
		lse := make([]float64, m)
		Softmax64(c64, lse, c64, m, n)
		h = fold(fold(h, c64...), lse...)
	}
	return h
}

// TestGolden pins the bits of the arithmetic: a change of any of them changes every
// number of the report, and has to be meant.
func TestGolden(t *testing.T) {
	const want = 0x14c88e25fd606a26
	atLevels(t, func(t *testing.T, l Instructions) {
		if h := arithmetic(); h != want {
			t.Errorf("%v: hash of the results is %#x, not %#x", l, h, uint64(want))
		}
	})
}

// TestGoldenWithoutFMA runs the same in a process that believes the CPU has neither
// FMA nor AVX: package math then goes other ways.
func TestGoldenWithoutFMA(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestGolden$", "-test.v")
	cmd.Env = append(os.Environ(), "GODEBUG=cpu.fma=off,cpu.avx=off", "LOSSXFER_CPU=")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestGolden") {
		t.Errorf("%v\n%s", err, out)
	}
}
