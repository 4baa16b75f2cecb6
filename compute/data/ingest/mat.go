package ingest

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// mostMAT bounds a MATLAB file and what is compressed in it: the two of Flowers are far
// smaller.
const mostMAT = 16 << 20

// Types of elements ("MAT-File Level 5 File Format", MathWorks): numbers by size and
// kind, a matrix, and a compressed element.
const (
	matInt8, matUint8   = 1, 2
	matInt16, matUint16 = 3, 4
	matInt32, matUint32 = 5, 6
	matSingle           = 7
	matDouble           = 9
	matInt64, matUint64 = 12, 13
	matMatrix           = 14
	matCompressed       = 15
)

// readMAT reads a real numeric array of whole numbers from a MATLAB file of version 5, in
// MATLAB's order. It passes over everything else.
func readMAT(r io.Reader, variable string) ([]int, error) {
	b, err := io.ReadAll(io.LimitReader(r, mostMAT+1))
	if err != nil {
		return nil, err
	}
	const head = 128
	if len(b) > mostMAT || len(b) < head {
		return nil, fmt.Errorf("%d bytes are no MATLAB file of version 5", len(b))
	}
	m := mat{order: binary.LittleEndian, rest: b[head:]}
	switch string(b[126:128]) {
	case "IM":
	case "MI":
		m.order = binary.BigEndian
	default:
		return nil, errors.New("no MATLAB file of version 5: its header names no order of bytes")
	}
	if v := m.order.Uint16(b[124:]); v != 0x0100 {
		return nil, fmt.Errorf("version %#x of the format; 0x100 is read", v)
	}
	for len(m.rest) > 0 {
		kind, data, err := m.element()
		if err != nil {
			return nil, err
		}
		if kind == matCompressed {
			if kind, data, err = m.inflate(data); err != nil {
				return nil, err
			}
		}
		if kind != matMatrix {
			continue
		}
		inner := mat{m.order, data}
		if name, v, err := inner.matrix(variable); err != nil || name == variable {
			return v, err
		}
	}
	return nil, fmt.Errorf("it has no variable %q", variable)
}

// mat is a sequence of elements.
type mat struct {
	order binary.ByteOrder
	rest  []byte
}

var errMAT = errors.New("the MATLAB file ends within an element")

// element takes the next element: its tag of eight bytes, or four with the data in the
// other four, and the data, padded to eight bytes unless compressed.
func (m *mat) element() (kind int, data []byte, err error) {
	if len(m.rest) < 8 {
		return 0, nil, errMAT
	}
	first := m.order.Uint32(m.rest)
	if small := first >> 16; small != 0 {
		if small > 4 {
			return 0, nil, fmt.Errorf("a small element of %d bytes", small)
		}
		data = m.rest[4 : 4+small]
		m.rest = m.rest[8:]
		return int(first & 0xffff), data, nil
	}
	n := uint64(m.order.Uint32(m.rest[4:]))
	m.rest = m.rest[8:]
	if n > uint64(len(m.rest)) {
		return 0, nil, errMAT
	}
	data, m.rest = m.rest[:n], m.rest[n:]
	if pad := -n & 7; first != matCompressed {
		m.rest = m.rest[min(pad, uint64(len(m.rest))):]
	}
	return int(first), data, nil
}

// inflate reads the one element of a compressed one.
func (m *mat) inflate(data []byte) (int, []byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return 0, nil, err
	}
	b, err := io.ReadAll(io.LimitReader(z, mostMAT+1))
	if err != nil {
		return 0, nil, err
	}
	if len(b) > mostMAT {
		return 0, nil, fmt.Errorf("an element has more than %d bytes", mostMAT)
	}
	inner := mat{m.order, b}
	return inner.element()
}

// matrix reads the name of an array and, if it is the one, its values.
func (m *mat) matrix(variable string) (string, []int, error) {
	_, flags, err := m.element()
	if err != nil || len(flags) < 8 {
		return "", nil, errMAT
	}
	_, dims, err := m.element()
	if err != nil {
		return "", nil, err
	}
	_, name, err := m.element()
	if err != nil || string(name) != variable {
		return string(name), nil, err
	}
	const complex, firstNumeric, lastNumeric = 1 << 11, 6, 15
	f := m.order.Uint32(flags)
	if class := f & 0xff; class < firstNumeric || class > lastNumeric || f&complex != 0 {
		return variable, nil, fmt.Errorf("variable %q is no array of real numbers", variable)
	}
	kind, data, err := m.element()
	if err != nil {
		return variable, nil, err
	}
	v, err := m.numbers(kind, data)
	if err != nil {
		return variable, nil, fmt.Errorf("variable %q: %w", variable, err)
	}
	size := uint64(1)
	for ; len(dims) >= 4; dims = dims[4:] {
		if size *= uint64(m.order.Uint32(dims)); size > mostMAT {
			break
		}
	}
	if size != uint64(len(v)) {
		return variable, nil, fmt.Errorf("variable %q has %d numbers, its dimensions say %d", variable, len(v), size)
	}
	return variable, v, nil
}

// numbers are the values of an element.
func (m *mat) numbers(kind int, data []byte) ([]int, error) {
	sizes := map[int]int{matInt8: 1, matUint8: 1, matInt16: 2, matUint16: 2, matInt32: 4, matUint32: 4, matSingle: 4, matDouble: 8, matInt64: 8, matUint64: 8}
	size, ok := sizes[kind]
	if !ok || len(data)%size != 0 {
		return nil, fmt.Errorf("%d bytes of type %d", len(data), kind)
	}
	out := make([]int, len(data)/size)
	for i := range out {
		at := data[i*size:]
		var v float64
		switch kind {
		case matInt8:
			v = float64(int8(at[0]))
		case matUint8:
			v = float64(at[0])
		case matInt16:
			v = float64(int16(m.order.Uint16(at)))
		case matUint16:
			v = float64(m.order.Uint16(at))
		case matInt32:
			v = float64(int32(m.order.Uint32(at)))
		case matUint32:
			v = float64(m.order.Uint32(at))
		case matSingle:
			v = float64(math.Float32frombits(m.order.Uint32(at)))
		case matDouble:
			v = math.Float64frombits(m.order.Uint64(at))
		case matInt64:
			v = float64(int64(m.order.Uint64(at)))
		case matUint64:
			v = float64(m.order.Uint64(at))
		}
		if v != math.Trunc(v) || math.Abs(v) > 1<<31 {
			return nil, fmt.Errorf("%v is no whole number that counts images", v)
		}
		out[i] = int(v)
	}
	return out, nil
}
