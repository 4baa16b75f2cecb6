package arrays

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Named is an array to be written: of F32 if it has Floats, of I64 if it has Ints, of U8
// if it has Bytes.
type Named struct {
	Name   string
	Shape  []int // outermost first
	Floats []float32
	Ints   []int64
	Bytes  []uint8
}

// dtype is the element type, or why there is none. Without elements it is F32.
func (a Named) dtype() (dtype, error) {
	name, kinds := "F32", 0
	for _, k := range []struct {
		name string
		has  bool
	}{{"F32", a.Floats != nil}, {"I64", a.Ints != nil}, {"U8", a.Bytes != nil}} {
		if k.has {
			name = k.name
			kinds++
		}
	}
	if kinds > 1 {
		return dtype{}, fmt.Errorf("array %q has more than one of floats, integers and bytes", a.Name)
	}
	return dtypes[name], nil
}

// check returns the layout, or why the array cannot be written.
func (a Named) check() (layout, error) {
	d, err := a.dtype()
	if err != nil {
		return layout{}, err
	}
	l, e := newLayout(d, binary.LittleEndian, a.Shape, false)
	if e != nil {
		return layout{}, e.of(a.Name).in("array to be written")
	}
	if n := len(a.Floats) + len(a.Ints) + len(a.Bytes); n != l.count {
		return layout{}, fmt.Errorf("array %q has %d elements, its shape %v has %d", a.Name, n, a.Shape, l.count)
	}
	return l, nil
}

// WriteSafetensors writes arrays and texts as a safetensors file. The same arrays
// in any order give the same bytes: integers come before floats, these before bytes, and then one name
// before the next, as the reference implementation orders them. Metadata may be nil.
func WriteSafetensors(w io.Writer, arrays []Named, metadata map[string]string) error {
	arrays = slices.Clone(arrays)
	slices.SortStableFunc(arrays, func(a, b Named) int {
		return cmp.Or(cmp.Compare(a.place(), b.place()), strings.Compare(a.Name, b.Name))
	})
	var header bytes.Buffer
	header.WriteByte('{')
	if len(metadata) > 0 {
		writeText(&header, metadataKey)
		separator := ":{"
		for _, key := range slices.Sorted(maps.Keys(metadata)) {
			if !utf8.ValidString(key) || !utf8.ValidString(metadata[key]) {
				return fmt.Errorf("metadata %q is not UTF-8", key)
			}
			header.WriteString(separator)
			writeText(&header, key)
			header.WriteByte(':')
			writeText(&header, metadata[key])
			separator = ","
		}
		header.WriteByte('}')
	}
	var offset int64
	seen := map[string]bool{}
	for _, a := range arrays {
		switch {
		case a.Name == "" || a.Name == metadataKey || !utf8.ValidString(a.Name):
			return fmt.Errorf("an array cannot be named %q", a.Name)
		case seen[a.Name]:
			return fmt.Errorf("two arrays are named %q", a.Name)
		}
		l, err := a.check()
		if err != nil {
			return err
		}
		if len(seen) > 0 || len(metadata) > 0 {
			header.WriteByte(',')
		}
		seen[a.Name] = true
		writeText(&header, a.Name)
		lengths := strings.ReplaceAll(strings.Trim(fmt.Sprint(a.Shape), "[]"), " ", ",")
		fmt.Fprintf(&header, `:{"dtype":"%s","shape":[%s],"data_offsets":[%d,%d]}`, l.dtype.name, lengths, offset, offset+l.bytes())
		offset += l.bytes()
	}
	header.WriteByte('}')
	for header.Len()%8 != 0 { // so that the data is aligned
		header.WriteByte(' ')
	}
	if header.Len() > maxHeader {
		return fmt.Errorf("a header of %d bytes is more than is read again (%d)", header.Len(), maxHeader)
	}
	out := bufio.NewWriterSize(w, chunk)
	length := binary.LittleEndian.AppendUint64(nil, uint64(header.Len()))
	if _, err := out.Write(append(length, header.Bytes()...)); err != nil {
		return err
	}
	for _, a := range arrays {
		if err := a.write(out); err != nil {
			return err
		}
	}
	return out.Flush()
}

// place is that of the element type in a file: the wider first.
func (a Named) place() int {
	switch {
	case a.Ints != nil:
		return 0
	case a.Bytes != nil:
		return 2
	}
	return 1
}

// writeText writes a JSON string.
func writeText(b *bytes.Buffer, s string) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	b.Truncate(b.Len() - 1) // the encoder's line end
}

// WriteNPY writes one array as NumPy's save does, version 1.0. Its name is not part
// of the format.
func WriteNPY(w io.Writer, a Named) error {
	l, err := a.check()
	if err != nil {
		return err
	}
	lengths := make([]string, len(a.Shape))
	for i, n := range a.Shape {
		lengths[i] = strconv.Itoa(n)
	}
	shape := strings.Join(lengths, ", ")
	if len(lengths) == 1 {
		shape += ","
	}
	descr := map[string]string{"F32": "<f4", "I64": "<i8", "U8": "|u1"}[l.dtype.name]
	dict := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", descr, shape)
	// The data begins at a multiple of 64 bytes, the dictionary ends a line, and
	// spaces let a longer first length be written over it, as in NumPy.
	const before, alignment, growth = len(npyMagic) + 2 + 2, 64, 21
	if len(lengths) > 0 {
		dict += strings.Repeat(" ", max(0, growth-len(lengths[0])))
	}
	dict += strings.Repeat(" ", alignment-(before+len(dict)+1)%alignment) + "\n"
	out := bufio.NewWriterSize(w, chunk)
	head := append([]byte(npyMagic), 1, 0)
	head = binary.LittleEndian.AppendUint16(head, uint16(len(dict)))
	if _, err := out.Write(append(head, dict...)); err != nil {
		return err
	}
	if err := a.write(out); err != nil {
		return err
	}
	return out.Flush()
}

// write writes the elements, little endian.
func (a Named) write(w *bufio.Writer) error {
	var b [8]byte
	for _, v := range a.Floats {
		binary.LittleEndian.PutUint32(b[:], math.Float32bits(v))
		if _, err := w.Write(b[:4]); err != nil {
			return err
		}
	}
	for _, v := range a.Ints {
		binary.LittleEndian.PutUint64(b[:], uint64(v))
		if _, err := w.Write(b[:]); err != nil {
			return err
		}
	}
	_, err := w.Write(a.Bytes)
	return err
}
