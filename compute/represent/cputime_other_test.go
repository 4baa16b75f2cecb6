//go:build !linux

package represent

import "time"

var processStart = time.Now()

// cpuTime is elapsed time where a thread's own is not to be had.
func cpuTime() time.Duration { return time.Since(processStart) }
