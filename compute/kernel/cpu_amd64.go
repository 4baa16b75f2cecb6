package kernel

import "golang.org/x/sys/cpu"

// supported asks the CPU. The sys/cpu package also obeys GODEBUG=cpu.avx2=off and the
// like, so a machine without the instructions can be imitated.
func supported(i Instructions) bool {
	avx2 := cpu.X86.HasAVX && cpu.X86.HasAVX2 && cpu.X86.HasFMA
	switch i {
	case Generic:
		return true
	case AVX2:
		return avx2
	case AVX512:
		return avx2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL
	}
	return false
}
