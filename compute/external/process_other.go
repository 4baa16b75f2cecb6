//go:build !unix

package external

import (
	"os"
	"os/exec"
)

// ownGroup does nothing: groups of processes are a matter of Unix.
func ownGroup(*exec.Cmd) {}

// askGroup ends the command, which cannot be asked here.
func askGroup(cmd *exec.Cmd) { cmd.Process.Kill() }

// killGroup ends the command.
func killGroup(cmd *exec.Cmd) { cmd.Process.Kill() }

// signalOf knows no signals.
func signalOf(*os.ProcessState) (string, bool) { return "", false }
