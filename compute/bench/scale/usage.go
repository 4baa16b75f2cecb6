//go:build linux

package main

import (
	"fmt"
	"os"
	"strings"
)

// peakMemory is the memory of this process at its largest, in MiB. (The peak that
// getrusage tells includes that of the process which started this one.)
func peakMemory() (float64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		var kib float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kib); n == 1 {
			return kib / 1024, nil
		}
	}
	return 0, fmt.Errorf("/proc/self/status has no VmHWM")
}
