package kernel

import "unsafe"

// Aligned returns n zero floats that start at a multiple of 64 bytes, so that a
// 64-byte vector never straddles two cache lines.
func Aligned(n int) []float32 {
	s := make([]float32, n+15)
	skip := int(-uintptr(unsafe.Pointer(unsafe.SliceData(s)))&63) / 4
	return s[skip : skip+n : skip+n]
}

// pack copies weights [tap][source][output] into the sweep's panels.
func (s *sweep) pack(w []float32, out int) {
	nr := s.vectors * 16
	for p := 0; p < s.panelCount; p++ {
		dst := s.weights[p*s.panelSpan : (p+1)*s.panelSpan]
		for n, t := range s.taps {
			for k := 0; k < s.depth; k++ {
				copy(dst[(n*s.depth+k)*nr:(n*s.depth+k+1)*nr], w[(t*s.depth+k)*out+p*nr:])
			}
		}
	}
}

// packTransposed is pack for the data gradient: the source are the convolution's
// outputs and the output are its inputs.
func (s *sweep) packTransposed(w []float32, in, out int) {
	nr := s.vectors * 16
	for p := 0; p < s.panelCount; p++ {
		dst := s.weights[p*s.panelSpan : (p+1)*s.panelSpan]
		for n, t := range s.taps {
			block := w[(t*in+p*nr)*out : (t*in+(p+1)*nr)*out]
			transpose(dst[n*out*nr:(n+1)*out*nr], nr, block, out, nr, out)
		}
	}
}
