package train

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
)

// The binary form of Weights: the magic, a version, seven lengths, then the
// numbers, little endian. Nothing follows.
const (
	weightsMagic   = "lxwghts\n"
	weightsVersion = 2
	weightsLengths = 7 // of Theta, Stats, W, B, Epochs, Checkpoints, Diverged
	weightsHeader  = len(weightsMagic) + 4 + weightsLengths*4
	epochBytes     = 8 + 8 + 4 + 8 + 4
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
	for _, n := range []int{len(w.Theta), len(w.Stats), len(w.W), len(w.B), len(w.Epochs), len(w.Checkpoints), len(w.Diverged)} {
		if n > math.MaxInt32 {
			return nil, fmt.Errorf("weights: %d elements are more than the format holds", n)
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	b = appendFloats(b, w.Theta, w.Stats, w.W, w.B)
	for _, c := range w.Checkpoints {
		b = binary.LittleEndian.AppendUint32(b, uint32(c.Pass))
		b = appendFloats(b, c.Theta, c.Stats, c.W, c.B)
	}
	for _, e := range w.Epochs {
		if err := e.check(); err != nil {
			return nil, err
		}
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Loss))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Top1))
		b = binary.LittleEndian.AppendUint32(b, uint32(e.Zero))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.ValidationTop1))
		b = binary.LittleEndian.AppendUint32(b, uint32(e.Validated))
	}
	return append(b, w.Diverged...), nil
}

func appendFloats(b []byte, vectors ...[]float32) []byte {
	for _, x := range vectors {
		for _, v := range x {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	return b
}

// check reports a point of a curve that the format does not hold or that is none.
func (e Epoch) check() error {
	switch {
	case math.IsNaN(e.Loss - e.Loss):
		return errors.New("weights: a training curve that is not finite")
	case !(e.Top1 >= 0 && e.Top1 <= 1) || !(e.ValidationTop1 >= 0 && e.ValidationTop1 <= 1):
		return fmt.Errorf("weights: accuracies of %v and %v in a pass", e.Top1, e.ValidationTop1)
	case e.Zero < 0 || e.Zero > math.MaxInt32 || e.Validated < 0 || e.Validated > math.MaxInt32:
		return fmt.Errorf("weights: %d zero features and %d validation images in a pass", e.Zero, e.Validated)
	}
	return nil
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
	var lengths [weightsLengths]int
	for i := range lengths {
		lengths[i] = int(d.uint32())
	}
	network, epochs, checkpoints, reason := lengths[:4], lengths[4], lengths[5], lengths[6]
	var floats uint64 // of one network; four lengths below 2³² cannot overflow it
	for _, n := range network {
		floats += 4 * uint64(n)
	}
	size := uint64(len(d.rest))
	if floats > size || uint64(checkpoints) > size/4 {
		return fmt.Errorf("weights: %d bytes of numbers where the header says more", size)
	}
	want := floats + uint64(checkpoints)*(4+floats) + uint64(epochBytes)*uint64(epochs) + uint64(reason)
	if want != size {
		return fmt.Errorf("weights: %d bytes of numbers where the header says %d", size, want)
	}
	if reason > maxReason {
		return fmt.Errorf("weights: a reason of divergence of %d bytes", reason)
	}
	var out Weights
	for i, x := range []*[]float32{&out.Theta, &out.Stats, &out.W, &out.B} {
		*x = d.floats(network[i])
	}
	for range checkpoints {
		c := Checkpoint{Pass: int(d.uint32())}
		for i, x := range []*[]float32{&c.Theta, &c.Stats, &c.W, &c.B} {
			*x = d.floats(network[i])
		}
		out.Checkpoints = append(out.Checkpoints, c)
	}
	for range epochs {
		e := Epoch{
			Loss: math.Float64frombits(d.uint64()), Top1: math.Float64frombits(d.uint64()), Zero: int(d.uint32()),
			ValidationTop1: math.Float64frombits(d.uint64()), Validated: int(d.uint32()),
		}
		if err := e.check(); err != nil {
			return err
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
		x[i] = math.Float32frombits(binary.LittleEndian.Uint32(d.rest[4*i:]))
	}
	d.rest = d.rest[4*n:]
	return x
}
