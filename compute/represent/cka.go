package represent

import (
	"fmt"
	"math"
)

// CKA is minibatch linear CKA (Nguyen et al. 2021, with the linear kernel of equation
// (10)) between every layer of a (rows) and every layer of b (columns):
//
//	CKA = Σ_b HSIC₁(K_b, L_b) / √(Σ_b HSIC₁(K_b, K_b) · Σ_b HSIC₁(L_b, L_b)),
//
// b running over minibatches: HSIC₁ is averaged in the numerator and in each factor of
// the denominator before they are divided. It is 1 for equal representations up to
// rotation and scale; being unbiased it can be a little below 0 for unrelated ones.
// A value is nil where it is undefined, because a layer does not vary over images.
func CKA(a, b *Grams) ([][]*float64, error) {
	if a.Minibatch != b.Minibatch || len(a.Centred) != len(b.Centred) || len(a.Centred) == 0 {
		return nil, fmt.Errorf("represent: CKA of %d minibatches of %d images with %d of %d: both need the same images",
			len(a.Centred), a.Minibatch, len(b.Centred), b.Minibatch)
	}
	cross, mine, others := a.products(b), a.own(), b.own()
	values := make([][]*float64, len(mine))
	for i, x := range mine {
		values[i] = make([]*float64, len(others))
		for j, y := range others {
			// The square roots apart: the product could leave the range of numbers.
			v := cross[i*len(others)+j] / float64(math.Sqrt(x)*math.Sqrt(y))
			if x > 0 && y > 0 && !math.IsNaN(v) && !math.IsInf(v, 0) {
				values[i][j] = &v
			}
		}
	}
	return values, nil
}
