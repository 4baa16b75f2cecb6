package kernel

import "golang.org/x/sys/cpu"

// fastFMA says whether math.FMA is one instruction.
func fastFMA() bool { return cpu.X86.HasFMA }
