package train

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
)

// The binary form of Weights: the magic, a version, six lengths, then the
// numbers, little endian. Nothing follows.
const (
	weightsMagic   = "lxwghts\n"
	weightsVersion = 1
	weightsHeader  = len(weightsMagic) + 4 + 6*4
	epochBytes     = 8 + 8 + 4
	// maxReason bounds the text of Diverged.
	maxReason = 1 << 10
)

// MarshalBinary encodes the weights; the same weights give the same bytes.
func (w Weights) MarshalBinary() ([]byte, error) {
	if err := w.check(); err != nil {
		return nil, err
	}
	if len(w.Diverged) > maxReason || !utf8.ValidString(w.Diverged) {
		return nil, errors.New("weights: the reason of divergence is not a short text")
	}
	b := append([]byte(nil), weightsMagic...)
	b = binary.LittleEndian.AppendUint32(b, weightsVersion)
	for _, n := range []int{len(w.Theta), len(w.Stats), len(w.W), len(w.B), len(w.Epochs), len(w.Diverged)} {
		if n > math.MaxInt32 {
			return nil, fmt.Errorf("weights: %d elements are more than the format holds", n)
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	for _, x := range [][]float32{w.Theta, w.Stats, w.W, w.B} {
		for _, v := range x {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	for _, e := range w.Epochs {
		if e.Zero < 0 || e.Zero > math.MaxInt32 {
			return nil, fmt.Errorf("weights: %d zero features in a pass", e.Zero)
		}
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Loss))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Top1))
		b = binary.LittleEndian.AppendUint32(b, uint32(e.Zero))
	}
	return append(b, w.Diverged...), nil
}

// UnmarshalBinary decodes what MarshalBinary wrote. The bytes may be anybody's:
// the lengths are held against the size of the data before anything is allocated,
// and weights that do not fit together or are not finite are an error.
func (w *Weights) UnmarshalBinary(data []byte) error {
	if len(data) < weightsHeader || string(data[:len(weightsMagic)]) != weightsMagic {
		return errors.New("weights: not a weights file")
	}
	d := decoder{data[len(weightsMagic):]}
	if v := d.uint32(); v != weightsVersion {
		return fmt.Errorf("weights: version %d, this program reads %d", v, weightsVersion)
	}
	var lengths [6]int
	for i := range lengths {
		lengths[i] = int(d.uint32())
	}
	want := uint64(epochBytes)*uint64(lengths[4]) + uint64(lengths[5])
	for _, n := range lengths[:4] {
		want += 4 * uint64(n)
	}
	if want != uint64(len(d.rest)) {
		return fmt.Errorf("weights: %d bytes of numbers where the header says %d", len(d.rest), want)
	}
	if lengths[5] > maxReason {
		return fmt.Errorf("weights: a reason of divergence of %d bytes", lengths[5])
	}
	var out Weights
	for i, x := range []*[]float32{&out.Theta, &out.Stats, &out.W, &out.B} {
		*x = d.floats(lengths[i])
	}
	for range lengths[4] {
		e := Epoch{Loss: math.Float64frombits(d.uint64()), Top1: math.Float64frombits(d.uint64()), Zero: int(d.uint32())}
		if math.IsNaN(e.Loss-e.Loss) || !(e.Top1 >= 0 && e.Top1 <= 1) || e.Zero > math.MaxInt32 {
			return errors.New("weights: a training curve that is not finite")
		}
		out.Epochs = append(out.Epochs, e)
	}
	out.Diverged = string(d.rest)
	if !utf8.ValidString(out.Diverged) {
		return errors.New("weights: the reason of divergence is not text")
	}
	if err := out.check(); err != nil {
		return err
	}
	*w = out
	return nil
}

// decoder reads numbers off the front of its bytes, whose length was checked.
type decoder struct{ rest []byte }

func (d *decoder) uint32() uint32 {
	v := binary.LittleEndian.Uint32(d.rest)
	d.rest = d.rest[4:]
	return v
}

func (d *decoder) uint64() uint64 {
	v := binary.LittleEndian.Uint64(d.rest)
	d.rest = d.rest[8:]
	return v
}

func (d *decoder) floats(n int) []float32 {
	if n == 0 {
		return nil
	}
	x := make([]float32, n)
	for i := range x {
		x[i] = math.Float32frombits(d.uint32())
	}
	return x
}
