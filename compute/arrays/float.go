package arrays

import (
	"encoding/binary"
	"math"
)

// floats decodes elements into dst[0], dst[stride], dst[2·stride], … It returns
// the number of the first element that float32 cannot hold, or -1.
func (l layout) floats(raw []byte, dst []float32, stride int) int {
	at := 0
	switch l.dtype.name {
	case "F32":
		for ; len(raw) >= 4; raw = raw[4:] {
			dst[at] = math.Float32frombits(l.order.Uint32(raw))
			at += stride
		}
	case "F16":
		for ; len(raw) >= 2; raw = raw[2:] {
			dst[at] = half(l.order.Uint16(raw))
			at += stride
		}
	case "BF16":
		for ; len(raw) >= 2; raw = raw[2:] {
			dst[at] = math.Float32frombits(uint32(l.order.Uint16(raw)) << 16)
			at += stride
		}
	case "F64":
		for i := 0; len(raw) >= 8; i, raw = i+1, raw[8:] {
			v := math.Float64frombits(l.order.Uint64(raw))
			f := float32(v)
			if math.IsInf(float64(f), 0) && !math.IsInf(v, 0) {
				return i
			}
			dst[at] = f
			at += stride
		}
	}
	return -1
}

// littleFloats is floats for the commonest case, without an interface call per
// element.
func littleFloats(raw []byte, dst []float32) {
	for i := range dst {
		dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
}

// half converts an IEEE 754 binary16 number. Every one is a float32.
func half(h uint16) float32 {
	sign := uint32(h&0x8000) << 16
	exponent := uint32(h>>10) & 0x1f
	fraction := uint32(h & 0x3ff)
	switch exponent {
	case 0: // zero or subnormal: fraction·2⁻²⁴, exactly
		v := float32(fraction) * 0x1p-24
		return math.Float32frombits(math.Float32bits(v) | sign)
	case 0x1f: // infinity or not a number
		return math.Float32frombits(sign | 0x7f800000 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+127-15)<<23 | fraction<<13)
}

// notFinite returns the number of the first element that is an infinity or not a
// number, or -1.
func (l layout) notFinite(raw []byte) int {
	size := l.dtype.size
	for i := 0; len(raw) >= size; i, raw = i+1, raw[size:] {
		var all bool // the exponent's bits are all ones
		switch l.dtype.name {
		case "F32":
			all = l.order.Uint32(raw)&0x7f800000 == 0x7f800000
		case "F16":
			all = l.order.Uint16(raw)&0x7c00 == 0x7c00
		case "BF16":
			all = l.order.Uint16(raw)&0x7f80 == 0x7f80
		case "F64":
			all = l.order.Uint64(raw)&(0x7ff<<52) == 0x7ff<<52
		}
		if all {
			return i
		}
	}
	return -1
}
