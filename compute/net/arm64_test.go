package net

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestTrainingBitsOnArm64 runs the training of TestTrainingBitsAreTheSameEverywhere as
// arm64 code with NEON, where an emulator is installed. The Go around the kernels runs
// too, which the arm64 compiler would fuse where it may.
func TestTrainingBitsOnArm64(t *testing.T) {
	emulator, err := exec.LookPath("qemu-aarch64")
	if err != nil || testing.Short() || runtime.GOARCH == "arm64" {
		t.Skip("needs qemu-aarch64, and time")
	}
	binary := filepath.Join(t.TempDir(), "net.test")
	build := exec.Command("go", "test", "-c", "-o", binary, ".")
	build.Env = append(os.Environ(), "GOARCH=arm64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building for arm64: %v\n%s", err, out)
	}
	cmd := exec.Command(emulator, binary)
	cmd.Env = append(os.Environ(), digestOnly+"=1", "LOSSXFER_CPU=neon")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "level neon digest "+digests) {
		t.Errorf("error %v and output %s, want digest %s", err, out, digests)
	}
}
