//go:build unix && !linux

package external

import "syscall"

// dieWithUs does nothing: only Linux can end a program with its parent.
func dieWithUs(*syscall.SysProcAttr) {}
