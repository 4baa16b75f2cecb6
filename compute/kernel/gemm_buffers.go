package kernel

import "sync"

// buffers is the working memory of one product: copies of A and B, an edge tile, and
// the lists of rows and panels.
type buffers[T float] struct {
	a, b, edge []T
	rows       []span
	cols       []panel[T]
	args       gemmArgs
	tile       [1]span // the rows of the edge tile
	part       []span  // rows and panel of a part of a Gram matrix
	one        [1]panel[T]
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

// put takes the memory back; the panels point into the caller's matrices, which it
// must not keep alive.
func (p *bufferPool[T]) put(b *buffers[T]) {
	b.args, b.one = gemmArgs{}, [1]panel[T]{}
	clear(b.cols[:cap(b.cols)])
	p.pool.Put(b)
}

// edgeTile holds the largest tile of a micro-kernel without masks.
const edgeTile = 8 * 16
