package finetune

import (
	"fmt"

	"lossxfer-report/compute/probe"
)

// Point is what is chosen: a learning rate with a weight decay. The decay is divided
// by the rate before it is applied.
type Point struct{ LearningRate, WeightDecay float64 }

// Grid is the points to choose from: every learning rate with no weight decay and with
// every weight decay. Values are spaced evenly in their logarithm of base 10, both ends
// included. The paper has 8 rates and 8 decays; its bounds are lost.
type Grid struct {
	Rates             int
	RateLow, RateHigh float64 `json:",omitempty"` // exponents of ten
	// Decays are the weight decays besides none.
	Decays              int     `json:",omitempty"`
	DecayLow, DecayHigh float64 `json:",omitempty"`
}

// LearningRates lists the rates in increasing order.
func (g Grid) LearningRates() ([]float64, error) {
	v, err := probe.LogSpaced(g.Rates, g.RateLow, g.RateHigh)
	if err != nil {
		return nil, fmt.Errorf("finetune: learning rates: %w", err)
	}
	return v, nil
}

// WeightDecays lists the decays in increasing order; the first is 0.
func (g Grid) WeightDecays() ([]float64, error) {
	if g.Decays == 0 {
		return []float64{0}, nil
	}
	v, err := probe.LogSpaced(g.Decays, g.DecayLow, g.DecayHigh)
	if err != nil {
		return nil, fmt.Errorf("finetune: weight decays: %w", err)
	}
	return append([]float64{0}, v...), nil
}

// Points lists the points, rates in increasing order, for each of them decays in
// increasing order.
func (g Grid) Points() ([]Point, error) {
	rates, err := g.LearningRates()
	if err != nil {
		return nil, err
	}
	decays, err := g.WeightDecays()
	if err != nil {
		return nil, err
	}
	var points []Point
	for _, r := range rates {
		for _, d := range decays {
			points = append(points, Point{r, d})
		}
	}
	return points, nil
}
