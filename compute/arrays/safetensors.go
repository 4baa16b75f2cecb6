package arrays

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// maxHeader bounds the header of a safetensors file. The format allows 100 MB; a
// hundred thousand arrays fit into this.
const maxHeader = 16 << 20

// metadataKey is the name in the header that is no array.
const metadataKey = "__metadata__"

// tensor is what the header says of one array, before it is checked.
type tensor struct {
	name       string
	dtype      string
	shape      []int
	begin, end int64 // bytes after the header
}

// openSafetensors reads the header: its length in eight bytes, little endian, and
// a JSON object. The arrays must fill the rest of the file without hole or overlap,
// as the format demands.
func (f *File) openSafetensors(r io.ReaderAt, size int64) *Error {
	var length [8]byte
	if _, err := r.ReadAt(length[:], 0); err != nil {
		return because(short(err), mendCopy, "cannot be read")
	}
	n := binary.LittleEndian.Uint64(length[:])
	if n > maxHeader {
		return wrong(mendCopy, "the header is said to have %d bytes, more than %d", n, maxHeader)
	}
	if int64(n) > size-8 {
		return wrong(mendCopy, "the header is said to have %d bytes, the file has %d after its first 8", n, size-8)
	}
	header := make([]byte, n)
	if _, err := r.ReadAt(header, 8); err != nil && err != io.EOF {
		return because(err, mendCopy, "the header cannot be read")
	}
	tensors, e := f.parseHeader(header)
	if e != nil {
		return e
	}
	start := 8 + int64(n)
	slices.SortFunc(tensors, func(a, b tensor) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.end, b.end), cmp.Compare(a.name, b.name))
	})
	var filled int64
	for _, t := range tensors {
		if t.begin < filled {
			return wrong(mendWrite, "data_offsets [%d, %d] overlap the array before", t.begin, t.end).of(t.name)
		}
		if t.begin > filled {
			return wrong(mendWrite, "data_offsets [%d, %d] leave a hole after %d", t.begin, t.end, filled).of(t.name)
		}
		filled = t.end
		if filled > size-start {
			return wrong(mendCopy, "data_offsets [%d, %d] lie beyond the file's %d bytes of data: it is cut off", t.begin, t.end, size-start).of(t.name)
		}
		d, known := dtypes[t.dtype]
		if !known {
			return wrong(mendFloat, "elements of type %q are unknown", t.dtype).of(t.name)
		}
		l, e := newLayout(d, binary.LittleEndian, t.shape, false)
		if e != nil {
			return e.of(t.name)
		}
		if got := t.end - t.begin; got != l.bytes() {
			return wrong(mendWrite, "shape %v of %s is %d bytes, data_offsets [%d, %d] hold %d", t.shape, t.dtype, l.bytes(), t.begin, t.end, got).of(t.name)
		}
		entry := &entry{layout: l, data: plain{r, start + t.begin, l.bytes()}}
		if d.kind == foreign {
			entry.bad = wrong(mendFloat, "elements of type %s are not read", d.name)
		}
		f.entries[t.name] = entry
	}
	if filled != size-start {
		return wrong(mendCopy, "%d bytes follow the last array", size-start-filled)
	}
	return nil
}

// parseHeader reads the JSON object. It goes token by token, because a decoder
// into a map keeps the last of two equal names silently.
func (f *File) parseHeader(header []byte) ([]tensor, *Error) {
	if !utf8.Valid(header) {
		return nil, wrong(mendCopy, "the header is not UTF-8")
	}
	d := &headerDecoder{json.NewDecoder(bytes.NewReader(header))}
	d.UseNumber()
	var out []tensor
	seen := map[string]bool{}
	e := d.object(func(name string) *Error {
		if seen[name] {
			return wrong(mendWrite, "two arrays have this name").of(name)
		}
		seen[name] = true
		if name == metadataKey {
			f.metadata = map[string]string{}
			return d.object(func(key string) *Error {
				if _, twice := f.metadata[key]; twice {
					return wrong(mendWrite, "%s has %q twice", metadataKey, key)
				}
				value, e := d.text()
				f.metadata[key] = value
				return e
			})
		}
		t, e := d.tensor(name)
		out = append(out, t)
		if e != nil {
			return e.of(name)
		}
		return nil
	})
	if e != nil {
		return nil, e
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, wrong(mendCopy, "the header has something after its object")
	}
	return out, nil
}

// headerDecoder reads the JSON of a header, in which everything has one place.
type headerDecoder struct{ *json.Decoder }

func (d *headerDecoder) token() (json.Token, *Error) {
	t, err := d.Token()
	if err != nil {
		return nil, because(short(err), mendCopy, "the header is no JSON")
	}
	return t, nil
}

// object calls field for each name, which reads the value.
func (d *headerDecoder) object(field func(name string) *Error) *Error {
	if e := d.delim('{'); e != nil {
		return e
	}
	for d.More() {
		name, e := d.text()
		if e == nil {
			e = field(name)
		}
		if e != nil {
			return e
		}
	}
	return d.delim('}')
}

func (d *headerDecoder) delim(want json.Delim) *Error {
	t, e := d.token()
	if e == nil && t != want {
		e = wrong(mendWrite, "the header has %v where %v is wanted", t, want)
	}
	return e
}

func (d *headerDecoder) text() (string, *Error) {
	t, e := d.token()
	s, ok := t.(string)
	if e == nil && !ok {
		e = wrong(mendWrite, "the header has %v where a text is wanted", t)
	}
	return s, e
}

// integers reads a list of non-negative integers.
func (d *headerDecoder) integers(most int) ([]int64, *Error) {
	if e := d.delim('['); e != nil {
		return nil, e
	}
	out := []int64{}
	for d.More() {
		t, e := d.token()
		if e != nil {
			return nil, e
		}
		number, _ := t.(json.Number)
		v, err := strconv.ParseInt(number.String(), 10, 64)
		if err != nil || v < 0 {
			return nil, wrong(mendWrite, "the header has %v where an integer of 0 or more is wanted", t)
		}
		if len(out) == most {
			return nil, wrong(mendWrite, "the header has a list of more than %d integers", most)
		}
		out = append(out, v)
	}
	return out, d.delim(']')
}

func (d *headerDecoder) tensor(name string) (tensor, *Error) {
	t := tensor{name: name}
	seen := map[string]bool{}
	e := d.object(func(field string) (e *Error) {
		if seen[field] {
			return wrong(mendWrite, "the header says %s twice", field)
		}
		seen[field] = true
		switch field {
		case "dtype":
			t.dtype, e = d.text()
		case "shape":
			var lengths []int64
			lengths, e = d.integers(maxDims)
			t.shape = make([]int, len(lengths))
			for i, n := range lengths {
				if n > math.MaxInt {
					return wrong("use a 64-bit machine", "a length of %d is more than this machine can address", n)
				}
				t.shape[i] = int(n)
			}
		case "data_offsets":
			var at []int64
			at, e = d.integers(2)
			if e == nil && (len(at) != 2 || at[0] > at[1]) {
				return wrong(mendWrite, "data_offsets %v: a begin and an end not before it are wanted", at)
			}
			if e == nil {
				t.begin, t.end = at[0], at[1]
			}
		default:
			e = wrong(mendWrite, "the header says %q, which the format does not know", field)
		}
		return e
	})
	if e == nil && len(seen) != 3 {
		e = wrong(mendWrite, "the header lacks one of dtype, shape and data_offsets")
	}
	return t, e
}
