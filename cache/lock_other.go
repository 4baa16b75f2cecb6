//go:build !unix

package cache

import (
	"errors"
	"os"
)

// TryLock finds no advisory locks here.
func TryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }
