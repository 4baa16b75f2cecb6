package elementary

import "math"

// π/2 in three pieces whose products with the integers used below are exact.
const (
	halfPi1 = 1.57079632673412561417e+00
	halfPi2 = 6.07710050630396597660e-11
	halfPi3 = 2.02226624879595063154e-21
	twoOvPi = 6.36619772367581382433e-01
)

// MaxAngle bounds the arguments of Sin and Cos: above it the three pieces of π/2
// no longer carry enough digits for the reduction.
const MaxAngle = 1e5

// Sin returns the sine of x radians, within 1 ulp; NaN for |x| > MaxAngle.
func Sin(x float64) float64 {
	q, hi, lo := reduce(x)
	switch q {
	case 0:
		return sinKernel(hi, lo)
	case 1:
		return cosKernel(hi, lo)
	case 2:
		return -sinKernel(hi, lo)
	}
	return -cosKernel(hi, lo)
}

// Cos returns the cosine of x radians, within 1 ulp; NaN for |x| > MaxAngle.
func Cos(x float64) float64 {
	q, hi, lo := reduce(x)
	switch q {
	case 0:
		return cosKernel(hi, lo)
	case 1:
		return -sinKernel(hi, lo)
	case 2:
		return -cosKernel(hi, lo)
	}
	return sinKernel(hi, lo)
}

// reduce returns the quadrant 0..3 of x and the rest x - q π/2 in [-π/4, π/4] as
// an unevaluated sum (Cody and Waite, as in FreeBSD's e_rem_pio2.c).
func reduce(x float64) (quadrant int, hi, lo float64) {
	if !(math.Abs(x) <= MaxAngle) {
		return 0, math.NaN(), 0
	}
	if math.Abs(x) <= math.Pi/4 {
		return 0, x, 0
	}
	k := math.Floor(float64(x*twoOvPi) + 0.5)
	r := x - float64(k*halfPi1) // exact: the product has 33 + 17 bits and cancels
	// The second piece can cancel too when x is close to a multiple of π/2, so
	// the rounding error of its subtraction is kept.
	w := float64(k * halfPi2)
	t := r
	r = t - w
	w = float64(k*halfPi3) - ((t - r) - w)
	hi = r - w
	lo = (r - hi) - w
	return int(k) & 3, hi, lo
}

// sinKernel is sin(x + y) for |x| <= π/4 and a tail y (FreeBSD's k_sin.c).
func sinKernel(x, y float64) float64 {
	if math.Abs(x) < 0x1p-27 {
		return x
	}
	const (
		s1 = -1.66666666666666324348e-01
		s2 = 8.33333333332248946124e-03
		s3 = -1.98412698298579493134e-04
		s4 = 2.75573137070700676789e-06
		s5 = -2.50507602534068634195e-08
		s6 = 1.58969099521155010221e-10
	)
	z := float64(x * x)
	v := float64(z * x)
	r := s5 + float64(z*s6)
	r = s4 + float64(z*r)
	r = s3 + float64(z*r)
	r = s2 + float64(z*r)
	return x - ((float64(z*(float64(0.5*y)-float64(v*r))) - y) - float64(v*s1))
}

// cosKernel is cos(x + y) for |x| <= π/4 and a tail y (FreeBSD's k_cos.c).
func cosKernel(x, y float64) float64 {
	const (
		c1 = 4.16666666666666019037e-02
		c2 = -1.38888888888741095749e-03
		c3 = 2.48015872894767294178e-05
		c4 = -2.75573143513906633035e-07
		c5 = 2.08757232129817482790e-09
		c6 = -1.13596475577881948265e-11
	)
	z := float64(x * x)
	r := c5 + float64(z*c6)
	r = c4 + float64(z*r)
	r = c3 + float64(z*r)
	r = c2 + float64(z*r)
	r = float64(z * (c1 + float64(z*r)))
	hz := float64(0.5 * z)
	w := 1 - hz
	return w + (((1 - w) - hz) + (float64(z*r) - float64(x*y)))
}
