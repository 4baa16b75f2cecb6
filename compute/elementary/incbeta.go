package elementary

import "math"

// IncBeta returns the regularised incomplete beta function I_x(a, b), the probability
// that a Beta(a, b) number lies below x. The relative error stays below 1e-12 for a and
// b up to 1e4, far into the tails. It is NaN unless a, b > 0 and 0 <= x <= 1.
func IncBeta(a, b, x float64) float64 { return incBeta(a, b, x, 1-x) }

// StudentTail returns P(|T| >= |t|) for Student's t with df degrees of freedom: the
// two-sided p-value.
func StudentTail(t, df float64) float64 {
	if math.IsInf(t, 0) {
		return incBeta(df/2, 0.5, 0, 1)
	}
	s := float64(t * t)
	return incBeta(df/2, 0.5, df/(df+s), s/(df+s))
}

// incBeta is IncBeta with y = 1-x given too, so that neither end loses digits.
func incBeta(a, b, x, y float64) float64 {
	switch {
	case !(a > 0 && b > 0 && 0 <= x && x <= 1) || math.IsInf(a, 1) || math.IsInf(b, 1):
		return math.NaN()
	case x == 0:
		return 0
	case y == 0:
		return 1
	}
	// The continued fraction converges fast below the mean; above it, use the
	// other tail.
	if x > (a+1)/(a+b+2) {
		return 1 - float64(betaDensity(b, a, y, x)/b*betaFraction(b, a, y))
	}
	return betaDensity(a, b, x, y) / a * betaFraction(a, b, x)
}

// betaFraction evaluates the continued fraction DLMF 8.17.22 by Lentz's method.
func betaFraction(a, b, x float64) float64 {
	const tiny = 1e-300
	f, c, d := 1.0, 1.0, 0.0
	// Its argument is converted by the caller, for inlined into the sum below a bare
	// product would be fused with it.
	step := func(coefficient float64) float64 {
		d = 1 + float64(coefficient*d)
		if d == 0 {
			d = tiny
		}
		c = 1 + coefficient/c
		if c == 0 {
			c = tiny
		}
		d = 1 / d
		delta := float64(c * d)
		f *= delta
		return delta
	}
	step(float64(-(a + b) / (a + 1) * x))
	for i := 1; i < 100000; i++ {
		m := float64(i)
		a2 := a + float64(2*m)
		step(float64(m * (b - m) / (a2 - 1) / a2 * x))
		delta := step(float64(-(a + m) / a2 * (a + b + m) / (a2 + 1) * x))
		if math.Abs(delta-1) < 0x1p-52 {
			break
		}
	}
	return 1 / f
}

// betaDensity returns x**a y**b / B(a, b) with y = 1-x.
func betaDensity(a, b, x, y float64) float64 {
	if a < 8 || b < 8 {
		return Exp(float64(a*logOf(x, y)) + float64(b*logOf(y, x)) - logBeta(a, b))
	}
	// Around the mean the three large terms cancel; write the exponent by its
	// distance from there (Didonato and Morris, "Algorithm 708", function BRCOMP).
	n := a + b
	d := a - float64(n*x)
	if a > b {
		d = float64(n*y) - b
	}
	exponent := float64(a*deviance(-d/a, n*x/a)) + float64(b*deviance(d/b, n*y/b)) + stirlingTail(a) + stirlingTail(b) - stirlingTail(n)
	return math.Sqrt(a/n*b/(2*math.Pi)) * Exp(-exponent)
}

// logOf returns log x where y = 1-x is known as well.
func logOf(x, y float64) float64 {
	if x > 0.5 {
		return Log1p(-y)
	}
	return Log(x)
}

// logBeta returns log B(a, b).
func logBeta(a, b float64) float64 {
	if a > b {
		a, b = b, a
	}
	if b < 8 {
		return LogGamma(a) + LogGamma(b) - LogGamma(a+b)
	}
	// log Γ(b) - log Γ(a+b) without the difference of two large numbers.
	ratio := stirlingTail(b) - stirlingTail(a+b) - float64((a+b-0.5)*Log1p(a/b)) - float64(a*(Log(b)-1))
	if a < 8 {
		return LogGamma(a) + ratio
	}
	return float64((a-0.5)*(Log(a)-1)) + (halfLog2Pi - 0.5) + stirlingTail(a) + ratio
}

// deviance returns e - log r where r = 1+e, without cancellation where r is near one.
func deviance(e, r float64) float64 {
	if math.Abs(e) > 0.3 {
		return e - Log(r)
	}
	// log(1+e) = 2 artanh s, and e - 2s = e s.
	s := e / (2 + e)
	q := float64(s * s)
	return float64(e*s) - float64(2*float64(s*q)*horner(q, artanhSeries[:]))
}

var artanhSeries = [...]float64{1. / 3, 1. / 5, 1. / 7, 1. / 9, 1. / 11, 1. / 13, 1. / 15, 1. / 17, 1. / 19, 1. / 21}
