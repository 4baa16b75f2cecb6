//go:build unix

package external

import (
	"os"
	"os/exec"
	"syscall"
)

// ownGroup has the command start a group of processes of its own, so that whatever it
// starts can be ended with it, and Ctrl-C reaches us alone.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithUs(cmd.SysProcAttr)
}

// askGroup asks the command and what it has started to end.
func askGroup(cmd *exec.Cmd) { syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }

// killGroup ends them. It finds nobody where all have ended: the number of the group
// is not given to another while one of its processes is there.
func killGroup(cmd *exec.Cmd) { syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }

// signalOf is the name of the signal that ended a process.
func signalOf(s *os.ProcessState) (string, bool) {
	status, ok := s.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() {
		return "", false
	}
	return status.Signal().String(), true
}
