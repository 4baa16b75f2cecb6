// Package objective is the paper's nine training objectives, equations (1) to
// (9), each in a file of its own as a gorgonia expression over the penultimate
// features H, the final layer's weights W and bias b, and the targets T, which are
// one-hot or, under mixup, mixed of two classes. Two of them can be combined (Table
// C.4). gorgonia differentiates them; the tests hold values and gradients against
// PyTorch and against finite differences.
//
// Shapes and the paper's letters: a batch has n examples, features have d
// dimensions (the paper's M; M here is the target logit of squared error), there
// are K classes. H is n×d, W is d×K (the paper's W transposed), b is 1×K, and the
// logits z = HW + b and the targets T are n×K. Every objective is the mean over
// the batch of the paper's per-example loss, plus any term in W alone.
package objective

import (
	"cmp"
	"slices"

	G "gorgonia.org/gorgonia"
)

// definition is what one objective's file says about it.
type definition struct {
	name     string // as in paper.toml and the published tables
	label    string // as in the paper's text
	equation int    // number in the paper
	position int    // place in the paper's tables, from 1
	takes    []hyperparameter
	// The rest is what the objective changes of softmax cross-entropy, from the
	// features to the loss; Spec.Build and Spec.Logits put it together.

	// features is what the final layer gets of the features h; nil is h.
	features func(f *formula, h *G.Node) *G.Node
	// cosine says that z is made of cosine similarities instead of products.
	cosine bool
	// transform turns z = Wh + b into the logits the loss sees, and score does the
	// same for one example outside a graph; nil leaves them as they are.
	transform func(f *formula, s Spec, z *G.Node) *G.Node
	score     func(z []float64, s Spec)
	// criterion is the loss of the logits; nil is softmax cross-entropy.
	criterion func(f *formula, s Spec, z *G.Node) *G.Node
	// penalty is added to the loss of the logits; nil is none.
	penalty func(f *formula, s Spec, z *G.Node) *G.Node
	// bias is the initial value of every class's bias; nil is 0.
	bias func(classes int) float64

	// second is what the objective is called as the second part of a combination
	// (Table C.4): "dropout". Empty: it cannot be one.
	second string
	// combines says that it can be the first part of a combination.
	combines bool
}

// hyperparameter is one number of an objective: its key in paper.toml, the
// symbol in the paper, where it lives in a Spec, its open range, and the value
// of the released code (Table A.1), for error messages.
type hyperparameter struct {
	key, symbol string
	of          func(*Spec) *float64
	low, high   float64 // low < value < high; value = high allowed if closed
	closed      bool
	published   string
}

var definitions = map[string]*definition{}

// register adds one objective; each file calls it once from a package variable.
func register(d definition) *definition {
	if definitions[d.name] != nil {
		panic("objective: " + d.name + " registered twice")
	}
	definitions[d.name] = &d
	return &d
}

// ordered returns the definitions in the order of the paper's tables.
func ordered() []*definition {
	ds := make([]*definition, 0, len(definitions))
	for _, d := range definitions {
		ds = append(ds, d)
	}
	slices.SortFunc(ds, func(a, b *definition) int { return cmp.Compare(a.position, b.position) })
	return ds
}

// Names lists the objectives in the order of the paper's tables.
func Names() []string {
	ds := ordered()
	names := make([]string, len(ds))
	for i, d := range ds {
		names[i] = d.name
	}
	return names
}
