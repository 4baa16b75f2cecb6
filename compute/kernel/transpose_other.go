//go:build !amd64

package kernel

// transpose sets dst[j*dstRow+i] = src[i*srcRow+j] for i in [0, rows), j in [0, cols).
func transpose[T float](dst []T, dstRow int, src []T, srcRow, rows, cols int) {
	transposeGo(dst, dstRow, src, srcRow, rows, cols, 0, 0)
}
