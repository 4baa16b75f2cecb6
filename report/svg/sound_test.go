package svg

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What this program drew is sound to the byte; what anybody changed in it is not.
func TestSound(t *testing.T) {
	files, err := filepath.Glob("../../examples/standard/figures/*.svg")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d drawings, %v", len(files), err)
	}
	var last string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		last = string(text)
		if err := Sound(text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for what, text := range map[string]string{
		"nothing":          "",
		"text":             "a figure",
		"two drawings":     last + last,
		"a script":         strings.Replace(last, "<title>", "<script>alert(1)</script><title>", 1),
		"a sheet":          strings.Replace(last, "<title>", "<style>body{display:none}</style><title>", 1),
		"a comment":        strings.Replace(last, "<title>", "<!-- --><title>", 1),
		"a handler":        strings.Replace(last, "<path ", `<path onclick="alert(1)" `, 1),
		"a reference":      strings.Replace(last, "<path ", `<path fill="url(https://example.org/#a)" `, 1),
		"a link":           strings.Replace(last, "<path ", `<path href="https://example.org/" `, 1),
		"a picture":        strings.Replace(last, "<title>", `<image href="#a"/><title>`, 1),
		"HTML":             strings.Replace(last, "<title>", "<foreignObject><p></p></foreignObject><title>", 1),
		"an open element":  strings.Replace(last, "</svg>", "", 1),
		"another spelling": strings.Replace(last, "<title>", "<title >", 1),
		"a line more":      last + "\n",
	} {
		if text == last {
			t.Fatalf("%s: nothing was changed", what)
		}
		if Sound([]byte(text)) == nil {
			t.Errorf("%s is taken for a drawing", what)
		}
	}
}

// FuzzSound looks for a drawing that is taken and holds what a page must not.
func FuzzSound(f *testing.F) {
	for _, text := range []string{
		"", "<svg/>", "<svg><title>a</title></svg>", `<svg><path d="M0 0" fill="url(#a)"/></svg>`, "<svg><script>1</script></svg>",
		`<svg onload="a"/>`, `<svg><text>&lt;script&gt;</text></svg>`, "<svg><![CDATA[<script>]]></svg>", `<svg><a:script xmlns:a="b"/></svg>`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, drawing []byte) {
		if Sound(drawing) != nil {
			return
		}
		low := bytes.ToLower(drawing)
		for _, bad := range []string{"<script", "<style", "<!", "<?", "<image", "<foreignobject", "<a "} {
			if bytes.Contains(low, []byte(bad)) {
				t.Errorf("%q is in a drawing that is taken", bad)
			}
		}
		if !bytes.HasPrefix(drawing, []byte("<svg")) {
			t.Error("no drawing")
		}
	})
}
