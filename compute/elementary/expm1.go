package elementary

import "math"

// Expm1 returns e**x - 1, accurate near zero, within 1 ulp (FreeBSD's s_expm1.c).
func Expm1(x float64) float64 {
	const big = 56 * math.Ln2
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case x <= -big:
		return -1
	case x > big:
		return Exp(x) // the 1 is below the last digit
	case math.Abs(x) < 0x1p-54:
		return x
	}
	r, c, k := reduceLn2(x)
	hr := float64(0.5 * r)
	h := float64(r * hr)
	r1 := horner(h, expm1Coefficients[:])
	t := 3 - float64(r1*hr)
	e := float64(h * ((r1 - t) / (6 - float64(r*t))))
	if k == 0 {
		return r - (float64(r*e) - h)
	}
	e = float64(r*(e-c)) - c
	e -= h
	// 2**k (1 + r - e) - 1, summed in the order that loses least.
	switch {
	case k == -1:
		return float64(0.5*(r-e)) - 0.5
	case k == 1 && r < -0.25:
		return -2 * (e - (r + 0.5))
	case k == 1:
		return 1 + float64(2*(r-e))
	case k <= -2:
		return float64((1-(e-r))*power2(k)) - 1
	case k < 20:
		return ((1 - power2(-k)) - (e - r)) * power2(k)
	}
	return ((r - (e + power2(-k))) + 1) * power2(k)
}

// reduceLn2 writes x as k ln2 + r + c with |r| <= ln2/2 and c what r lost.
func reduceLn2(x float64) (r, c float64, k int) {
	if math.Abs(x) <= 0.5*math.Ln2 {
		return x, 0, 0
	}
	k = int(math.Floor(float64(log2e*x) + 0.5))
	hi := x - float64(float64(k)*ln2Hi)
	lo := float64(float64(k) * ln2Lo)
	r = hi - lo
	return r, (hi - r) - lo, k
}

var expm1Coefficients = [6]float64{1, -3.33333333333331316428e-02, 1.58730158725481460165e-03, -7.93650757867487942473e-05, 4.00821782732936239552e-06, -2.01099218183624371326e-07}
