//go:build !linux

package cputime

import "time"

var processStart = time.Now()

// Now is elapsed time where a thread's own is not to be had.
func Now() time.Duration { return time.Since(processStart) }

// Process is elapsed time where the process's own is not to be had.
func Process() time.Duration { return time.Since(processStart) }
