// Package objective is the paper's nine training objectives, equations (1) to
// (9), each in a file of its own as a gorgonia expression over the penultimate
// features H, the final layer's weights W and bias b, and the one-hot targets T.
// gorgonia differentiates them; the tests hold values and gradients against
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
	// loss builds the scalar loss and the logits in the vocabulary of formula.
	loss func(f *formula, s Spec) (loss, logits *G.Node)
	// score turns z = Wh + b of one example into the logits the softmax sees;
	// nil leaves them as they are.
	score func(z []float64, s Spec)
	// cosine says that z is made of cosine similarities instead of products.
	cosine bool
	// bias is the initial value of every class's bias; nil is 0.
	bias func(classes int) float64
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
