package svg

import (
	"fmt"
	"regexp"
	"strconv"
	"testing"
)

func TestTextWidth(t *testing.T) {
	for text, want := range map[string]float64{"": 0, "il": 5.6, "Wm": 19.6, "τ": 6.4, "国": 10} {
		if got := TextWidth(text, 10); got != want {
			t.Errorf("%q is %v wide, want %v", text, got, want)
		}
	}
	for font, want := range map[string]float64{"12px sans-serif": 12, "italic 9.5px x": 9.5, "sans-serif": 12} {
		if got := fontSize(font); got != want {
			t.Errorf("font %q has size %v, want %v", font, got, want)
		}
	}
}

// The names of a legend keep apart, however wide the reader's font is.
func TestLegendKeepsApart(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	const name = "WWWWWWWWWW"
	options := fmt.Sprintf(`{"animation":false,"xAxis":{},"yAxis":{},"legend":{"left":0},"series":[{"type":"line","name":"%s","data":[[0,1]]},{"type":"line","name":"b","data":[[0,2]]}]}`, name)
	out, err := e.Draw(Figure{ID: "legend", Options: []byte(options), Width: 640, Height: 400})
	if err != nil {
		t.Fatal(err)
	}
	var at [2]float64
	for i, text := range []string{name, "b"} {
		m := regexp.MustCompile(`<text[^>]* x="([0-9.]+)"[^>]*>` + text + `<`).FindSubmatch(out)
		if m == nil {
			t.Fatalf("no %q in %s", text, out)
		}
		if at[i], err = strconv.ParseFloat(string(m[1]), 64); err != nil {
			t.Fatal(err)
		}
	}
	if room := at[1] - at[0]; room < TextWidth(name, 12) {
		t.Errorf("the second name begins %v pixels after the first, which is %v wide", room, TextWidth(name, 12))
	}
}
