package svg

import (
	"encoding/xml"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// A page holds dozens of drawings, and ECharts writes the same words over and over.
// Compacting makes a drawing about a third as long and looks the same.

// rootText is what almost every text of a drawing has, said once.
var rootText = []attr{{"font-family", "system-ui, sans-serif"}, {"font-size", "12"}, {"role", "img"}}

var (
	textStyle = regexp.MustCompile(`^font-size:(\d+)px;font-family:system-ui, sans-serif;$`)
	colour    = regexp.MustCompile(`^rgb\((\d+),(\d+),(\d+)\)$`)
)

// compact shortens the attributes of an element, one by one.
func compact(element string, attrs []xml.Attr) []xml.Attr {
	out := attrs[:0:0]
	for _, a := range attrs {
		switch name := a.Name.Local; {
		case name == "space":
			// No label depends on repeated blanks.
			continue
		case name == "style" && element == "text":
			if m := textStyle.FindStringSubmatch(a.Value); m != nil {
				if m[1] == "12" {
					continue
				}
				a = xml.Attr{Name: xml.Name{Local: "font-size"}, Value: m[1]}
			}
		case name == "fill" || name == "stroke" || name == "stop-color":
			a.Value = hexColour(a.Value)
		case name == "stroke-miterlimit":
			// Of joints sharper than any that a figure has.
			continue
		}
		out = append(out, a)
	}
	return out
}

// hexColour writes rgb(r,g,b) as #rrggbb, and that as #rgb where it is the same.
func hexColour(v string) string {
	if m := colour.FindStringSubmatch(v); m != nil {
		var c [3]int
		for i := range c {
			var err error
			if c[i], err = strconv.Atoi(m[i+1]); err != nil || c[i] > 255 {
				return v
			}
		}
		v = fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
	}
	if len(v) == 7 && v[0] == '#' && v[1] == v[2] && v[3] == v[4] && v[5] == v[6] {
		return string([]byte{'#', v[1], v[3], v[5]})
	}
	return v
}

// superfluousStop says whether a stop of a colour scale can go: ECharts writes one for
// every per cent, and a scale drawn between every tenth looks the same.
func superfluousStop(t xml.StartElement) bool {
	if t.Name.Local != "stop" {
		return false
	}
	for _, a := range t.Attr {
		if a.Name.Local == "offset" {
			percent, ok := strings.CutSuffix(a.Value, "%")
			v, err := strconv.ParseFloat(percent, 64)
			n := int(math.Round(v))
			return ok && err == nil && (n%10 != 0 || math.Abs(v-float64(n)) > 1e-6)
		}
	}
	return false
}
