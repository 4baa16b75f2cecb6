// Package idx reads and writes arrays of unsigned bytes in the file format of MNIST.
package idx

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Array is an array of unsigned bytes.
type Array struct {
	Dims []int   // outermost first
	Data []uint8 // row-major, as long as the product of Dims
}

// most bounds the contents of a file that is read: 60,000 images of 28×28 fit.
const most = 64 << 20

// Read reads one array of unsigned bytes, gzip-compressed or not. It
// refuses any other element type, more than 64 MiB, and a length other than the
// header says.
func Read(r io.Reader) (Array, error) {
	var magic [2]byte
	if _, err := io.ReadFull(r, magic[:]); err != nil {
		return Array{}, bad("no header: %w", err)
	}
	r = io.MultiReader(bytes.NewReader(magic[:]), r)
	if magic == [2]byte{0x1f, 0x8b} {
		z, err := gzip.NewReader(r)
		if err != nil {
			return Array{}, bad("bad gzip header: %w", err)
		}
		r = z
	}
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return Array{}, bad("no header: %w", err)
	}
	if head[0] != 0 || head[1] != 0 || head[2] != 8 {
		return Array{}, bad("header % x: want 00 00 08 (unsigned bytes) and the number of dimensions", head)
	}
	if head[3] < 1 || head[3] > 4 {
		return Array{}, bad("%d dimensions: want 1 to 4", head[3])
	}
	x := Array{Dims: make([]int, head[3])}
	size := 1
	for i := range x.Dims {
		var b [4]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return Array{}, bad("dimension %d is missing: %w", i, err)
		}
		d := binary.BigEndian.Uint32(b[:])
		if d == 0 || uint64(size)*uint64(d) > most {
			return Array{}, bad("dimension %d is %d: want 1 to %d bytes in all", i, d, most)
		}
		x.Dims[i] = int(d)
		size *= int(d)
	}
	// One byte more than announced tells a file that is too long, and closes
	// gzip's checksum when there is none. Reading in pieces keeps a lying header
	// from claiming memory that the file does not fill.
	data, err := io.ReadAll(io.LimitReader(r, int64(size)+1))
	if err != nil {
		return Array{}, bad("after %d of %d bytes: %w", len(data), size, err)
	}
	if len(data) != size {
		return Array{}, bad("dimensions %v announce %d bytes, the file has %s", x.Dims, size, atLeast(len(data), size))
	}
	x.Data = data
	return x, nil
}

func atLeast(got, want int) string {
	if got > want {
		return "more"
	}
	return fmt.Sprint(got)
}

// ErrFormat is the kind of every error of Read.
var ErrFormat = errors.New("not a usable IDX file")

func bad(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrFormat, fmt.Errorf(format, args...))
}

// Header is what stands in a file before the data of an array with these dimensions.
func Header(dims ...int) []byte {
	b := []byte{0, 0, 8, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
	}
	return b
}
