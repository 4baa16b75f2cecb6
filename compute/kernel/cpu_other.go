//go:build !amd64

package kernel

import "runtime"

// supported: every arm64 has NEON.
func supported(i Instructions) bool { return i == Generic || i == NEON && runtime.GOARCH == "arm64" }
