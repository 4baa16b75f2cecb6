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

func BenchmarkRenderWithoutDrawing(b *testing.B) {
	r := sampleReport(b)
	for b.Loop() {
		drawings, err := drawAll(r, false)
		if err != nil {
			b.Fatal(err)
		}
		data, err := Encode(r)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := renderHTML(r, data, drawings); err != nil {
			b.Fatal(err)
		}
		if _, err := renderMarkdown(r, drawings); err != nil {
			b.Fatal(err)
		}
	}
}
