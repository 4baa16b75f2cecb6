//go:build unix

package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// peak is the largest resident memory of a process that has ended.
func peak(s *os.ProcessState) string {
	usage, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return ""
	}
	bytes := float64(usage.Maxrss)
	if runtime.GOOS == "linux" {
		bytes *= 1024
	}
	return fmt.Sprintf(", %.0f MB at most", bytes/1e6)
}
