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

func TestWeightsCodec(t *testing.T) {
	for _, w := range []Weights{someWeights(), {Diverged: "the loss is NaN at step 3 of 9", Epochs: []Epoch{{Loss: 2}}}} {
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
	for name, w := range map[string]Weights{"NaN": nan, "diverged with weights": both, "sizes": odd, "empty": {}, "reason": long} {
		if _, err := w.MarshalBinary(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	b, _ := someWeights().MarshalBinary()
	for name, at := range map[string]int{"magic": 0, "version": 8, "length": 12, "huge length": 15} {
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
	f.Add(good)
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
