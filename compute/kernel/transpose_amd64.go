package kernel

import "unsafe"

//go:noescape
func transpose32(dst, src unsafe.Pointer, dstRow, srcRow, blocks int)

//go:noescape
func transpose64(dst, src unsafe.Pointer, dstRow, srcRow, blocks int)

// transpose sets dst[j*dstRow+i] = src[i*srcRow+j] for i in [0, rows), j in [0, cols).
func transpose[T float](dst []T, dstRow int, src []T, srcRow, rows, cols int) {
	block, kernel := 32/size[T](), transpose32
	if block == 4 {
		kernel = transpose64
	}
	whole := cols / block
	i := 0
	if level != Generic && whole > 0 {
		_ = src[(rows-1)*srcRow+cols-1]
		_ = dst[(cols-1)*dstRow+rows-1]
		for ; i+block <= rows; i += block {
			kernel(unsafe.Pointer(&dst[i]), unsafe.Pointer(&src[i*srcRow]), dstRow*size[T](), srcRow*size[T](), whole)
		}
	}
	transposeGo(dst, dstRow, src, srcRow, rows, cols, i, whole*block)
}
