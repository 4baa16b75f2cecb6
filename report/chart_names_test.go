package report

import (
	"encoding/json"
	"strings"
	"testing"
)

// An axis with names puts points on the names and borders between them.
func TestNamedAxis(t *testing.T) {
	half := 2.0
	p := &Panel{
		ID: "p", Kind: PanelLine, X: Axis{Label: "Layer", Names: []string{"Stem", "Block", "Head"}}, Y: Axis{Label: "Share"},
		Series: []Series{{ID: "a", Label: "A", Points: []Point{{X: 1, Y: 5}, {X: 3, Y: 7, YHalf: &half}}}},
		Rules:  []float64{2.5},
	}
	out, err := chartOptions(p, sizeOf(p, 1))
	if err != nil {
		t.Fatal(err)
	}
	var o struct {
		XAxis  []struct{ Data []string }
		Series []struct {
			Data     []chartDatum
			MarkLine struct{ Data []struct{ XAxis float64 } }
		}
	}
	if err := json.Unmarshal(out, &o); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(o.XAxis[0].Data, "|"); got != "Stem||Block||Head" {
		t.Errorf("positions %q", got)
	}
	if at := o.Series[0].Data[1].Value[0]; at != 4.0 {
		t.Errorf("the third name's point stands at %v, not on position 4", at)
	}
	if at := o.Series[1].Data[0].Value[0]; at != 4.0 {
		t.Errorf("its error bar stands at %v", at)
	}
	if m := o.Series[0].MarkLine.Data; len(m) != 1 || m[0].XAxis != 3 {
		t.Errorf("border at %v, not between the second and the third name", m)
	}
	if d := viewData(p); d.Rows[1][0] != "Head" {
		t.Errorf("row %q of the table of a named axis", d.Rows[1][0])
	}
	if tip := pointTip(p, &p.Series[0], p.Series[0].Points[0]); !strings.Contains(tip, "Layer: Stem") {
		t.Errorf("tip %q", tip)
	}
}
