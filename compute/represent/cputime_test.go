//go:build linux

package represent

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime is what this thread has spent computing: a measure that other programs on
// the machine disturb little.
func cpuTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		panic(err)
	}
	return time.Duration(t.Nano())
}
