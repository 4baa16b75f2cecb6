package idx

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// idxFile is an IDX file with any header and data.
func idxFile(kind byte, dims []uint32, data ...byte) []byte {
	b := []byte{0, 0, kind, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, d)
	}
	return append(b, data...)
}

func zipped(b []byte) []byte {
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	w.Write(b)
	w.Close()
	return z.Bytes()
}

func TestRead(t *testing.T) {
	file := idxFile(8, []uint32{2, 1, 3}, 1, 2, 3, 4, 5, 255)
	want := Array{Dims: []int{2, 1, 3}, Data: []byte{1, 2, 3, 4, 5, 255}}
	for _, b := range [][]byte{file, zipped(file)} {
		got, err := Read(bytes.NewReader(b))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, %v", got, err)
		}
	}
}

func TestReadErrors(t *testing.T) {
	good := idxFile(8, []uint32{2, 2}, 1, 2, 3, 4)
	damaged := zipped(good)
	damaged[len(damaged)-5] ^= 1 // in the checksum
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"empty", "no header", nil},
		{"cut in the header", "no header", good[:3]},
		{"cut in the dimensions", "dimension 1 is missing", good[:9]},
		{"floats", "unsigned bytes", idxFile(0x0d, []uint32{1}, 0)},
		{"not IDX", "unsigned bytes", []byte("hello, world")},
		{"no dimension", "0 dimensions", idxFile(8, nil)},
		{"five dimensions", "5 dimensions", idxFile(8, []uint32{1, 1, 1, 1, 1}, 0)},
		{"a dimension of 0", "dimension 0 is 0", idxFile(8, []uint32{0})},
		{"too large", "dimension 1 is 65536", idxFile(8, []uint32{65536, 65536})},
		{"overflowing", "dimension 3", idxFile(8, []uint32{60000, 28, 28, 1 << 31})},
		{"short", "announce 4 bytes, the file has 3", good[:len(good)-1]},
		{"long", "announce 4 bytes, the file has more", append(good, 9)},
		{"damaged", "after 4 of 4 bytes", damaged},
		{"cut gzip", "bad gzip header", zipped(good)[:6]},
	} {
		_, err := Read(bytes.NewReader(c.file))
		if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one that says %q", c.name, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	good := idxFile(8, []uint32{2, 2}, 1, 2, 3, 4)
	f.Add(good)
	f.Add(zipped(good))
	f.Add(idxFile(8, []uint32{60000, 28, 28}))
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := Read(bytes.NewReader(b))
		if err != nil {
			if !errors.Is(err, ErrFormat) {
				t.Fatalf("%v is not an ErrFormat", err)
			}
			return
		}
		size := 1
		for _, d := range x.Dims {
			size *= d
		}
		if size != len(x.Data) || size > most {
			t.Fatalf("dimensions %v with %d bytes", x.Dims, len(x.Data))
		}
		// What was read can be written and read again.
		dims := make([]uint32, len(x.Dims))
		for i, d := range x.Dims {
			dims[i] = uint32(d)
		}
		again, err := Read(bytes.NewReader(idxFile(8, dims, x.Data...)))
		if err != nil || !reflect.DeepEqual(x, again) {
			t.Fatalf("a second reading gives %v, %v", again, err)
		}
	})
}
