package operation

import (
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// ZeroNorm is the norm up to which a vector counts as zero. A zero vector has
// cosine similarity 0 to everything, so its unit vector is zero and its gradient
// too, where dividing by the norm would give NaN.
const ZeroNorm = 1e-12

// UnitRows divides each row of a matrix by its Euclidean norm.
func UnitRows(id int, x *G.Node) (*G.Node, error) {
	s := x.Shape()
	return unit("unit-rows", id, x, layout{vectors: s[0], length: s[1], start: s[1], stride: 1})
}

// UnitColumns divides each column of a matrix by its Euclidean norm.
func UnitColumns(id int, x *G.Node) (*G.Node, error) {
	s := x.Shape()
	return unit("unit-columns", id, x, layout{vectors: s[1], length: s[0], start: 1, stride: s[1]})
}

// layout says where the vectors of a matrix lie: vector v starts at v*start and
// its elements are stride apart.
type layout struct{ vectors, length, start, stride int }

func unit(name string, id int, x *G.Node, l layout) (*G.Node, error) {
	s := x.Shape()
	derive := func(inputs G.Nodes, output, grad *G.Node) (G.Nodes, error) {
		d := New(name+"-gradient", id, []tensor.Shape{s, s, s}, s, unitGradient[float32](l), unitGradient[float64](l), nil, nil)
		dx, err := G.ApplyOp(d, inputs[0], output, grad)
		return G.Nodes{dx}, err
	}
	o := New(name, id, []tensor.Shape{s}, s, unitVectors[float32](l), unitVectors[float64](l), []bool{true}, derive)
	return G.ApplyOp(o, x)
}

func unitVectors[T Float](l layout) Function[T] {
	return func(out []T, in [][]T) error {
		for v := range l.vectors {
			at := v * l.start
			scale := inverseNorm(in[0], at, l)
			for i := range l.length {
				j := at + i*l.stride
				out[j] = T(float64(in[0][j]) * scale)
			}
		}
		return nil
	}
}

// unitGradient is dx = (g - u (u·g)) / ‖x‖ from x, u = x/‖x‖ and g: the part of
// g along x changes only the length, which the unit vector forgets.
func unitGradient[T Float](l layout) Function[T] {
	return func(out []T, in [][]T) error {
		x, u, g := in[0], in[1], in[2]
		for v := range l.vectors {
			at := v * l.start
			scale := inverseNorm(x, at, l)
			along := 0.0
			for i := range l.length {
				j := at + i*l.stride
				along += float64(float64(u[j]) * float64(g[j]))
			}
			for i := range l.length {
				j := at + i*l.stride
				out[j] = T((float64(g[j]) - float64(along*float64(u[j]))) * scale)
			}
		}
		return nil
	}
}

// inverseNorm is 1/‖x‖ of the vector at position at, and 0 for a zero vector.
// Squares of float32 cannot overflow in float64.
func inverseNorm[T Float](x []T, at int, l layout) float64 {
	sum := 0.0
	for i := range l.length {
		f := float64(x[at+i*l.stride])
		sum += float64(f * f)
	}
	norm := math.Sqrt(sum)
	if norm <= ZeroNorm {
		return 0
	}
	return 1 / norm
}

// IsZero reports whether a feature vector counts as zero.
func IsZero(x []float32) bool {
	return inverseNorm(x, 0, layout{vectors: 1, length: len(x), stride: 1}) == 0
}
