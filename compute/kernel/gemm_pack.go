package kernel

import "sync"

// buffers is the working memory of one product: packed panels and an edge tile.
type buffers[T float] struct {
	a, b, edge []T
	rows, cols []panel[T]
}

// bufferPool lends working memory, so that training allocates nothing per step and
// models can be trained concurrently.
type bufferPool[T float] struct{ pool sync.Pool }

var (
	sgemmBuffers bufferPool[float32]
	dgemmBuffers bufferPool[float64]
)

func (p *bufferPool[T]) get() *buffers[T] {
	if b, ok := p.pool.Get().(*buffers[T]); ok {
		return b
	}
	return &buffers[T]{edge: make([]T, edgeTile)}
}

func (p *bufferPool[T]) put(b *buffers[T]) { p.pool.Put(b) }

// edgeTile holds the largest tile of any micro-kernel.
const edgeTile = 14 * 32

// packA cuts a block of A with the given number of rows into panels no higher than
// the micro-kernel's tile, each stored so that one step of k is contiguous.
func (t *tiles[T]) packA(a strided[T], rows int) {
	t.buf.a = grow(t.buf.a, rows*t.k)
	t.rows = t.buf.rows[:0]
	for i := 0; i < rows; {
		h := t.kernel.height(rows - i)
		dst := t.buf.a[i*t.k : (i+h)*t.k]
		src := a.at(i, 0)
		for r := 0; r < h; r++ {
			for p := 0; p < t.k; p++ {
				dst[p*h+r] = src.v[r*src.rs+p*src.cs]
			}
		}
		t.rows = append(t.rows, panel[T]{strided[T]{dst, 1, h}, i, h, h})
		i += h
	}
	t.buf.rows = t.rows
}

// height chooses the rows of the next tile so that the tiles of a block are about
// equally high: no tile is padded, few are low.
func (kr *microKernel[T]) height(left int) int {
	most := kr.heights[0]
	even := (left + most - 1) / most
	want := (left + even - 1) / even
	h := most
	for _, x := range kr.heights {
		if x >= want && x <= left {
			h = x
		} else if x < want {
			if h > left {
				h = x
			}
			break
		}
	}
	return h
}

// packB cuts a block of B with the given number of columns into panels as wide as the
// micro-kernel's tile, the last one padded with zeros.
func (t *tiles[T]) packB(b strided[T], cols int) {
	wide, narrow := t.kernel.widths[0], t.kernel.widths[len(t.kernel.widths)-1]
	t.buf.b = grow(t.buf.b, (cols+wide-1)/wide*wide*t.k)
	t.cols = t.buf.cols[:0]
	for j := 0; j < cols; {
		w := wide
		if cols-j <= narrow {
			w = narrow
		}
		size := min(w, cols-j)
		dst := t.buf.b[j*t.k : (j+w)*t.k]
		if size < w {
			clear(dst)
		}
		src := b.at(0, j)
		for p := 0; p < t.k; p++ {
			for r := 0; r < size; r++ {
				dst[p*w+r] = src.v[p*src.rs+r*src.cs]
			}
		}
		t.cols = append(t.cols, panel[T]{strided[T]{dst, w, 1}, j, size, w})
		j += size
	}
	t.buf.cols = t.cols
}

func grow[T float](s []T, n int) []T {
	if len(s) < n {
		return make([]T, n)
	}
	return s
}
