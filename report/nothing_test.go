package report

import (
	"bytes"
	"strings"
	"testing"
)

// A panel without a value says so, whatever its kind, and ECharts is not asked to draw it.
func TestNothingIsNotDrawn(t *testing.T) {
	r := sampleReport(t)
	for i := range r.Items {
		for j := range r.Items[i].Artifacts {
			f := r.Items[i].Artifacts[j].Figure
			if f == nil {
				continue
			}
			for k := range f.Panels {
				p := &f.Panels[k]
				for s := range p.Series {
					p.Series[s].Points = nil
				}
				if p.Heat != nil {
					for _, row := range p.Heat.Values {
						clear(row)
					}
				}
			}
		}
	}
	shelf := &counting{}
	out, err := RenderFrom(r, shelf)
	if err != nil {
		t.Fatal(err)
	}
	if shelf.asked != 0 {
		t.Errorf("%d figures without a value are drawn", shelf.asked)
	}
	if len(out.Figures) == 0 || strings.Contains(string(out.HTML), `class="plot"`) {
		t.Errorf("%d figures; the page has axes without a point", len(out.Figures))
	}
	for name, drawing := range out.Figures {
		if !bytes.Contains(drawing, []byte("No value of this panel is available.")) {
			t.Errorf("%s does not say that it has no value: %s", name, drawing)
		}
	}
}

// counting is a shelf that has nothing and counts what it is asked for.
type counting struct{ asked int }

func (c *counting) Drawing(string) []byte { c.asked++; return nil }
func (c *counting) Keep(string, []byte)   {}
