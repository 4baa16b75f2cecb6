package objective

import (
	"fmt"

	"lossxfer-report/compute/objective/operation"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Inputs are the leaves and the features from which an objective is built, all
// matrices of one element type (float32 or float64) in one graph.
type Inputs struct {
	H    *G.Node // n×d penultimate features
	W    *G.Node // d×K weights of the final layer
	B    *G.Node // 1×K bias of the final layer
	T    *G.Node // n×K targets: one-hot, or mixed of two classes
	Mask *G.Node // n×d dropout mask: 0, or 1/ρ with probability ρ; only for dropout
}

// Build adds the objective to the graph of its inputs. It returns the scalar
// loss, to be differentiated, and the n×K logits the loss was computed from. Both
// have to be read through gorgonia.Read: later operations may overwrite a node's
// own value.
func (s Spec) Build(in Inputs) (loss, logits *G.Node, err error) {
	if err := s.Validate(); err != nil {
		return nil, nil, err
	}
	f, err := newFormula(s, in)
	if err == nil {
		loss, logits = f.objective(s.parts())
		err = f.err
	}
	if err != nil {
		return nil, nil, fmt.Errorf("objective %s: %w", s.name(), err)
	}
	return loss, logits, nil
}

// objective goes from the features to the loss: what every part of the objective
// changes of softmax cross-entropy, in the order of the parts.
func (f *formula) objective(parts []part) (loss, z *G.Node) {
	h, cosine := f.H, false
	for _, p := range parts {
		if p.features != nil {
			h = p.features(f, h)
		}
		cosine = cosine || p.cosine
	}
	if cosine {
		z = f.product(f.unitRows(h), f.unitColumns(f.W))
	} else {
		z = f.product(h, f.W)
	}
	z = f.withBias(z)
	for _, p := range parts {
		if p.transform != nil {
			z = p.transform(f, p.spec, z)
		}
	}
	first := parts[0]
	if first.criterion != nil {
		loss = first.criterion(f, first.spec, z)
	} else {
		loss = f.crossEntropy(f.T, z)
	}
	for _, p := range parts {
		if p.penalty != nil {
			loss = f.plus(loss, p.penalty(f, p.spec, z))
		}
	}
	if first.spec.TimesTau {
		loss = f.scale(first.spec.Tau, loss)
	}
	return loss, z
}

// formula is the vocabulary the objectives are written in. The first error
// sticks: later terms are skipped, and Build reports it.
type formula struct {
	Inputs
	n, K    int
	element tensor.Dtype
	next    int // number of the next operation of ours in this graph
	err     error
}

func newFormula(s Spec, in Inputs) (*formula, error) {
	want := func(name string, x *G.Node, rows, columns int) error {
		if x == nil {
			return fmt.Errorf("input %s is missing", name)
		}
		if got := x.Shape(); got.Dims() != 2 || got[0] != rows || got[1] != columns {
			return fmt.Errorf("input %s has shape %v, want (%d, %d)", name, got, rows, columns)
		}
		if x.Dtype() != in.H.Dtype() {
			return fmt.Errorf("input %s has elements of type %v, H has %v", name, x.Dtype(), in.H.Dtype())
		}
		return nil
	}
	if in.H == nil || in.W == nil || in.H.Shape().Dims() != 2 || in.W.Shape().Dims() != 2 {
		return nil, fmt.Errorf("inputs H and W have to be matrices")
	}
	n, d, k := in.H.Shape()[0], in.H.Shape()[1], in.W.Shape()[1]
	f := &formula{Inputs: in, n: n, K: k, element: in.H.Dtype()}
	if f.element != tensor.Float32 && f.element != tensor.Float64 {
		return nil, fmt.Errorf("elements of type %v, want float32 or float64", f.element)
	}
	err := want("W", in.W, d, k)
	if err == nil {
		err = want("B", in.B, 1, k)
	}
	if err == nil {
		err = want("T", in.T, n, k)
	}
	if err == nil && s.Keep > 0 {
		err = want("Mask", in.Mask, n, d)
	}
	return f, err
}

// do applies a gorgonia function unless an earlier term failed.
func (f *formula) do(apply func() (*G.Node, error)) *G.Node {
	if f.err != nil {
		return nil
	}
	x, err := apply()
	f.err = err
	return x
}

// number returns a fresh number for an operation of ours.
func (f *formula) number() int {
	f.next++
	return f.next
}

// constant is c as a scalar of the graph's element type. gorgonia merges
// constants by their printed form, which is exact for scalars (not for tensors,
// so there are none here).
func (f *formula) constant(c float64) *G.Node {
	if f.element == tensor.Float32 {
		return G.NewConstant(float32(c))
	}
	return G.NewConstant(c)
}

// product is the matrix product ab.
func (f *formula) product(a, b *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return G.Mul(a, b) })
}

// times is the element-wise product.
func (f *formula) times(a, b *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return G.HadamardProd(a, b) })
}

// scale is ca for a number c.
func (f *formula) scale(c float64, a *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return G.HadamardProd(a, f.constant(c)) })
}

// plus is a + b of one shape.
func (f *formula) plus(a, b *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return G.Add(a, b) })
}

// minus is a - b of one shape.
func (f *formula) minus(a, b *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return G.Sub(a, b) })
}

// shift is a + c for a number c.
func (f *formula) shift(a *G.Node, c float64) *G.Node {
	return f.do(func() (*G.Node, error) { return G.Add(a, f.constant(c)) })
}

// square is the element-wise square.
func (f *formula) square(a *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return G.Square(a) })
}

// sum adds up all elements of a matrix.
func (f *formula) sum(a *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return G.Sum(a) })
}

// batchMean sums over classes and averages over the batch: (1/n) Σ_i Σ_k a_ik.
func (f *formula) batchMean(a *G.Node) *G.Node {
	return f.scale(1/float64(f.n), f.sum(a))
}

// withBias adds the bias to every row.
func (f *formula) withBias(z *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return G.BroadcastAdd(z, f.B, nil, []byte{0}) })
}

// crossEntropy is the batch mean of -Σ_k t_k log softmax(z)_k.
func (f *formula) crossEntropy(t, z *G.Node) *G.Node {
	return f.scale(-1, f.batchMean(f.times(t, f.logSoftmax(z))))
}

func (f *formula) logSoftmax(z *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return operation.LogSoftmax(f.number(), z) })
}

func (f *formula) softplus(z *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return operation.Softplus(f.number(), z) })
}

// unitRows divides every row by its norm; a zero row stays zero.
func (f *formula) unitRows(x *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return operation.UnitRows(f.number(), x) })
}

// unitColumns divides every column by its norm; a zero column stays zero.
func (f *formula) unitColumns(x *G.Node) *G.Node {
	return f.do(func() (*G.Node, error) { return operation.UnitColumns(f.number(), x) })
}
