package report

import (
	"bytes"
	"strings"
	"testing"

	"lossxfer-report/report/svg"
)

// A page that is written while results arrive has every figure but the static drawings. It
// can be verified like any other, and what is changed on it is found.
func TestInterimPage(t *testing.T) {
	r := sampleReport(t)
	out, err := RenderInterim(r)
	if err != nil {
		t.Fatal(err)
	}
	full := render(t, r)
	if len(out.Figures) != len(full.Figures) || len(out.Figures) == 0 {
		t.Errorf("%d figures, want %d", len(out.Figures), len(full.Figures))
	}
	for name, drawing := range out.Figures {
		if err := svg.Sound(drawing); err != nil || !bytes.Contains(drawing, []byte(notDrawn)) {
			t.Errorf("%s: %v: %s", name, err, drawing)
		}
		if bytes.Contains(full.Figures[name], []byte(notDrawn)) {
			t.Errorf("%s is not drawn in the end", name)
		}
	}
	for what, page := range map[string][]byte{
		"an interim page":                   out.HTML,
		"a whole page":                      full.HTML,
		"a changed word on an interim page": bytes.Replace(out.HTML, []byte("Class separation"), []byte("Glass separation"), 1),
		"a whole page that looks like one":  bytes.Replace(full.HTML, []byte("Class separation"), []byte(notDrawn), 1),
	} {
		drawn, err := drawLike(r, page)
		if err != nil {
			t.Fatal(err)
		}
		if whole := what == "an interim page" || what == "a whole page"; bytes.Equal(drawn, page) != whole {
			t.Errorf("%s: verified: %v", what, !whole)
		}
	}
	if !strings.HasPrefix(string(out.Markdown), "# ") {
		t.Error("no Markdown")
	}
}
