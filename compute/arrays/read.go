package arrays

import (
	"fmt"
	"slices"
)

// Float32 reads a whole array of floating-point numbers, in C order, and returns
// its shape. F16, BF16 and F32 are converted exactly; F64 is rounded to the
// nearest float32, halves to even, and a finite number that would become infinite
// is an error. Infinities and NaNs are passed on: see Finite.
func (f *File) Float32(name string) ([]float32, []int, error) {
	e, err := f.floats(name)
	if err != nil {
		return nil, nil, err
	}
	out := make([]float32, e.count)
	if bad := e.all(e.data, func(r run) *Error { return e.decode(r, out, 0) }); bad != nil {
		return nil, nil, bad.of(name).in(f.path)
	}
	return out, slices.Clone(e.shape), nil
}

// Rows reads rows [from, to) of an array of floating-point numbers into dst,
// converted as by Float32, without reading the others: dst has to-from times the
// product of all lengths but the first. Rows of a compressed .npz are inflated from
// the last row read on if they follow it, from the front otherwise; an array in
// Fortran order takes one read per column.
func (f *File) Rows(name string, from, to int, dst []float32) error {
	e, err := f.floats(name)
	if err != nil {
		return err
	}
	if len(e.shape) == 0 {
		return wrong("", "is a single number and has no rows").of(name).in(f.path)
	}
	if from < 0 || to < from || to > e.shape[0] {
		return wrong("", "rows [%d, %d) are not in its shape %v", from, to, e.shape).of(name).in(f.path)
	}
	if want := (to - from) * e.row(); len(dst) != want {
		return wrong("", "rows [%d, %d) of shape %v are %d numbers, there is room for %d", from, to, e.shape, want, len(dst)).of(name).in(f.path)
	}
	first := from * e.row()
	return e.rows(e.data, from, to, func(r run) *Error { return e.decode(r, dst, first) }).name(name, f.path)
}

// Int64 reads a whole array of integers or truth values (0 and 1), in C order, and
// returns its shape. A U64 above the greatest int64 is an error.
func (f *File) Int64(name string) ([]int64, []int, error) {
	e, err := f.entry(name)
	if err != nil {
		return nil, nil, err
	}
	if k := e.dtype.kind; k != signed && k != unsigned && k != boolean {
		return nil, nil, wrong("convert it to int64 before saving", "has elements of type %s where integers are wanted", e.dtype.name).of(name).in(f.path)
	}
	out := make([]int64, e.count)
	bad := e.all(e.data, func(r run) *Error {
		if i := e.integers(r.raw, out[r.at:], r.stride); i >= 0 {
			return wrong(mendWrite, "element %s is no int64 and no truth value", e.index(r.at+i*r.stride))
		}
		return nil
	})
	if bad != nil {
		return nil, nil, bad.of(name).in(f.path)
	}
	return out, slices.Clone(e.shape), nil
}

// Finite returns an error that names the first element, as stored, which is an
// infinity or not a number. It reads the whole array, a piece at a time, and
// thereby holds a .npz member against its checksum.
func (f *File) Finite(name string) error {
	e, err := f.floats(name)
	if err != nil {
		return err
	}
	return e.all(e.data, func(r run) *Error {
		if i := e.notFinite(r.raw); i >= 0 {
			return wrong("the network may have diverged, or the array was not filled", "element %s is not finite", e.index(r.at+i*r.stride))
		}
		return nil
	}).name(name, f.path)
}

// floats is entry for arrays of floating-point numbers.
func (f *File) floats(name string) (*entry, error) {
	e, err := f.entry(name)
	if err != nil {
		return nil, err
	}
	if e.dtype.kind != float {
		return nil, wrong(mendFloat, "has elements of type %s where floating-point numbers are wanted", e.dtype.name).of(name).in(f.path)
	}
	return e, nil
}

// decode converts a run into dst; first is the number of dst's first element in
// the array.
func (e *entry) decode(r run, dst []float32, first int) *Error {
	if e.dtype.name == "F32" && e.little() && r.stride == 1 {
		littleFloats(r.raw, dst[r.at:r.at+len(r.raw)/4])
		return nil
	}
	if i := e.floats(r.raw, dst[r.at:], r.stride); i >= 0 {
		return wrong("scale it before saving", "element %s is beyond the range of float32", e.index(first+r.at+i*r.stride))
	}
	return nil
}

// index writes the number of an element in C order as its indices.
func (l layout) index(number int) string {
	index := make([]int, len(l.shape))
	for d := len(index) - 1; d >= 0; d-- {
		index[d] = number % l.shape[d]
		number /= l.shape[d]
	}
	return fmt.Sprint(index)
}

// name is of and in, keeping nil.
func (e *Error) name(array, file string) error {
	if e == nil {
		return nil
	}
	return e.of(array).in(file)
}
