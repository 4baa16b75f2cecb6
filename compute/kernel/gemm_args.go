package kernel

import (
	"math"
	"unsafe"
)

// gemmArgs is what the assembly reads of a tile; strides are in bytes. The offsets
// are known to gen/gemm.go.
type gemmArgs struct {
	a           unsafe.Pointer
	aRow, aStep uintptr
	b           unsafe.Pointer
	bStep       uintptr
	c           unsafe.Pointer
	cRow        uintptr
	k           uintptr
	alpha       uint64 // bits of a float32 or float64
	add         uintptr
	height      uintptr
	vectors     uintptr
	mask        uint64 // lanes of the last vector, AVX-512 only
}

// runAssembly computes the strip tile by tile. It indexes the last element of each
// matrix first, so that a strip that does not fit panics here and not in memory that
// is not ours. The arguments live in the caller's pooled memory, because a call
// through a function value would move them to the heap every time.
func (kr *microKernel[T]) runAssembly(s *strip[T], g *gemmArgs) {
	h := s.height()
	_ = s.a.v[(h-1)*s.a.rs+(s.k-1)*s.a.cs]
	_ = s.b[(s.k-1)*s.bs+s.cols-1]
	_ = s.c[(h-1)*s.cs+s.cols-1]
	a, c := unsafe.Pointer(&s.a.v[0]), unsafe.Pointer(&s.c[0])
	bytes := size[T]()
	*g = gemmArgs{
		aRow: uintptr(s.a.rs * bytes), aStep: uintptr(s.a.cs * bytes),
		b: unsafe.Pointer(&s.b[0]), bStep: uintptr(s.bs * bytes), cRow: uintptr(s.cs * bytes),
		k: uintptr(s.k), vectors: uintptr((s.cols + kr.lanes - 1) / kr.lanes),
		mask: 1<<((s.cols-1)%kr.lanes+1) - 1,
	}
	if bytes == 4 {
		g.alpha = uint64(math.Float32bits(float32(s.alpha)))
	} else {
		g.alpha = math.Float64bits(float64(s.alpha))
	}
	if s.add {
		g.add = 1
	}
	for _, r := range s.rows {
		g.a = unsafe.Add(a, r.start*s.a.rs*bytes)
		g.c = unsafe.Add(c, r.start*s.cs*bytes)
		g.height = uintptr(r.size)
		kr.assembly(g)
	}
}
