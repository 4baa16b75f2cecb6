package command

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestFailedPrintingIsAFailure prints to the device that is always full.
func TestFailedPrintingIsAFailure(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full here")
	}
	defer full.Close()
	for _, args := range [][]string{{"--help"}, {"list", "--json"}, {"list"}} {
		var stderr bytes.Buffer
		assets := Assets{Manifest: os.DirFS("..")}
		if code := Run(args, assets, full, &stderr); code != ExitFailure || !strings.Contains(stderr.String(), "could not be written") {
			t.Errorf("%q: exit code %d, says %q", args, code, stderr.String())
		}
	}
}
