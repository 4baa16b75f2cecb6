package svg

import (
	"bytes"
	"strings"
	"sync"
	"testing"
)

const hostile = `</script><script>alert(1)</script> "q" & 'a' zr0-c1 <img onerror=1>`

var samples = map[string]string{
	"scatter": `{"animation":false,"xAxis":{"name":"R2"},"yAxis":{},"legend":{},"series":[{"name":"HOSTILE","type":"scatter","symbol":"diamond","label":{"show":true,"formatter":"{b}"},"data":[{"name":"HOSTILE","value":[0.3,76]},{"name":"b","value":[0.8,48]}]}]}`,
	"line":    `{"animation":false,"xAxis":{},"yAxis":{},"legend":{},"series":[{"type":"line","name":"a","data":[[0.1,2],[0.3,50]]},{"type":"line","name":"b","lineStyle":{"type":"dashed"},"data":[[0.1,3],[0.3,5]]}]}`,
	"heat":    `{"animation":false,"xAxis":{"type":"category","data":["a","b"]},"yAxis":{"type":"category","data":["a","b"]},"visualMap":{"min":0,"max":1},"series":[{"type":"heatmap","data":[[0,0,1],[0,1,0.2],[1,0,0.3]]}]}`,
}

func draw(t *testing.T, e *Engine, names ...string) map[string][]byte {
	t.Helper()
	out := make(map[string][]byte)
	for _, name := range names {
		word := strings.ReplaceAll(hostile, `"`, `\"`)
		options := strings.ReplaceAll(samples[name], "HOSTILE", word)
		b, err := e.Draw(Figure{ID: name, Title: name + " " + hostile, Options: []byte(options), Width: 640, Height: 400})
		if err != nil {
			t.Error(err)
		}
		out[name] = b
	}
	return out
}

func TestSameBytesInAnyOrder(t *testing.T) {
	one, err := New()
	if err != nil {
		t.Fatal(err)
	}
	two, err := New()
	if err != nil {
		t.Fatal(err)
	}
	a := draw(t, one, "scatter", "line", "heat")
	b := draw(t, two, "heat", "line", "scatter")
	for name := range samples {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs by the order of drawing:\n%s\n%s", name, a[name], b[name])
		}
	}
	clear(one.done)
	for name, again := range draw(t, one, "line", "scatter", "heat") {
		if !bytes.Equal(a[name], again) {
			t.Errorf("%s differs when drawn again by the same engine", name)
		}
	}
}

func TestSameBytesSideBySide(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	want := draw(t, e, "scatter", "line", "heat")
	clear(e.done)
	var done sync.WaitGroup
	for name := range samples {
		for range 2 {
			done.Go(func() {
				if got := draw(t, e, name)[name]; !bytes.Equal(got, want[name]) {
					t.Errorf("%s differs when others are drawn at the same time", name)
				}
			})
		}
	}
	done.Wait()
}

func TestADrawingIsNotDrawnAgain(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	f := Figure{ID: "f", Title: "t", Options: []byte(samples["line"]), Width: 640, Height: 400}
	e.done[contentKey(f)] = []byte("as before")
	if out, err := e.Draw(f); err != nil || string(out) != "as before" {
		t.Errorf("drew %.40q, %v", out, err)
	}
	f.Width++
	if out, err := e.Draw(f); err != nil || string(out) == "as before" {
		t.Errorf("another figure has the same drawing: %v", err)
	}
}

func TestHostileTextStaysText(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	out := string(draw(t, e, "scatter")["scatter"])
	for _, bad := range []string{"<script", "<img", "href", "<style", "class="} {
		if strings.Contains(out, bad) {
			t.Errorf("the drawing contains %q", bad)
		}
	}
	if want := escape(hostile); strings.Count(out, want) < 2 {
		t.Errorf("the label does not appear as text: want %q in\n%s", want, out)
	}
}

func TestEveryKindDraws(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for name, out := range draw(t, e, "scatter", "line", "heat") {
		if n := bytes.Count(out, []byte("<path")); n < 5 {
			t.Errorf("%s: only %d paths", name, n)
		}
		if !bytes.Contains(out, []byte(`viewBox="0 0 640 400"`)) {
			t.Errorf("%s does not scale: no viewBox", name)
		}
	}
}

func TestCleanRefuses(t *testing.T) {
	for name, drawing := range map[string]string{
		"script":         `<svg><script>1</script></svg>`,
		"foreign object": `<svg><foreignObject/></svg>`,
		"image":          `<svg><image href="#a"/></svg>`,
		"handler":        `<svg><path onload="x"/></svg>`,
		"outer link":     `<svg><path href="https://example.org/"/></svg>`,
		"outer paint":    `<svg><path fill="url(https://example.org/#a)"/></svg>`,
		"broken":         `<svg><path`,
	} {
		if out, err := clean(drawing, "x", "x"); err == nil {
			t.Errorf("%s passed: %s", name, out)
		}
	}
}

func TestErrorNamesFigure(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	_, err = e.Draw(Figure{ID: "figure-5", Options: []byte(`{"series":`), Width: 10, Height: 10})
	if err == nil || !strings.Contains(err.Error(), "figure-5") {
		t.Errorf("got %v", err)
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"figure-5-a": "figure-5-a", "../../etc/passwd": "etc-passwd", "τ = 0.05": "0-05",
		"": "figure", "/": "figure", strings.Repeat("a", 10000): strings.Repeat("a", 80),
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%.20q) = %q, want %q", in, got, want)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	e, err := New()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		clear(e.done)
		if _, err := e.Draw(Figure{ID: "x", Options: []byte(samples["scatter"]), Width: 640, Height: 400}); err != nil {
			b.Fatal(err)
		}
	}
}
