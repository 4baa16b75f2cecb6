package train

import (
	"testing"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
)

// idle is a network that computes nothing: what is left of a step's time is the
// graph, the optimiser and the images.
type idle struct{ network }

func (idle) Forward(_ []float32, _ int, _, h []float32) error {
	for i := range h {
		h[i] = float32(i%7) + 1
	}
	return nil
}
func (idle) Backward(_, _ []float32) error      { return nil }
func (idle) UpdateStats(_ []float32, _ float32) {}

// prepared is a run of glyphnet with 43 classes and batches of 32, gradient
// clipping and an average of the weights.
func prepared(b *testing.B, spec objective.Spec, wrap func(network) network) *fitting {
	source := data.Source{Name: "latin43", Split: data.Train, PerClass: 4}
	set, err := source.Load(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	trunk, err := net.New(net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1}, 32)
	if err != nil {
		b.Fatal(err)
	}
	s := latinModel(spec, 4, 1).Schedule
	s.ClipNorm = 5
	f, err := newFitting(wrap(trunk), decaying(trunk.Params()), set, spec, s, 1)
	if err != nil {
		b.Fatal(err)
	}
	f.batches.startPass(0)
	return f
}

func eachObjective(b *testing.B, wrap func(network) network, step func(f *fitting, i int) error) {
	for _, spec := range []objective.Spec{softmax, {Name: "sigmoid"}, {Name: "cosine_softmax", Tau: 0.1}, {Name: "squared_error", Kappa: 3, M: 10, Scale: 6}} {
		b.Run(spec.Name, func(b *testing.B) {
			b.ReportAllocs()
			f := prepared(b, spec, wrap)
			for i := 0; b.Loop(); i++ {
				if err := step(f, i); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func whole(f *fitting, i int) error {
	_, err := f.step(i, i%f.perPass)
	return err
}

func withoutTrunk(n network) network { return idle{n} }

// BenchmarkStep is a whole training step of 32 images.
func BenchmarkStep(b *testing.B) {
	eachObjective(b, func(n network) network { return n }, whole)
}

// BenchmarkWithoutTrunk is what of a step is not the network: graph, objective,
// optimiser, images.
func BenchmarkWithoutTrunk(b *testing.B) { eachObjective(b, withoutTrunk, whole) }

// BenchmarkGraph is gorgonia's part of a step: the final layer, the objective and
// their gradients.
func BenchmarkGraph(b *testing.B) {
	eachObjective(b, withoutTrunk, func(f *fitting, _ int) error { return f.graph.run() })
}

// BenchmarkBatch is the images of a step: standardised and shifted, under AutoAugment,
// under mixup.
func BenchmarkBatch(b *testing.B) {
	source := data.Source{Name: "latin43", Split: data.Train, PerClass: 4}
	set, err := source.Load(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for name, s := range map[string]Schedule{
		"shift": {Batch: 32, Shift: 1}, "autoaugment": {Batch: 32, Shift: 1, Augment: AutoAugment}, "mixup": {Batch: 32, Shift: 1, Mixup: 0.2},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			deal, err := newBatches(set, 1, s)
			if err != nil {
				b.Fatal(err)
			}
			x, targets := make([]float32, 32*28*28), make([]float32, 32*43)
			deal.startPass(0)
			for i := 0; b.Loop(); i++ {
				deal.fill(i%5, x, targets)
			}
		})
	}
}
