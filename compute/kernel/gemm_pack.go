package kernel

import "unsafe"

// Where copying a block of B pays, and in what pieces.
const (
	directRows = 42  // rows of A up to which B is used in place
	groupCols  = 128 // columns of B gathered together
)

// padding is one cache line: copies have rows of an odd number of lines, so that they
// spread over the whole cache.
func padding[T float]() int { return 64 / size[T]() }

func size[T float]() int {
	var x T
	return int(unsafe.Sizeof(x))
}

// takeA cuts a block of A with the given number of rows into tiles no higher than the
// micro-kernel's. It uses A in place, unless the lines of a tile collide in the
// first-level cache: then it takes a copy with another stride.
func (t *block[T]) takeA(a strided[T], rows int) {
	t.a, t.rows = a, t.buf.rows[:0]
	for i := 0; i < rows; {
		h := t.kernel.height(rows - i)
		t.rows = append(t.rows, span{i, h})
		i += h
	}
	t.buf.rows = t.rows
	if a.cs == 1 {
		if collide(min(rows, t.kernel.heights[0]), a.rs*size[T]()) {
			t.a = strided[T]{t.copyRuns(a.v, a.rs, rows, t.k), t.k + padding[T](), 1}
		}
		return
	}
	// Transposed: a tile reads a line of a column once and only the next tile needs
	// it again, so losing it costs a tenth of what losing a row's line does.
	if collide(t.k/10, a.cs*size[T]()) {
		t.a = strided[T]{t.copyRuns(a.v, a.cs, t.k, rows), 1, rows + padding[T]()}
	}
}

// copyRuns copies runs of contiguous elements, stride apart, to the working memory, one
// line of padding between them.
func (t *block[T]) copyRuns(v []T, stride, runs, length int) []T {
	ld := length + padding[T]()
	t.buf.a = grow(t.buf.a, runs*ld)
	for i := range runs {
		copy(t.buf.a[i*ld:i*ld+length], v[i*stride:i*stride+length])
	}
	return t.buf.a
}

// collide says whether so many cache lines, stride bytes apart, are more than a
// first-level cache of eight ways can hold: a power of two in the stride leaves most of
// its sets, which repeat every 4096 bytes, unused.
func collide(lines, stride int) bool {
	return lines*min(stride&-stride, 4096) > 8*4096
}

// height chooses the rows of the next tile so that the tiles of a block are about
// equally high: no tile is padded, few are low.
func (kr *microKernel[T]) height(left int) int {
	most := kr.heights[0]
	even := (left + most - 1) / most
	want := (left + even - 1) / even
	best := 1
	for _, h := range kr.heights {
		if h > left {
			continue
		}
		if h < want && best > 1 {
			break
		}
		best = h
	}
	return best
}

// takeB cuts a block of B with the given number of columns into panels as wide as the
// micro-kernel's tile; rows is the number of rows of C that will use them. A copy
// gathers groups of columns, so that a panel's rows are close to each other, and pads
// the last one with zeros to a whole number of vectors.
func (t *block[T]) takeB(b strided[T], cols, rows int) {
	inPlace := b.cs == 1 && rows <= directRows && t.kernel.masked
	ld := groupCols + padding[T]()
	if !inPlace {
		groups := (cols + groupCols - 1) / groupCols
		t.buf.b = grow(t.buf.b, groups*t.k*ld)
		for g := 0; g < groups; g++ {
			width := min(groupCols, cols-g*groupCols)
			t.gather(t.buf.b[g*t.k*ld:(g+1)*t.k*ld], ld, b.at(0, g*groupCols), width)
		}
	}
	t.cols = t.buf.cols[:0]
	for j := 0; j < cols; {
		w := t.kernel.width(cols - j)
		p := panel[T]{span: span{j, min(w, cols-j)}, width: w}
		if inPlace {
			p.strided = b.at(0, j)
		} else {
			p.strided = strided[T]{t.buf.b[j/groupCols*t.k*ld+j%groupCols:], ld, 1}
		}
		t.cols = append(t.cols, p)
		j += p.size
	}
	t.buf.cols = t.cols
}

// width chooses the columns of the next tile: the widest that is not mostly padding.
func (kr *microKernel[T]) width(left int) int {
	if kr.masked {
		return min(kr.widths[0], left)
	}
	for i := len(kr.widths) - 1; i > 0; i-- {
		if left <= kr.widths[i] {
			return kr.widths[i]
		}
	}
	return kr.widths[0]
}

// gather copies t.k rows of width elements of b to dst, whose rows are ld apart, and
// clears the padding that a tile may read.
func (t *block[T]) gather(dst []T, ld int, b strided[T], width int) {
	if b.cs == 1 {
		for p := 0; p < t.k; p++ {
			copy(dst[p*ld:p*ld+width], b.v[p*b.rs:p*b.rs+width])
		}
	} else {
		transpose(dst, ld, b.v, b.cs, width, t.k)
	}
	if padded := min(groupCols, width+t.kernel.widths[0]); padded > width && !t.kernel.masked {
		for p := 0; p < t.k; p++ {
			clear(dst[p*ld+width : p*ld+padded])
		}
	}
}

// transposeGo sets dst[j*dstRow+i] = src[i*srcRow+j] for i in [i0, rows) and all j in
// [0, cols), and for j in [j0, cols) and i below i0: what vectors left over.
func transposeGo[T float](dst []T, dstRow int, src []T, srcRow, rows, cols, i0, j0 int) {
	for i := 0; i < rows; i++ {
		from := 0
		if i < i0 {
			from = j0
		}
		for j, v := range src[i*srcRow+from : i*srcRow+cols] {
			dst[(from+j)*dstRow+i] = v
		}
	}
}

func grow[T float](s []T, n int) []T {
	if len(s) < n {
		return make([]T, n)
	}
	return s
}
