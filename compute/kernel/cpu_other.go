//go:build !amd64 && !arm64

package kernel

func supported(i Instructions) bool { return i == Generic }
