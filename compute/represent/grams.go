package represent

import (
	"fmt"

	"lossxfer-report/compute/kernel"
)

// Grams holds, for every layer of one network and every minibatch of images, the
// U-centred Gram matrix of the activations: all that linear CKA with other networks
// needs. With K = XXᵀ whose diagonal is set to 0, the U-centred matrix (Székely and
// Rizzo 2014) is
//
//	K̃ᵢⱼ = Kᵢⱼ − Σₗ Kᵢₗ/(n−2) − Σₗ Kₗⱼ/(n−2) + Σₗₘ Kₗₘ/((n−1)(n−2)),  i ≠ j,
//
// and the unbiased estimator HSIC₁ of Song et al. (2012) is a sum of products,
//
//	HSIC₁(K, L) = Σ_{i≠j} K̃ᵢⱼ L̃ᵢⱼ / (n(n−3)),
//
// the same number as their formula with three terms.
type Grams struct {
	Layers    []string
	Minibatch int
	// Centred[b] is the minibatch b: layers × n(n−1)/2, the part above the diagonal
	// row by row.
	Centred  [][]float64
	Diverged string // why there is nothing
}

// leastMinibatch is the fewest images HSIC₁ is defined for.
const leastMinibatch = 4

// NewGrams prepares for the named layers and minibatches of n images.
func NewGrams(layers []string, n int) (*Grams, error) {
	if n < leastMinibatch {
		return nil, fmt.Errorf("represent: minibatches of %d images; HSIC₁ needs at least %d", n, leastMinibatch)
	}
	return &Grams{Layers: layers, Minibatch: n}, nil
}

// Add appends a minibatch: one matrix n×p of activations for each layer, p being
// whatever it is. The products are in float32, everything after in float64.
func (g *Grams) Add(activations [][]float32) error {
	if len(activations) != len(g.Layers) {
		return fmt.Errorf("represent: activations of %d layers for %d", len(activations), len(g.Layers))
	}
	return g.AddEach(func(layer int) ([]float32, error) { return activations[layer], nil })
}

// AddEach is Add for activations that are not all in memory at once: read is asked for
// one layer after the other.
func (g *Grams) AddEach(read func(layer int) ([]float32, error)) error {
	n := g.Minibatch
	pairs := n * (n - 1) / 2
	centred := make([]float64, len(g.Layers)*pairs)
	gram := make([]float32, n*n)
	sums := make([]float64, n)
	for l, layer := range g.Layers {
		x, err := read(l)
		if err != nil {
			return err
		}
		p := len(x) / n
		if p == 0 || len(x) != n*p {
			return fmt.Errorf("represent: %d activations of layer %s are not those of %d images", len(x), layer, n)
		}
		kernel.Sgram(n, p, x, p, gram, n)
		centreGram(centred[l*pairs:(l+1)*pairs], gram, sums)
	}
	g.Centred = append(g.Centred, centred)
	return nil
}

// centreGram writes the U-centred Gram matrix to out, reading above the diagonal of gram
// only. sums is room for n numbers.
func centreGram(out []float64, gram []float32, sums []float64) {
	n := len(sums)
	clear(sums)
	at := 0
	for i := range n {
		row := gram[i*n+i+1 : (i+1)*n]
		columns := sums[i+1:][:len(row)]
		to := out[at:][:len(row)]
		sum := sums[i]
		for j, v := range row {
			w := float64(v)
			to[j] = w
			sum += w
			columns[j] += w
		}
		sums[i] = sum
		at += len(row)
	}
	total := 0.0
	for _, s := range sums {
		total += s
	}
	// Half of the last term goes to each of the two examples.
	half := total / (2 * float64(n-1) * float64(n-2))
	for i := range sums {
		sums[i] = sums[i]/float64(n-2) - half
	}
	at = 0
	for i := range n {
		columns := sums[i+1:]
		to := out[at:][:len(columns)]
		own := sums[i]
		for j, s := range columns {
			to[j] -= own + s
		}
		at += len(to)
	}
}

// products is HSIC₁ of every layer of g (rows) with every layer of other (columns),
// summed over minibatches and up to the factor 2/(n(n−3)) that CKA cancels.
func (g *Grams) products(other *Grams) []float64 {
	pairs := g.Minibatch * (g.Minibatch - 1) / 2
	rows, cols := len(g.Layers), len(other.Layers)
	sum := make([]float64, rows*cols)
	for b, mine := range g.Centred {
		kernel.Dgemm(false, true, rows, cols, pairs, 1, mine, pairs, other.Centred[b], pairs, 1, sum, cols)
	}
	return sum
}

// own is HSIC₁ of every layer with itself, like products.
func (g *Grams) own() []float64 {
	out := make([]float64, len(g.Layers))
	pairs := g.Minibatch * (g.Minibatch - 1) / 2
	for _, mine := range g.Centred {
		for l := range out {
			one := mine[l*pairs : (l+1)*pairs]
			out[l] += kernel.BLAS{}.Ddot(pairs, one, 1, one, 1)
		}
	}
	return out
}

// product computes C = A·Bᵀ for rows of A (m×k) and B (n×k).
func product(c, a, b []float64, m, n, k int) {
	kernel.Dgemm(false, true, m, n, k, 1, a, k, b, k, 0, c, n)
}
