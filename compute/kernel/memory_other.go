//go:build !linux

package kernel

func largePages(n int) []float32 { return Aligned(n) }
