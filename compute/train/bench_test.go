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

// benchmarkStep is one step of glyphnet with 43 classes and batches of 32.
func benchmarkStep(b *testing.B, spec objective.Spec, without bool) {
	source := data.Source{Name: "latin43", Split: data.Train, PerClass: 4}
	set, err := source.Load(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	trunk, err := net.New(net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1}, 32)
	if err != nil {
		b.Fatal(err)
	}
	var n network = trunk
	if without {
		n = idle{trunk}
	}
	s := latinModel(spec, 4, 1).Schedule
	s.ClipNorm = 5
	f, err := newFitting(n, decaying(trunk.Params()), set, spec, s, 1)
	if err != nil {
		b.Fatal(err)
	}
	f.batches.startPass(0)
	f.mask = f.batches.move
	for i := 0; b.Loop(); i++ {
		if _, err := f.step(i, i%f.perPass); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(32*float64(b.N)/b.Elapsed().Seconds(), "images/s")
}

// BenchmarkStep is a whole training step; BenchmarkWithoutTrunk is the part of
// it that is not the network: graph, objective, optimiser, images.
func BenchmarkStep(b *testing.B)         { eachObjective(b, false) }
func BenchmarkWithoutTrunk(b *testing.B) { eachObjective(b, true) }

func eachObjective(b *testing.B, without bool) {
	for _, spec := range []objective.Spec{softmax, {Name: "sigmoid"}, {Name: "cosine_softmax", Tau: 0.1}, {Name: "squared_error", Kappa: 3, M: 10, Scale: 6}} {
		b.Run(spec.Name, func(b *testing.B) { b.ReportAllocs(); benchmarkStep(b, spec, without) })
	}
}
