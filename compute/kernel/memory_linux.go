package kernel

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// largePage is the size of a large page on x86-64 and of most on arm64.
const largePage = 2 << 20

// largePages returns n zero floats in whole large pages, as far as the system grants
// them: advice and the request to move what is there already (Linux 6.1) are hints,
// so a refusal does not matter.
func largePages(n int) []float32 {
	const floats = largePage / 4
	if n < floats {
		return Aligned(n)
	}
	whole := (n + floats - 1) / floats * floats
	s := make([]float32, whole+floats)
	skip := int(-uintptr(unsafe.Pointer(&s[0]))&(largePage-1)) / 4
	s = s[skip : skip+whole]
	bytes := unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), 4*whole)
	_ = unix.Madvise(bytes, unix.MADV_HUGEPAGE)
	_ = unix.Madvise(bytes, unix.MADV_COLLAPSE)
	return s[:n:n]
}
