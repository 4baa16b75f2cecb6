// Package elementary is float64 elementary functions whose bits depend on
// nothing but their argument.
//
// The standard library's math.Exp gives other bits when the CPU lacks FMA, and
// a build with GOAMD64=v3 lets the compiler fuse multiply-adds in math.Log. Every
// number of the report has to be the same on any x86-64, so the training path and
// the p-values use these instead. Each product that feeds a sum is written as an
// explicit float64 conversion, which forbids fusing (Go specification,
// "Floating-point operators").
package elementary

import "math"

const (
	ln2Hi = 6.93147180369123816490e-01
	ln2Lo = 1.90821492927058770002e-10
	log2e = 1.44269504088896338700e+00
)

// Exp returns e**x, within 1 ulp of the exact value (FreeBSD's e_exp.c).
// kernel.ExpSlice64 repeats these operations in vector registers, bit for bit.
func Exp(x float64) float64 {
	const overflow, underflow = 7.09782712893383973096e+02, -7.45133219101941108420e+02
	switch {
	case math.IsNaN(x):
		return x
	case x > overflow:
		return math.Inf(1)
	case x < underflow:
		return 0
	}
	// x = k ln2 + r with |r| <= ln2/2, carried as hi - lo.
	half := 0.5
	if x < 0 {
		half = -0.5
	}
	k := int(float64(log2e*x) + half)
	hi := x - float64(float64(k)*ln2Hi)
	lo := float64(float64(k) * ln2Lo)
	r := hi - lo
	t := float64(r * r)
	const (
		p1 = 1.66666666666666657415e-01
		p2 = -2.77777777770155933842e-03
		p3 = 6.61375632143793436117e-05
		p4 = -1.65339022054652515390e-06
		p5 = 4.13813679705723846039e-08
	)
	c := p4 + float64(t*p5)
	c = p3 + float64(t*c)
	c = p2 + float64(t*c)
	c = p1 + float64(t*c)
	c = r - float64(t*c)
	y := 1 - ((lo - float64(r*c)/(2-c)) - hi)
	// 2**k in two factors: the first product is exact, the second rounds once where
	// the result is subnormal.
	h := k >> 1
	return y * power2(h) * power2(k-h)
}

// power2 returns 2**k for -1022 <= k <= 1023.
func power2(k int) float64 { return math.Float64frombits(uint64(1023+k) << 52) }

// Log returns the natural logarithm of x, within 1 ulp (FreeBSD's e_log.c).
// Log(0) = -Inf; Log of a negative number is NaN.
func Log(x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	}
	f1, ki := math.Frexp(x)
	if f1 < math.Sqrt2/2 {
		f1 *= 2
		ki--
	}
	f := f1 - 1
	k := float64(ki)
	s := f / (2 + f)
	hfsq := float64(0.5 * float64(f*f))
	return float64(k*ln2Hi) - ((hfsq - (float64(s*(hfsq+logTail(s))) + float64(k*ln2Lo))) - f)
}
