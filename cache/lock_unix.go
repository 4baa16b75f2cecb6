//go:build unix

package cache

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// TryLock takes an open file for this process, until it is closed or the process ends,
// and says whether it could. It is for what lies beside a store; the store itself needs
// no locks. A filesystem without locks gives an error.
func TryLock(f *os.File) (bool, error) {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}
