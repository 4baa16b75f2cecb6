package report

import (
	"os"
	"testing"
)

// TestWriteSample writes the sample where LOSSXFER_SAMPLE says, to be looked at.
func TestWriteSample(t *testing.T) {
	dir := os.Getenv("LOSSXFER_SAMPLE")
	if dir == "" {
		t.Skip("LOSSXFER_SAMPLE names no folder")
	}
	out, err := Render(sampleReport(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteDir(out, dir); err != nil {
		t.Fatal(err)
	}
}
