package arrays

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// kind says how an element's bits are to be understood.
type kind int

const (
	foreign kind = iota // an element type that is measured but not read
	float
	signed
	unsigned
	boolean
)

// dtype is an element type under its safetensors name.
type dtype struct {
	name string
	size int // bytes of one element
	kind kind
}

// dtypes are all element types of the safetensors format that fill whole bytes.
// Those that are foreign are known so that a file which holds one beside arrays of
// use can still be measured.
var dtypes = map[string]dtype{
	"F16": {"F16", 2, float}, "BF16": {"BF16", 2, float}, "F32": {"F32", 4, float}, "F64": {"F64", 8, float},
	"I8": {"I8", 1, signed}, "I16": {"I16", 2, signed}, "I32": {"I32", 4, signed}, "I64": {"I64", 8, signed},
	"U8": {"U8", 1, unsigned}, "U16": {"U16", 2, unsigned}, "U32": {"U32", 4, unsigned}, "U64": {"U64", 8, unsigned},
	"BOOL":    {"BOOL", 1, boolean},
	"F8_E4M3": {"F8_E4M3", 1, foreign}, "F8_E5M2": {"F8_E5M2", 1, foreign}, "F8_E8M0": {"F8_E8M0", 1, foreign},
	"F8_E4M3FNUZ": {"F8_E4M3FNUZ", 1, foreign}, "F8_E5M2FNUZ": {"F8_E5M2FNUZ", 1, foreign},
	"C64": {"C64", 8, foreign},
}

// maxDims is NumPy's greatest number of dimensions.
const maxDims = 64

// layout is what a header says of one array.
type layout struct {
	dtype   dtype
	order   binary.ByteOrder
	shape   []int
	fortran bool // the first index runs fastest
	count   int  // elements: the product of shape
}

// newLayout multiplies the shape out, refusing what no file can hold.
func newLayout(d dtype, order binary.ByteOrder, shape []int, fortran bool) (layout, *Error) {
	if len(shape) > maxDims {
		return layout{}, wrong(mendWrite, "%d dimensions, more than %d", len(shape), maxDims)
	}
	count, empty := uint64(1), false
	for _, n := range shape {
		if n < 0 {
			return layout{}, wrong(mendWrite, "shape %v has a negative length", shape)
		}
		if n == 0 {
			empty = true
			continue
		}
		over, product := bits.Mul64(count, uint64(n))
		if over != 0 || product > math.MaxInt64/16 {
			return layout{}, wrong(mendWrite, "shape %v has more elements than a file can hold", shape)
		}
		count = product
	}
	if empty {
		count = 0
	}
	if count > math.MaxInt/16 {
		return layout{}, wrong("use a 64-bit machine", "shape %v has more elements than this machine can address", shape)
	}
	return layout{d, order, shape, fortran && len(shape) > 1, int(count)}, nil
}

// bytes is the size of the array's data.
func (l layout) bytes() int64 { return int64(l.count) * int64(l.dtype.size) }

// row is how many elements share one first index; 1 for a single number.
func (l layout) row() int {
	switch {
	case l.count == 0:
		return 0
	case len(l.shape) == 0:
		return 1
	}
	return l.count / l.shape[0]
}

func (l layout) little() bool { return l.order == binary.LittleEndian }
