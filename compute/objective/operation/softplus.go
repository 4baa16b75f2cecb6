package operation

import (
	"math"

	"lossxfer-report/compute/elementary"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Softplus applies log(e^z + 1) to each element. Its derivative is the logistic
// function. gorgonia's own Softplus and Sigmoid go through math.Exp.
func Softplus(id int, z *G.Node) (*G.Node, error) {
	s := z.Shape()
	derive := func(inputs G.Nodes, _, grad *G.Node) (G.Nodes, error) {
		d := New("softplus-gradient", id, []tensor.Shape{s, s}, s, softplusGradient[float32], softplusGradient[float64], nil, nil)
		dz, err := G.ApplyOp(d, inputs[0], grad)
		return G.Nodes{dz}, err
	}
	o := New("softplus", id, []tensor.Shape{s}, s, softplus[float32], softplus[float64], []bool{true}, derive)
	return G.ApplyOp(o, z)
}

func softplus[T Float](out []T, in [][]T) error {
	for i, v := range in[0] {
		out[i] = T(softplusOf(float64(v)))
	}
	return nil
}

// softplusOf is max(z, 0) + log(1 + e^-|z|), which does not overflow.
func softplusOf(z float64) float64 {
	return math.Max(z, 0) + elementary.Log1p(elementary.Exp(-math.Abs(z)))
}

func softplusGradient[T Float](out []T, in [][]T) error {
	z, g := in[0], in[1]
	for i, v := range z {
		out[i] = T(logistic(float64(v)) * float64(g[i]))
	}
	return nil
}

// logistic is 1/(1+e^-z), from whichever exponential cannot overflow.
func logistic(z float64) float64 {
	if z >= 0 {
		return 1 / (1 + elementary.Exp(-z))
	}
	e := elementary.Exp(z)
	return e / (1 + e)
}
