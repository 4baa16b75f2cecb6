package mathml

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestDisplay(t *testing.T) {
	out, err := Display(`\frac{a}{2} = \sum_{k=1}^{K} x_k^2`)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<math display="block">`, "<mfrac><mi>a</mi><mn>2</mn></mfrac>", "<munderover>", "<msubsup><mi>x</mi><mi>k</mi><mn>2</mn></msubsup>"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in %s", want, out)
		}
	}
	d := xml.NewDecoder(strings.NewReader(strings.ReplaceAll(out, "&nbsp;", " ")))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("not well-formed: %v in %s", err, out)
		}
	}
	if again, _ := Display(`\frac{a}{2} = \sum_{k=1}^{K} x_k^2`); again != out {
		t.Error("the same formula gives other MathML the second time")
	}
}

func TestWhatBrowsersDoNotKnowIsReplaced(t *testing.T) {
	out, err := Display(`\mathcal{L} = \mathbb{E}\left[\lVert x\rVert + \left\lVert\frac{x}{y}\right\rVert\right] + \log x + \log(x)`)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out, "mathvariant") || strings.Contains(out, "∥") || strings.Count(out, "‖") != 4 {
		t.Errorf("left as it was: %s", out)
	}
	if n := strings.Count(out, applied+"<mspace"); n != 1 {
		t.Errorf("%d spaces after a function, want one: %s", n, out)
	}
}

func TestSlipsAreErrors(t *testing.T) {
	for _, latex := range []string{`\frac{a}`, `\nosuchthing`, `a_{`, `\href{https://example.org}{x}`, `é`} {
		if out, err := Display(latex); err == nil {
			t.Errorf("%s passes: %s", latex, out)
		} else if !strings.Contains(err.Error(), "formula") {
			t.Errorf("the error does not name the formula: %v", err)
		}
	}
}
