package elementary

import "math"

// LogGamma returns log Γ(x) for x > 0 to about 1e-15, relative where |log Γ| > 1 and
// absolute below. It is +Inf at 0 and NaN below.
//
// Above 8 it is Stirling's series (de Moivre's form, DLMF 5.11.1); below, the
// recurrence Γ(x+1) = x Γ(x) leads there, except around the zeros 1 and 2 of log Γ,
// where it is the Taylor series with coefficients ζ(n) (DLMF 5.7.3).
func LogGamma(x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(1)
	case x < 0.5:
		return logGammaTwo(x) - Log(x) - Log1p(x)
	case x <= 1.5:
		return logGammaTwo(x-1) - Log1p(x-1)
	case x <= 2.5:
		return logGammaTwo(x - 2)
	case x < 8:
		// Down to (1.5, 2.5].
		z := 1.0
		for x > 2.5 {
			x--
			z = float64(z * x)
		}
		return logGammaTwo(x-2) + Log(z)
	}
	return float64((x-0.5)*(Log(x)-1)) + (halfLog2Pi - 0.5) + stirlingTail(x)
}

const halfLog2Pi = 0.91893853320467274178

// stirlingTail returns log Γ(x) - [(x-½) log x - x + ½ log 2π] for x >= 8.
func stirlingTail(x float64) float64 {
	return horner(1/float64(x*x), stirling[:]) / x
}

// stirling is B(2n) / (2n (2n-1)).
var stirling = [...]float64{1. / 12, -1. / 360, 1. / 1260, -1. / 1680, 1. / 1188, -691. / 360360, 1. / 156, -3617. / 122400, 43867. / 244188}

// logGammaTwo returns log Γ(2+t) for |t| <= 0.5.
func logGammaTwo(t float64) float64 { return horner(t, logGammaSeries[:]) }

// logGammaSeries is the Taylor series of log Γ(2+t): 1-γ, then (-1)**n (ζ(n)-1)/n.
var logGammaSeries = [...]float64{0, 0.42278433509846713939, 0.32246703342411321824, -0.067352301053198095133, 0.020580808427784547879, -0.0073855510286739852663, 0.0028905103307415232858, -0.0011927539117032609771, 0.00050966952474304242234, -0.00022315475845357937976, 0.000099457512781808533715, -0.0000449262367381331417, 0.000020507212775670691553, -9.439488275268395904e-6, 4.3748667899074878042e-6, -2.0392157538013662368e-6, 9.5514121304074198329e-7, -4.4924691987645660433e-7, 2.1207184805554665869e-7, -1.0043224823968099609e-7, 4.7698101693639805658e-8, -2.271109460894316491e-8, 1.0838659214896954091e-8, -5.1834750419700466551e-9, 2.4836745438024783172e-9, -1.1921401405860912074e-9, 5.7313672416788620133e-10, -2.7595228851242331452e-10, 1.3304764374244489481e-10}
