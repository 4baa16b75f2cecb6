// Package cputime measures what a thread has spent computing, for benchmarks on
// machines that have other things to do.
package cputime

import (
	"time"

	"golang.org/x/sys/unix"
)

// Now is what this thread has spent computing: a measure that other programs on the
// machine disturb little. The caller has locked itself to its thread.
func Now() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		panic(err)
	}
	return time.Duration(t.Nano())
}
