package elementary

import "math"

// Log1p returns log(1 + x) within 1 ulp, accurate near zero (FreeBSD's s_log1p.c).
// Log1p(-1) = -Inf; below -1 it is NaN.
func Log1p(x float64) float64 {
	const sqrt2m1, sqrtHalfm1 = 4.142135623730950488017e-01, -2.928932188134524755992e-01
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case x < -1:
		return math.NaN()
	case x == -1:
		return math.Inf(-1)
	case math.Abs(x) < 0x1p-54:
		return x
	case math.Abs(x) < 0x1p-29:
		return x - float64(float64(x*x)*0.5)
	case sqrtHalfm1 < x && x < sqrt2m1:
		s := x / (2 + x)
		hfsq := float64(0.5 * float64(x*x))
		return x - (hfsq - float64(s*(hfsq+logTail(s))))
	}
	// 1 + x = 2**k (1 + f) with sqrt(2)/2 < 1+f < sqrt(2); c is what rounding 1 + x
	// lost.
	u := 1 + x
	f1, ki := math.Frexp(u)
	var c float64
	switch {
	case x >= 0x1p53:
		// 1 + x rounds to x or its neighbour; the loss is below the last digit.
	case ki > 1:
		c = (1 - (u - x)) / u
	default:
		c = (x - (u - 1)) / u
	}
	if f1 < math.Sqrt2/2 {
		f1 *= 2
		ki--
	}
	f, k := f1-1, float64(ki)
	c += float64(k * ln2Lo)
	if f == 0 {
		return float64(k*ln2Hi) + c
	}
	s := f / (2 + f)
	hfsq := float64(0.5 * float64(f*f))
	return float64(k*ln2Hi) - ((hfsq - (float64(s*(hfsq+logTail(s))) + c)) - f)
}

// logTail is R(s) of log(1+f) = 2s + s·R(s²) with s = f/(2+f).
func logTail(s float64) float64 {
	const (
		l1 = 6.666666666666735130e-01
		l2 = 3.999999999940941908e-01
		l3 = 2.857142874366239149e-01
		l4 = 2.222219843214978396e-01
		l5 = 1.818357216161805012e-01
		l6 = 1.531383769920937332e-01
		l7 = 1.479819860511658591e-01
	)
	s2 := float64(s * s)
	s4 := float64(s2 * s2)
	a := l5 + float64(s4*l7)
	a = l3 + float64(s4*a)
	a = l1 + float64(s4*a)
	b := l4 + float64(s4*l6)
	b = l2 + float64(s4*b)
	return float64(s2*a) + float64(s4*b)
}
