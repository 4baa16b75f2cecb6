//go:build !amd64

package kernel

import "runtime"

// fastFMA says whether math.FMA is one instruction.
func fastFMA() bool {
	switch runtime.GOARCH {
	case "arm64", "ppc64", "ppc64le", "riscv64", "s390x", "loong64":
		return true
	}
	return false
}
