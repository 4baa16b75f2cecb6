package external

import "syscall"

// dieWithUs has the kernel end the command if this program is killed outright.
func dieWithUs(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }
