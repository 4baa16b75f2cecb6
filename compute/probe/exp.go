package probe

import "math"

// expDown returns e**x for x <= 0, within 1 ulp, as elementary.Exp computes it but
// without its branches: a probe calls it some 10⁹ times, always for a logit minus
// the largest logit of its row. Anything below −708 is 0, which no sum that
// contains e**0 can tell from the exact value.
func expDown(x float64) float64 {
	const (
		ln2Hi = 6.93147180369123816490e-01
		ln2Lo = 1.90821492927058770002e-10
		log2e = 1.44269504088896338700e+00
		p1    = 1.66666666666666657415e-01
		p2    = -2.77777777770155933842e-03
		p3    = 6.61375632143793436117e-05
		p4    = -1.65339022054652515390e-06
		p5    = 4.13813679705723846039e-08
	)
	if !(x >= -708) {
		if x != x {
			return x
		}
		return 0
	}
	k := int(float64(log2e*x) - 0.5) // x = k ln2 + r, |r| <= ln2/2
	hi := x - float64(float64(k)*ln2Hi)
	lo := float64(float64(k) * ln2Lo)
	r := hi - lo
	t := float64(r * r)
	c := p4 + float64(t*p5)
	c = p3 + float64(t*c)
	c = p2 + float64(t*c)
	c = p1 + float64(t*c)
	c = r - float64(t*c)
	y := 1 - ((lo - float64(r*c)/(2-c)) - hi)
	return y * math.Float64frombits(uint64(k+1023)<<52)
}
