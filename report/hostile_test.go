package report

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
)

// hostileText holds what breaks pages: the ends of elements and attributes, marks that
// turn the direction of writing, placeholders of ECharts and of go-echarts, Markdown.
const hostileText = `</script><script>pwned=1</script><img src=x onerror=pwned=1>"'` + "`" + `&amp;{b}{a|x} __f__function(){pwned=1}__f__ | *x* [y](javascript:pwned=1) ` + "\u202e\u200f" + `{{x}} $1 <!--`

// kept are fields whose words the program itself gives: any other word is refused.
var kept = map[string]bool{"Status": true, "Verdict": true, "Kind": true, "Spec": true, "Mark": true, "Better": true, "Dash": true, "ID": true, "Items": true}

// poison writes a text into every string of a report.
func poison(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			word := f.Type.Kind() == reflect.String || f.Type == reflect.TypeFor[[]string]()
			if f.IsExported() && !(word && kept[f.Name]) {
				poison(v.Field(i), text)
			}
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			return
		}
		for i := range v.Len() {
			poison(v.Index(i), text)
		}
	case reflect.String:
		// An empty text, or one beside a value, has a meaning of its own.
		if v.String() != "" {
			v.SetString(text)
		}
	}
}

func hostileReport(t testing.TB, text string) *Report {
	t.Helper()
	r := sampleReport(t)
	poison(reflect.ValueOf(r), text)
	for i := range r.Tasks {
		spec, err := json.Marshal(map[string]string{text: text})
		if err != nil {
			t.Fatal(err)
		}
		r.Tasks[i].Spec = spec
	}
	return r
}

func TestHostileTextAddsNoMarkup(t *testing.T) {
	plain, out := render(t, sampleReport(t)), render(t, hostileReport(t, hostileText))
	// ECharts itself has tags in its strings.
	plain.HTML, out.HTML = withoutScript(t, plain.HTML), withoutScript(t, out.HTML)
	for _, tag := range []string{"<script", "</script", "<article", "<style", "</style", "<img"} {
		want, got := bytes.Count(plain.HTML, []byte(tag)), bytes.Count(out.HTML, []byte(tag))
		if got != want {
			t.Errorf("%s stands %d times, %d in the plain report", tag, got, want)
		}
	}
	if !bytes.Contains(out.HTML, []byte("__f__function(){pwned=1}__f__")) {
		t.Error("__f__ was taken away: it is text like any other")
	}
	for name, drawing := range out.Figures {
		if bytes.Contains(drawing, []byte("<script")) || bytes.Contains(drawing, []byte("<img")) {
			t.Errorf("%s holds markup from a name", name)
		}
	}
}

// TestHostileMarkdown reads report.md as a code host does: every line of text stays
// text, and every table keeps its shape.
func TestHostileMarkdown(t *testing.T) {
	count := func(source []byte, tag string) int {
		var b bytes.Buffer
		// The reader of this test lets raw HTML through, so that any would show.
		md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(goldmarkhtml.WithUnsafe()))
		if err := md.Convert(source, &b); err != nil {
			t.Fatal(err)
		}
		return strings.Count(b.String(), tag)
	}
	plain, out := render(t, sampleReport(t)), render(t, hostileReport(t, hostileText))
	for _, tag := range []string{"<script", "<td", "<th", "<tr", "<table", "<img", "<code"} {
		if want, got := count(plain.Markdown, tag), count(out.Markdown, tag); got != want {
			t.Errorf("%s stands %d times, %d in the plain report", tag, got, want)
		}
	}
	if n := count(out.Markdown, `href="javascript`); n > 0 {
		t.Errorf("%d links to a script", n)
	}
}

func TestWriteHostile(t *testing.T) {
	if dir := os.Getenv("LOSSXFER_HOSTILE"); dir != "" {
		WriteDir(render(t, hostileReport(t, hostileText)), dir)
	}
}

func TestLongNames(t *testing.T) {
	out := render(t, hostileReport(t, strings.Repeat("ß", 5000)))
	if len(out.Figures) != len(render(t, sampleReport(t)).Figures) {
		t.Error("figures are missing")
	}
	for name, drawing := range out.Figures {
		if len(drawing) > 400_000 {
			t.Errorf("%s has %d bytes: names are not clipped", name, len(drawing))
		}
	}
}

func TestNotFiniteIsRefused(t *testing.T) {
	bad := map[string]func(r *Report, v float64){
		"sample":    func(r *Report, v float64) { *r.Items[0].Artifacts[0].Table.Rows[0].Cells[0].Samples[0].Value = v },
		"mean":      func(r *Report, v float64) { r.Items[0].Artifacts[0].Table.Rows[0].Cells[0].Summary.Mean = v },
		"half":      func(r *Report, v float64) { *r.Items[0].Artifacts[0].Table.Rows[0].Cells[0].Summary.Half = v },
		"published": func(r *Report, v float64) { r.Items[0].Artifacts[0].Table.Rows[0].Cells[0].Published.Value = v },
		"point":     func(r *Report, v float64) { r.Items[1].Artifacts[0].Figure.Panels[0].Series[0].Points[0].Y = v },
		"error bar": func(r *Report, v float64) { *r.Items[1].Artifacts[0].Figure.Panels[0].Series[0].Points[0].XHalf = v },
		"cell":      func(r *Report, v float64) { *r.Items[3].Artifacts[0].Figure.Panels[0].Heat.Values[0][0] = v },
		"scale":     func(r *Report, v float64) { r.Items[3].Artifacts[0].Figure.Panels[0].Heat.Max = v },
		"axis":      func(r *Report, v float64) { r.Items[1].Artifacts[0].Figure.Panels[0].X.Min = &v },
		"value":     func(r *Report, v float64) { r.Items[0].Values = map[string]float64{"x": v} },
		"p":         func(r *Report, v float64) { r.Claims[0].Evidence.P = &v },
	}
	for name, set := range bad {
		for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			r := sampleReport(t)
			set(r, v)
			if _, err := Render(r); err == nil {
				t.Errorf("%s = %v was rendered", name, v)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, spoil := range map[string]func(r *Report){
		"repeated item":   func(r *Report) { r.Items[1].ID = r.Items[0].ID },
		"anchors collide": func(r *Report) { r.Items[1].ID = strings.ToUpper(r.Items[0].ID) },
		"short row":       func(r *Report) { r.Items[0].Artifacts[0].Table.Rows[0].Cells = nil },
		"empty artifact":  func(r *Report) { r.Items[0].Artifacts[0] = Artifact{} },
		"no verdict":      func(r *Report) { r.Claims[0].Verdict = "" },
		"unknown panel":   func(r *Report) { r.Items[1].Artifacts[0].Figure.Panels[0].Kind = "pie" },
		"zero on log axis": func(r *Report) {
			p := &r.Items[1].Artifacts[0].Figure.Panels[0]
			p.X.Log = true
			p.Series[0].Points[0].X = 0
		},
		"ragged heat map": func(r *Report) { h := r.Items[3].Artifacts[0].Figure.Panels[0].Heat; h.Values[0] = h.Values[0][1:] },
		"empty scale":     func(r *Report) { h := r.Items[3].Artifacts[0].Figure.Panels[0].Heat; h.Max = h.Min },
	} {
		r := sampleReport(t)
		spoil(r)
		if _, err := Render(r); err == nil {
			t.Errorf("%s: rendered", name)
		}
	}
}
