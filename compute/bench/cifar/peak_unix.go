//go:build unix

package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"
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

// processor is what this process has spent computing.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
