package arrays

import "io"

// chunk is how many bytes of an array are held before they are decoded.
const chunk = 1 << 18

// run is a piece of an array's storage: its elements are those numbered at,
// at+stride, at+2·stride, … of the rows asked for, in C order.
type run struct {
	raw        []byte
	at, stride int
}

// rows visits the elements of rows [from, to) in the order in which they are
// stored.
func (l layout) rows(p payload, from, to int, visit func(run) *Error) *Error {
	read := func(buffer []byte, off int64) error { return p.readAt(buffer, off) }
	return l.walk(read, from, to, visit)
}

// all visits every element in the order in which they are stored, and holds the
// data against its checksum if there is one.
func (l layout) all(p payload, visit func(run) *Error) *Error {
	r, err := p.whole()
	if err != nil {
		return because(err, mendCopy, "cannot be read")
	}
	defer r.Close()
	read := func(buffer []byte, _ int64) error {
		_, err := io.ReadFull(r, buffer)
		return short(err)
	}
	n := 1
	if len(l.shape) > 0 {
		n = l.shape[0]
	}
	if e := l.walk(read, 0, n, visit); e != nil {
		return e
	}
	// The byte that must not be there makes the archive check its sum.
	switch n, err := io.ReadFull(r, make([]byte, 1)); {
	case n > 0:
		return wrong(mendCopy, "has more data than its shape %v says", l.shape)
	case err != io.EOF:
		return because(err, mendCopy, "is damaged")
	}
	return nil
}

// walk reads rows [from, to) piece by piece.
func (l layout) walk(read func([]byte, int64) error, from, to int, visit func(run) *Error) *Error {
	if l.count == 0 || from == to {
		return nil
	}
	row, length, pieces, stride := l.row(), to-from, 1, 1
	var outer *columns
	if l.fortran {
		// Each of the row's elements is a column of the file.
		pieces, stride = row, row
		outer = newColumns(l.shape[1:])
	} else {
		length *= row
		from *= row
	}
	size := l.dtype.size
	buffer := make([]byte, min(chunk/size, length)*size)
	for piece := range pieces {
		first, off := 0, int64(from)*int64(size)
		if l.fortran {
			first = outer.next()
			off += int64(piece) * int64(l.shape[0]) * int64(size)
		}
		for done := 0; done < length; {
			n := min(len(buffer)/size, length-done)
			raw := buffer[:n*size]
			if err := read(raw, off+int64(done)*int64(size)); err != nil {
				return because(err, mendCopy, "cannot be read")
			}
			if e := visit(run{raw, first + done*stride, stride}); e != nil {
				return e
			}
			done += n
		}
	}
	return nil
}

// columns counts through the elements of a row in Fortran order and says where
// each stands in C order.
type columns struct {
	shape, index, step []int
	at                 int
}

func newColumns(shape []int) *columns {
	c := &columns{shape, make([]int, len(shape)), make([]int, len(shape)), 0}
	step := 1
	for d := len(shape) - 1; d >= 0; d-- {
		c.step[d] = step
		step *= shape[d]
	}
	return c
}

func (c *columns) next() int {
	at := c.at
	for d := range c.shape {
		c.index[d]++
		c.at += c.step[d]
		if c.index[d] < c.shape[d] {
			break
		}
		c.at -= c.step[d] * c.shape[d]
		c.index[d] = 0
	}
	return at
}
