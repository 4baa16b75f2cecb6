package train

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"
)

func someWeights() Weights {
	return Weights{
		Theta: []float32{1, -2, 3.5}, Stats: []float32{0.25}, W: []float32{1, 2, 3, 4}, B: []float32{-1, 0},
		Epochs: []Epoch{{Loss: 2.5, Top1: 0.25, Zero: 3}, {Loss: 1.5, Top1: 0.5}},
	}
}

// watchedWeights is of a run that was monitored and kept checkpoints.
func watchedWeights() Weights {
	w := someWeights()
	w.Epochs = []Epoch{{Loss: 2.5, ValidationTop1: 0.125, Validated: 8}, {Loss: 2, Validated: 8}, {Loss: 1, ValidationTop1: 1, Validated: 8}}
	for _, p := range []int{1, 2} {
		v := float32(p)
		w.Checkpoints = append(w.Checkpoints, Checkpoint{p, []float32{v, 2, 3}, []float32{-v}, []float32{4, v, 6, 7}, []float32{0, v}})
	}
	return w
}

func TestWeightsCodec(t *testing.T) {
	for _, w := range []Weights{someWeights(), watchedWeights(), {Diverged: "the loss is NaN at step 3 of 9", Epochs: []Epoch{{Loss: 2}}}} {
		b, err := w.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var got Weights
		if err := got.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(got, w) {
			t.Errorf("decoded %+v, %v; want %+v", got, err, w)
		}
		for n := range b {
			if err := got.UnmarshalBinary(b[:n]); err == nil {
				t.Fatalf("%d of %d bytes were decoded", n, len(b))
			}
		}
		if err := got.UnmarshalBinary(append(b, 0)); err == nil {
			t.Error("bytes after the end were accepted")
		}
	}
}

func TestWeightsCodecRefuses(t *testing.T) {
	nan := someWeights()
	nan.W[1] = float32(math.NaN())
	both := someWeights()
	both.Diverged = "yes"
	odd := someWeights()
	odd.W = odd.W[:3]
	long := Weights{Diverged: strings.Repeat("x", maxReason+1)}
	change := func(f func(w *Weights)) Weights {
		w := watchedWeights()
		f(&w)
		return w
	}
	for name, w := range map[string]Weights{
		"NaN": nan, "diverged with weights": both, "sizes": odd, "empty": {}, "reason": long,
		"diverged with checkpoints": {Diverged: "yes", Checkpoints: []Checkpoint{{Pass: 1}}},
		"NaN in a checkpoint":       change(func(w *Weights) { w.Checkpoints[1].Stats[0] = nan.W[1] }),
		"order of checkpoints":      change(func(w *Weights) { w.Checkpoints[1].Pass = 1 }),
		"checkpoint after the end":  change(func(w *Weights) { w.Checkpoints[1].Pass = 4 }),
		"another network":           change(func(w *Weights) { w.Checkpoints[0].B = nil }),
		"accuracy":                  change(func(w *Weights) { w.Epochs[0].ValidationTop1 = 1.5 }),
		"count":                     change(func(w *Weights) { w.Epochs[0].Validated = -1 }),
	} {
		if _, err := w.MarshalBinary(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	b, _ := watchedWeights().MarshalBinary()
	for name, at := range map[string]int{"magic": 0, "version": 8, "length": 12, "huge length": 15, "checkpoints": 32, "huge checkpoints": 35} {
		c := bytes.Clone(b)
		c[at] ^= 0x7f
		if err := new(Weights).UnmarshalBinary(c); err == nil {
			t.Errorf("%s changed: no error", name)
		}
	}
}

func FuzzWeights(f *testing.F) {
	good, _ := someWeights().MarshalBinary()
	diverged, _ := Weights{Diverged: "x"}.MarshalBinary()
	watched, _ := watchedWeights().MarshalBinary()
	f.Add(good)
	f.Add(watched)
	f.Add(diverged)
	f.Add([]byte(weightsMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		var w Weights
		if w.UnmarshalBinary(data) != nil {
			return
		}
		again, err := w.MarshalBinary()
		if err != nil || !bytes.Equal(again, data) {
			t.Errorf("what was decoded encodes to other bytes: %v", err)
		}
	})
}
