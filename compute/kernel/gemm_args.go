//go:build amd64

package kernel

import (
	"math"
	"unsafe"
)

// assemblyArgs translates a tile of h rows and w columns for a micro-kernel whose
// vectors hold lanes numbers. It indexes the last element of each matrix, so that a
// tile that does not fit panics here and not in memory that is not ours.
func assemblyArgs[T float](h, w, lanes int, t *tile[T]) gemmArgs {
	_ = t.a.v[(h-1)*t.a.rs+(t.k-1)*t.a.cs]
	_ = t.b[(t.k-1)*t.bs+w-1]
	_ = t.c[(h-1)*t.cs+w-1]
	size := int(unsafe.Sizeof(t.alpha))
	g := gemmArgs{
		a: unsafe.Pointer(&t.a.v[0]), aRow: uintptr(t.a.rs * size), aStep: uintptr(t.a.cs * size),
		b: unsafe.Pointer(&t.b[0]), bStep: uintptr(t.bs * size),
		c: unsafe.Pointer(&t.c[0]), cRow: uintptr(t.cs * size),
		k: uintptr(t.k), height: uintptr(h), vectors: uintptr(w / lanes),
	}
	if size == 4 {
		g.alpha = uint64(math.Float32bits(float32(t.alpha)))
	} else {
		g.alpha = math.Float64bits(float64(t.alpha))
	}
	if t.add {
		g.add = 1
	}
	return g
}
