package svg

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// FuzzClean gives any text for a drawing. It is refused, or what comes out is one SVG
// element of the parts that figures have, without a handler or a reference to elsewhere.
func FuzzClean(f *testing.F) {
	for _, seed := range []string{
		`<svg width="10" height="10"><g><path d="M0 0L1 1" fill="none" stroke="rgb(1,2,3)"/><path d="M2 2L3 3" fill="none" stroke="rgb(1,2,3)"/></g></svg>`,
		`<svg><defs><clipPath id="zr0-c0"><path d="M0 0h5v5z"/></clipPath></defs><g clip-path="url(#zr0-c0)"><text x="1" y="2" style="font-size:12px;font-family:system-ui, sans-serif;">a &lt; b</text></g></svg>`,
		`<svg onload="a()"/>`, `<svg><a href="https://x"/></svg>`, `<svg><rect fill="url(http://x)"/></svg>`, `<svg><style>x</style></svg>`,
		`<svg><linearGradient id="zr1-g0"><stop offset="13%" stop-color="rgb(1,2,3)"/></linearGradient></svg>`, `<svg>`, ``,
	} {
		f.Add(seed, "figure-1", "title & <b>")
	}
	f.Fuzz(func(t *testing.T, drawing, id, title string) {
		out, err := clean(drawing, id, title)
		if err != nil {
			return
		}
		d := xml.NewDecoder(strings.NewReader(string(out)))
		d.Strict = true
		depth := 0
		for {
			token, err := d.RawToken()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("what comes out is not XML: %v\n%q gives\n%q", err, drawing, out)
			}
			switch token := token.(type) {
			case xml.StartElement:
				depth++
				name := token.Name.Local
				if !elements[name] && name != "title" {
					t.Fatalf("element %q in %q", name, out)
				}
				for _, a := range token.Attr {
					low := strings.ToLower(a.Name.Local)
					if strings.HasPrefix(low, "on") || low == "href" && !strings.HasPrefix(a.Value, "#") || outside.MatchString(a.Value) {
						t.Fatalf("attribute %s=%q in %q", a.Name.Local, a.Value, out)
					}
				}
			case xml.EndElement:
				depth--
			case xml.ProcInst, xml.Directive, xml.Comment:
				t.Fatalf("%T in %q", token, out)
			}
		}
		if depth != 0 {
			t.Fatalf("open elements in %q", out)
		}
	})
}
