package elementary

import "math"

// Acos returns the arc cosine of x in radians, in [0, π] and within 1 ulp
// (FreeBSD's e_acos.c); NaN for |x| > 1.
func Acos(x float64) float64 {
	const pi, halfHi, halfLo = 3.14159265358979311600e+00, 1.57079632679489655800e+00, 6.12323399573676603587e-17
	switch a := math.Abs(x); {
	case !(a <= 1):
		return math.NaN()
	case a == 1:
		if x > 0 {
			return 0
		}
		return pi
	case a < 0x1p-57:
		return halfHi
	case a < 0.5:
		r := acosRatio(float64(x * x))
		return halfHi - (x - (halfLo - float64(x*r)))
	case x < 0:
		// acos(x) = π − 2 asin(√((1+x)/2))
		z := float64((1 + x) * 0.5)
		s := math.Sqrt(z)
		w := float64(acosRatio(z)*s) - halfLo
		return pi - float64(2*(s+w))
	}
	// acos(x) = 2 asin(√((1−x)/2)), the root as a sum of a short number and a rest.
	z := float64((1 - x) * 0.5)
	s := math.Sqrt(z)
	short := math.Float64frombits(math.Float64bits(s) &^ 0xffffffff)
	rest := (z - float64(short*short)) / (s + short)
	w := float64(acosRatio(z)*s) + rest
	return 2 * (short + w)
}

// acosRatio is (asin(√z) − √z)/√z for 0 ≤ z ≤ 1/4, a ratio of polynomials.
func acosRatio(z float64) float64 {
	const (
		p0 = 1.66666666666666657415e-01
		p1 = -3.25565818622400915405e-01
		p2 = 2.01212532134862925881e-01
		p3 = -4.00555345006794114027e-02
		p4 = 7.91534994289814532176e-04
		p5 = 3.47933107596021167570e-05
		q1 = -2.40339491173441421878e+00
		q2 = 2.02094576023350569471e+00
		q3 = -6.88283971605453293030e-01
		q4 = 7.70381505559019352791e-02
	)
	p := p4 + float64(z*p5)
	p = p3 + float64(z*p)
	p = p2 + float64(z*p)
	p = p1 + float64(z*p)
	p = float64(z * (p0 + float64(z*p)))
	q := q3 + float64(z*q4)
	q = q2 + float64(z*q)
	q = q1 + float64(z*q)
	return p / (1 + float64(z*q))
}
