package report

import (
	"bytes"
	"sync"
	"testing"

	"lossxfer-report/report/svg"
)

// FuzzRecall has a build find anything in the place of a drawing that an earlier one left:
// the page is drawn, and has no script more than it had.
func FuzzRecall(f *testing.F) {
	r := sampleReport(f)
	r.Items, r.Claims = r.Items[1:2], nil
	first := page(f, r)
	out, err := Render(r)
	if err != nil {
		f.Fatal(err)
	}
	for _, drawing := range out.Figures {
		f.Add(drawing)
		break
	}
	for _, text := range []string{"", "<svg ></svg>", "<svg ><script>alert(1)</script></svg>", "</figure><SCRIPT >", "<svg onload=x>\n</svg>\n"} {
		f.Add([]byte(text))
	}
	scripts := func(html []byte) int { return bytes.Count(bytes.ToLower(html), []byte("<script")) }
	f.Fuzz(func(t *testing.T, drawing []byte) {
		old := engine
		defer func() { engine = old }()
		engine = sync.OnceValues(svg.New)
		for _, key := range out.Keys {
			if err := Recall(key, drawing); err != nil {
				t.Fatal(err)
			}
		}
		if html := page(t, r); scripts(html) != scripts(first) {
			t.Errorf("%d scripts in place of %d", scripts(html), scripts(first))
		}
	})
}
