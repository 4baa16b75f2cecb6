package compute_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/represent"
	"lossxfer-report/compute/train"
)

// FuzzDecodeResult gives the decoder of results anything: what it takes is what a task's
// result is encoded to, byte for byte, and nothing makes it panic.
func FuzzDecodeResult(f *testing.F) {
	for _, v := range []any{probe.KNNResult{Accuracy: 0.5}, probe.KNNSensitivityResult{Accuracy: [][]float64{{1, 2}}}, represent.SeparationResult{}, predict.CurveResult{}, nil, []int{}} {
		b, err := json.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	if b, err := new(train.Weights).MarshalBinary(); err == nil {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		exact[probe.KNNResult](t, b)
		exact[probe.KNNSensitivityResult](t, b)
		exact[represent.SeparationResult](t, b)
		exact[predict.CurveResult](t, b)
		exact[*train.Weights](t, b)
		exact[map[string]float64](t, b)
	})
}

func exact[T any](t *testing.T, b []byte) {
	t.Helper()
	v, err := compute.Decode[T](b)
	if err != nil {
		return
	}
	if again, err := compute.Encode(v); err != nil || !bytes.Equal(again, b) {
		t.Errorf("%T: %q decodes and encodes to %q, %v", v, b, again, err)
	}
}
