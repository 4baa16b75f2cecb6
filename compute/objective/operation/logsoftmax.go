package operation

import (
	"math"

	"lossxfer-report/compute/elementary"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// LogSoftmax applies log(e^z_k / sum_j e^z_j) to each row of a matrix, with the
// row's maximum taken out first so that no exponential overflows.
//
// It stands in for gorgonia's LogSoftMax, which goes through math.Exp, and whose
// node is merged with SoftMax of the same argument.
func LogSoftmax(id int, z *G.Node) (*G.Node, error) {
	s := z.Shape()
	k := s[1]
	derive := func(_ G.Nodes, output, grad *G.Node) (G.Nodes, error) {
		d := New("log-softmax-gradient", id, []tensor.Shape{s, s}, s,
			logSoftmaxGradient[float32](k), logSoftmaxGradient[float64](k), nil, nil)
		dz, err := G.ApplyOp(d, output, grad)
		return G.Nodes{dz}, err
	}
	o := New("log-softmax", id, []tensor.Shape{s}, s, logSoftmax[float32](k), logSoftmax[float64](k), []bool{true}, derive)
	return G.ApplyOp(o, z)
}

func logSoftmax[T Float](k int) Function[T] {
	return func(out []T, in [][]T) error {
		for at := 0; at < len(out); at += k {
			z, y := in[0][at:at+k], out[at:at+k]
			// A NaN has to stay one: a comparison would drop it.
			top := math.Inf(-1)
			for _, v := range z {
				top = math.Max(top, float64(v))
			}
			sum := 0.0
			for _, v := range z {
				sum += elementary.Exp(float64(v) - top)
			}
			norm := top + elementary.Log(sum)
			for i, v := range z {
				y[i] = T(float64(v) - norm)
			}
		}
		return nil
	}
}

// logSoftmaxGradient is dz = g - softmax(z) sum_k g_k, from y = log softmax(z) and g.
func logSoftmaxGradient[T Float](k int) Function[T] {
	return func(out []T, in [][]T) error {
		for at := 0; at < len(out); at += k {
			y, g, dz := in[0][at:at+k], in[1][at:at+k], out[at:at+k]
			sum := 0.0
			for _, v := range g {
				sum += float64(v)
			}
			for i, v := range g {
				dz[i] = T(float64(v) - float64(elementary.Exp(float64(y[i]))*sum))
			}
		}
		return nil
	}
}
