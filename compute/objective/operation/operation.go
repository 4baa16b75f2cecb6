// Package operation is our own operations inside a gorgonia graph.
//
// gorgonia differentiates the objectives; an operation here is what it either
// lacks, gets wrong, or computes through math.Exp and math.Log, whose bits
// depend on the CPU. Each has exactly one output and a symbolic derivative.
//
// Two rules of gorgonia shape the type. An operation owns its output buffer, so
// whatever its derivative needs of that output is declared as an input of the
// derivative: gorgonia may otherwise let a later in-place operation overwrite it.
// And nodes whose operations hash alike are merged into one, so every operation
// of a graph carries a number of its own.
package operation

import (
	"fmt"
	"hash"
	"hash/fnv"
	"slices"

	"github.com/chewxy/hm"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Float is the element type of a graph: float32 when training, float64 when
// gradients are checked.
type Float interface{ float32 | float64 }

// Function computes out from in; both are row-major. It must write every element
// of out (the buffer holds the last step's values) and must not keep or change in.
type Function[T Float] func(out []T, in [][]T) error

// Derive builds the gradient nodes of an operation: one per input, nil for those
// it is not differentiable in.
type Derive func(inputs G.Nodes, output, grad *G.Node) (G.Nodes, error)

// Operation is one function of vectors and matrices with one output. It is used
// by one graph on one goroutine at a time.
type Operation struct {
	name   string
	id     int
	in     []tensor.Shape
	out    tensor.Shape
	single Function[float32]
	double Function[float64]
	wrt    []bool
	derive Derive

	value *tensor.Dense
	in32  [][]float32
	in64  [][]float64
}

// New returns an operation called name with the given shapes. The id tells it
// from every other operation of the same graph. single or double may be nil where
// that precision is never used; derive may be nil for an operation that is itself
// a derivative, and wrt says which inputs it is differentiable in.
func New(name string, id int, in []tensor.Shape, out tensor.Shape, single Function[float32], double Function[float64], wrt []bool, derive Derive) *Operation {
	return &Operation{
		name: name, id: id, in: in, out: out, single: single, double: double, wrt: wrt, derive: derive,
		in32: make([][]float32, len(in)), in64: make([][]float64, len(in)),
	}
}

// Arity is part of gorgonia.Op: the number of inputs.
func (o *Operation) Arity() int { return len(o.in) }

// Type is part of gorgonia.Op: tensors of one element type, by dimension.
func (o *Operation) Type() hm.Type {
	a := hm.TypeVariable('a')
	types := make([]hm.Type, 0, len(o.in)+1)
	for _, s := range append(slices.Clone(o.in), o.out) {
		types = append(types, G.TensorType{Dims: s.Dims(), Of: a})
	}
	return hm.NewFnType(types...)
}

// InferShape is part of gorgonia.Op. A wrong input shape is an error here, when
// the graph is built, rather than a wrong number later.
func (o *Operation) InferShape(inputs ...G.DimSizer) (tensor.Shape, error) {
	for i, s := range inputs {
		if got, ok := s.(tensor.Shape); ok && !got.Eq(o.in[i]) {
			return nil, fmt.Errorf("%s: input %d has shape %v, want %v", o.name, i, got, o.in[i])
		}
	}
	return o.out.Clone(), nil
}

// Do is part of gorgonia.Op: it computes into the operation's own buffer.
func (o *Operation) Do(values ...G.Value) (G.Value, error) {
	if len(values) != len(o.in) {
		return nil, fmt.Errorf("%s: got %d inputs, want %d", o.name, len(values), len(o.in))
	}
	switch values[0].Data().(type) {
	case []float32:
		return run(o, o.single, o.in32, values)
	case []float64:
		return run(o, o.double, o.in64, values)
	}
	return nil, fmt.Errorf("%s: elements are neither float32 nor float64", o.name)
}

func run[T Float](o *Operation, f Function[T], in [][]T, values []G.Value) (G.Value, error) {
	if f == nil {
		return nil, fmt.Errorf("%s: not available in this precision", o.name)
	}
	for i, v := range values {
		data, ok := v.Data().([]T)
		if !ok || len(data) != o.in[i].TotalSize() {
			return nil, fmt.Errorf("%s: input %d is %T of shape %v, want shape %v", o.name, i, v.Data(), v.Shape(), o.in[i])
		}
		in[i] = data
	}
	if o.value == nil {
		o.value = tensor.New(tensor.WithShape(o.out.Clone()...), tensor.WithBacking(make([]T, o.out.TotalSize())))
	}
	out, ok := o.value.Data().([]T)
	if !ok {
		return nil, fmt.Errorf("%s: one operation used in two precisions", o.name)
	}
	if err := f(out, in); err != nil {
		return nil, fmt.Errorf("%s: %w", o.name, err)
	}
	return o.value, nil
}

// WriteTo makes the operation compute into a buffer of the caller's, which has as
// many elements as the output. Use it for a node that no other node reads: what
// gorgonia computes from a node may overwrite its value.
func (o *Operation) WriteTo(buffer []float32) {
	o.value = tensor.New(tensor.WithShape(o.out.Clone()...), tensor.WithBacking(buffer))
}

// ReturnsPtr is part of gorgonia.Op: false, so gorgonia plans no reuse of the output.
func (o *Operation) ReturnsPtr() bool { return false }

// CallsExtern is part of gorgonia.Op: no foreign code is called.
func (o *Operation) CallsExtern() bool { return false }

// OverwritesInput is part of gorgonia.Op: inputs stay as they are.
func (o *Operation) OverwritesInput() int { return -1 }

// WriteHash is part of gorgonia.Op: name and number, unique in the graph.
func (o *Operation) WriteHash(h hash.Hash) { fmt.Fprintf(h, "lossxfer:%s#%d", o.name, o.id) }

// Hashcode is part of gorgonia.Op.
func (o *Operation) Hashcode() uint32 {
	h := fnv.New32a()
	o.WriteHash(h)
	return h.Sum32()
}

// String is part of gorgonia.Op.
func (o *Operation) String() string { return fmt.Sprintf("%s#%d", o.name, o.id) }

// DiffWRT is part of gorgonia.SDOp.
func (o *Operation) DiffWRT(int) []bool { return o.wrt }

// SymDiff is part of gorgonia.SDOp.
func (o *Operation) SymDiff(inputs G.Nodes, output, grad *G.Node) (G.Nodes, error) {
	if o.derive == nil {
		return nil, fmt.Errorf("%s: has no derivative", o.name)
	}
	return o.derive(inputs, output, grad)
}
