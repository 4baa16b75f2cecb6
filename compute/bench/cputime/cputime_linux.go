// Package cputime measures what a thread or a process has spent computing, for
// benchmarks on machines that have other things to do.
package cputime

import (
	"time"

	"golang.org/x/sys/unix"
)

// Now is what this thread has spent computing: a measure that other programs on the
// machine disturb little. The caller has locked itself to its thread.
func Now() time.Duration { return read(unix.CLOCK_THREAD_CPUTIME_ID) }

// Process is what all threads of this process have computed, the garbage collector's
// included.
func Process() time.Duration { return read(unix.CLOCK_PROCESS_CPUTIME_ID) }

func read(clock int32) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(clock, &t); err != nil {
		panic(err)
	}
	return time.Duration(t.Nano())
}
