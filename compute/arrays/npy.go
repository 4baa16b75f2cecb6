package arrays

import (
	"encoding/binary"
	"errors"
	"io"
	"path/filepath"
	"strings"
)

const npyMagic = "\x93NUMPY"

// maxNPYHeader bounds the header of a .npy array; NumPy itself trusts 10,000 bytes.
const maxNPYHeader = 1 << 16

// openNPY reads a file of one array.
func (f *File) openNPY(r io.ReaderAt, size int64) *Error {
	l, header, bad, e := readNPYHeader(io.NewSectionReader(r, 0, size))
	if e == nil {
		e = bad
	}
	if e != nil {
		return e
	}
	if e := l.fills(size - header); e != nil {
		return e
	}
	name := strings.TrimSuffix(filepath.Base(f.path), ".npy")
	f.entries[name] = &entry{layout: l, data: plain{r, header, l.bytes()}}
	return nil
}

// fills holds the size of the data against the shape.
func (l layout) fills(data int64) *Error {
	switch want := l.bytes(); {
	case data < want:
		return wrong(mendCopy, "shape %v of %s is %d bytes, the file has %d of them: it is cut off", l.shape, l.dtype.name, want, data)
	case data > want:
		return wrong("save one array per .npy file", "%d bytes follow the array of shape %v", data-want, l.shape)
	}
	return nil
}

// readNPYHeader reads magic, version, length and the dictionary, and returns how
// many bytes these are. bad is why a header that is well formed tells of an array
// that is not read here; e is why the header cannot be used at all.
func readNPYHeader(r io.Reader) (l layout, size int64, bad, e *Error) {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return l, 0, nil, because(short(err), mendCopy, "the .npy header cannot be read")
	}
	if string(head[:6]) != npyMagic {
		return l, 0, nil, wrong(mendCopy, "does not begin as .npy does")
	}
	length := make([]byte, 4)
	switch major, minor := head[6], head[7]; {
	case minor == 0 && major == 1:
		length = length[:2]
	case minor == 0 && (major == 2 || major == 3):
	default:
		return l, 0, nil, wrong(mendWrite, "is .npy of version %d.%d; 1.0, 2.0 and 3.0 are known", major, minor)
	}
	if _, err := io.ReadFull(r, length); err != nil {
		return l, 0, nil, because(short(err), mendCopy, "the .npy header cannot be read")
	}
	n := int64(binary.LittleEndian.Uint16(length))
	if len(length) == 4 {
		n = int64(binary.LittleEndian.Uint32(length))
	}
	if n > maxNPYHeader {
		return l, 0, nil, wrong(mendCopy, "the .npy header is said to have %d bytes, more than %d", n, maxNPYHeader)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return l, 0, nil, because(short(err), mendCopy, "the .npy header cannot be read")
	}
	d, err := parseNPYHeader(string(text))
	if err != nil {
		return l, 0, nil, because(err, mendWrite, "the .npy header cannot be understood")
	}
	size = int64(len(head)+len(length)) + n
	if d.structured || strings.ContainsAny(d.descr, "OV") {
		return l, size, wrong("save it as numbers, for example with numpy.asarray(x, dtype=numpy.float32)",
			"holds Python objects or records, which would have to be unpickled"), nil
	}
	element, order, err := npyDType(d.descr)
	if err != nil {
		return l, size, because(err, mendFloat, "cannot be read"), nil
	}
	l, e = newLayout(element, order, d.shape, d.fortran)
	return l, size, nil, e
}

// npyDTypes are the element types of NumPy that are read, without byte order.
var npyDTypes = map[string]string{
	"f2": "F16", "f4": "F32", "f8": "F64",
	"i1": "I8", "i2": "I16", "i4": "I32", "i8": "I64",
	"u1": "U8", "u2": "U16", "u4": "U32", "u8": "U64",
	"b1": "BOOL",
}

// npyDType understands a descr such as "<f4".
func npyDType(descr string) (dtype, binary.ByteOrder, error) {
	if len(descr) < 2 {
		return dtype{}, nil, errors.New("element type " + quote(descr) + " is unknown")
	}
	d, known := dtypes[npyDTypes[descr[1:]]]
	if !known {
		return dtype{}, nil, errors.New("elements of type " + quote(descr) + " are no plain numbers")
	}
	switch {
	case descr[0] == '>':
		return d, binary.BigEndian, nil
	case descr[0] == '<', descr[0] == '|' && d.size == 1:
		return d, binary.LittleEndian, nil
	}
	return dtype{}, nil, errors.New("element type " + quote(descr) + " has no byte order")
}
