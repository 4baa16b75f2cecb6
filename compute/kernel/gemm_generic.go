package kernel

import "math"

// The micro-kernels by instruction set; a set without its own uses plain Go.
var (
	sgemmKernels = [AVX512 + 1]*microKernel[float32]{Generic: {heights: []int{1}, widths: []int{genericWidth}, masked: true, chains: chains32}}
	dgemmKernels = [AVX512 + 1]*microKernel[float64]{Generic: {heights: []int{1}, widths: []int{genericWidth}, masked: true, chains: chains64}}
)

// genericWidth is the number of chains that the plain Go runs side by side, so that one
// need not wait for another.
const genericWidth = 32

func init() {
	if !fastFMA() {
		dgemmKernels[Generic].chains = chains64Emulated
	}
}

func pick[T float](kernels *[AVX512 + 1]*microKernel[T]) *microKernel[T] {
	if kr := kernels[level]; kr != nil {
		return kr
	}
	return kernels[Generic]
}

// chains adds to every sum[j] the products a[p·as]·b[p·bs+j] for p = 0 … k-1, one fused
// multiply-add after the other.
type chains[T float] func(k int, a []T, as int, b []T, bs int, sum []T)

// runGeneric is the micro-kernel in plain Go, which the assembly reproduces bit for
// bit: one chain of fused multiply-adds per element of C, in ascending p, from zero.
func (s *strip[T]) runGeneric(f chains[T]) {
	sum := s.sum[:genericWidth]
	for _, r := range s.rows {
		for i := r.start; i < r.start+r.size; i++ {
			row := s.c[i*s.cs : i*s.cs+s.cols]
			clear(sum)
			f(s.k, s.a.v[i*s.a.rs:], s.a.cs, s.b, s.bs, sum[:s.cols])
			for j, v := range sum[:s.cols] {
				v *= s.alpha
				if s.add {
					v = row[j] + T(v)
				}
				row[j] = v
			}
		}
	}
}

// chains32 has fma32 written out: the call would take longer than the work.
func chains32(k int, a []float32, as int, b []float32, bs int, sum []float32) {
	for p := range k {
		x := float64(a[p*as])
		for j, y := range b[p*bs : p*bs+len(sum)] {
			product, z := float64(x*float64(y)), float64(sum[j])
			if s := product + z; certain(s) {
				sum[j] = float32(s)
			} else {
				sum[j] = roundSum(product, z, s)
			}
		}
	}
}

func chains64(k int, a []float64, as int, b []float64, bs int, sum []float64) {
	for p := range k {
		x := a[p*as]
		for j, y := range b[p*bs : p*bs+len(sum)] {
			sum[j] = math.FMA(x, y, sum[j])
		}
	}
}

// chains64Emulated is chains64 where math.FMA would be slow.
func chains64Emulated(k int, a []float64, as int, b []float64, bs int, sum []float64) {
	for p := range k {
		x := a[p*as]
		for j, y := range b[p*bs : p*bs+len(sum)] {
			sum[j] = fma64(x, y, sum[j])
		}
	}
}
