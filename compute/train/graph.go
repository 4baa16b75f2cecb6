package train

import (
	"errors"
	"fmt"
	"runtime"

	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/objective/operation"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Every product of matrices goes through our own kernels, whose bits do not
// depend on the CPU. Registering while the program starts keeps it free of races.
func init() { kernel.RegisterBLAS() }

// trunk is what the graph needs of a network: features of a batch, and the
// gradient with respect to its parameters for the last batch. *net.Trunk has it.
type trunk interface {
	// Forward computes n×d features h from n images x with parameters theta.
	Forward(x []float32, n int, theta, h []float32) error
	// Backward overwrites dtheta with the gradient of the last Forward.
	Backward(dh, dtheta []float32) error
}

// graph is one training run's gorgonia graph and machine: the loss of a batch as
// a function of the trunk's parameters θ and of the final layer's W and b. The
// whole trunk is one operation, H = Trunk(x, θ); the objective on top of it is a
// gorgonia expression, and gorgonia derives the gradient.
//
// The exported names of gorgonia stay inside this file: the rest of the package
// fills slices, calls run, and reads slices.
type graph struct {
	x, targets, mask []float32 // inputs: n×pixels images, n×K targets, n×d dropout mask (nil without dropout)
	loss             float64   // results of the last run
	logits           []float32 // n×K
	zero             int       // feature vectors of the last run that were all zero

	lossValue G.Value
	machine   interface {
		G.VM
		Reset()
	}
}

// shape is the size of a run's graph.
type shape struct{ batch, pixels, features, classes int }

// newGraph builds the graph. The values and gradients of θ, W (features×classes)
// and b are the slices of the given parameters, which the graph reads and writes
// in place.
func newGraph(t trunk, spec objective.Spec, s shape, theta, w, b *parameters) (*graph, error) {
	r := &graph{
		x:       make([]float32, s.batch*s.pixels),
		targets: make([]float32, s.batch*s.classes),
		logits:  make([]float32, s.batch*s.classes),
	}
	g := G.NewGraph()
	leaf := func(name string, data []float32, dims ...int) *G.Node {
		v := tensor.New(tensor.WithShape(dims...), tensor.WithBacking(data))
		return G.NewTensor(g, tensor.Float32, len(dims), G.WithShape(dims...), G.WithName(name), G.WithValue(v))
	}
	x := leaf("x", r.x, s.batch, s.pixels)
	θ := leaf("theta", theta.value, len(theta.value))
	in := objective.Inputs{
		W: leaf("W", w.value, s.features, s.classes),
		B: leaf("b", b.value, 1, s.classes),
		T: leaf("T", r.targets, s.batch, s.classes),
	}
	if spec.Keep > 0 {
		r.mask = make([]float32, s.batch*s.features)
		in.Mask = leaf("mask", r.mask, s.batch, s.features)
	}
	var err error
	if in.H, err = r.features(t, s, x, θ, theta.gradient); err != nil {
		return nil, err
	}
	loss, logits, err := spec.Build(in)
	if err != nil {
		return nil, err
	}
	grads, err := G.Grad(loss, θ, in.W, in.B)
	if err != nil {
		return nil, fmt.Errorf("differentiating objective %s: %w", spec.Name, err)
	}
	// Read copies a node's value at the moment it is computed; later operations
	// may overwrite it. Into a tensor that is there already it allocates nothing.
	read := func(n *G.Node, data []float32, dims ...int) {
		var v G.Value = tensor.New(tensor.WithShape(dims...), tensor.WithBacking(data))
		G.Read(n, &v)
	}
	G.Read(loss, &r.lossValue)
	read(logits, r.logits, s.batch, s.classes)
	read(grads[1], w.gradient, s.features, s.classes)
	read(grads[2], b.gradient, 1, s.classes)
	r.machine = G.NewTapeMachine(g)
	// gorgonia gives its machine a finalizer, which does nothing but for CUDA. What has one
	// and is reachable from itself, as the machine is through the operation of the trunk, is
	// never freed: every run would leave its network and its parameters behind.
	runtime.SetFinalizer(r.machine, nil)
	return r, nil
}

// features adds H = Trunk(x, θ) to the graph. The derivative declares H as an
// input, though it does not read it, so that nothing overwrites it before then.
// It writes to gradient itself: nothing in the graph comes after it, so the long
// vector need not be copied out.
func (r *graph) features(t trunk, s shape, x, θ *G.Node, gradient []float32) (*G.Node, error) {
	h := tensor.Shape{s.batch, s.features}
	forward := func(out []float32, in [][]float32) error {
		if err := t.Forward(in[0], s.batch, in[1], out); err != nil {
			return err
		}
		r.zero = zeroRows(out, s.features)
		return nil
	}
	backward := func(out []float32, in [][]float32) error { return t.Backward(in[2], out) }
	derive := func(inputs G.Nodes, output, grad *G.Node) (G.Nodes, error) {
		d := operation.New("trunk-gradient", 0, []tensor.Shape{θ.Shape(), h, h}, θ.Shape(), backward, nil, nil, nil)
		d.WriteTo(gradient)
		dθ, err := G.ApplyOp(d, inputs[1], output, grad)
		return G.Nodes{nil, dθ}, err
	}
	o := operation.New("trunk", 0, []tensor.Shape{x.Shape(), θ.Shape()}, h, forward, nil, []bool{false, true}, derive)
	return G.ApplyOp(o, x, θ)
}

// run computes loss, logits and gradients for the inputs as they are now.
func (r *graph) run() error {
	if err := r.machine.RunAll(); err != nil {
		return err
	}
	r.machine.Reset()
	loss, ok := r.lossValue.Data().(float32)
	if !ok {
		return errors.New("the loss is not a scalar")
	}
	r.loss = float64(loss)
	return nil
}

// close releases the machine.
func (r *graph) close() error { return r.machine.Close() }

// zeroRows counts the rows of an n×d matrix that count as zero vectors: their
// cosine similarity to everything is 0.
func zeroRows(h []float32, d int) int {
	count := 0
	for at := 0; at < len(h); at += d {
		if operation.IsZero(h[at : at+d]) {
			count++
		}
	}
	return count
}
