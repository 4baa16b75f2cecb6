//go:build unix

package fetch

import (
	"os"

	"golang.org/x/sys/unix"
)

// lock takes a file for this process, until it is closed.
func lock(f *os.File) error {
	if unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) != nil {
		return ErrBusy
	}
	return nil
}
