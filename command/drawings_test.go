package command

import (
	"bytes"
	"testing"
	"testing/fstest"

	"lossxfer-report/cache"
	"lossxfer-report/report"
	"lossxfer-report/report/svg"
)

// drawers are the sources that drawings are made with, as far as their digest goes.
func drawers(engine string) fstest.MapFS {
	return fstest.MapFS{
		"report/svg/svg.go":                {Data: []byte(engine)},
		"templates/echarts/echarts.min.js": {Data: []byte("b")},
		"go.sum":                           {Data: []byte("c")},
	}
}

func shelfOf(t testing.TB, store cache.Store, engine string) *shelf {
	t.Helper()
	s, err := newShelf(store, drawers(engine))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A page is drawn once: the next process finds the drawings in the cache, into whatever
// folder it writes. Another drawer finds none.
func TestShelf(t *testing.T) {
	r := oneFigure(t)
	store := cache.NewMemory()
	first := shelfOf(t, store, "a")
	drawn, err := report.RenderFrom(r, first)
	if err != nil {
		t.Fatal(err)
	}
	if len(first.drawn) != len(drawn.Figures) || len(first.drawn) == 0 {
		t.Fatalf("%d of %d drawings are handed to the shelf", len(first.drawn), len(drawn.Figures))
	}
	first.put()
	if len(first.drawn) != 0 {
		t.Error("drawings would be stored twice")
	}

	second := shelfOf(t, store, "a")
	again, err := report.RenderFrom(r, second)
	if err != nil {
		t.Fatal(err)
	}
	if len(second.drawn) != 0 {
		t.Errorf("%d figures are drawn a second time", len(second.drawn))
	}
	if !bytes.Equal(again.HTML, drawn.HTML) || !bytes.Equal(again.Markdown, drawn.Markdown) {
		t.Error("the page differs from the one that was drawn")
	}

	other := shelfOf(t, store, "another")
	if _, err := report.RenderFrom(r, other); err != nil {
		t.Fatal(err)
	}
	if len(other.drawn) != len(drawn.Figures) {
		t.Error("another drawer takes the drawings")
	}
	for figure := range other.drawn {
		e, err := store.Get(cache.KeyOf(first.parts(figure)))
		if err != nil || !drawnBy(first.drawer, e) || drawnBy(other.drawer, e) {
			t.Errorf("the drawer of %v is not told: %v", e.Parts, err)
		}
	}
}

// What is no drawing of ours is out of the way after one look, and the figure is drawn.
func TestShelfRefusesWhatIsNoDrawing(t *testing.T) {
	store := cache.NewMemory()
	s := shelfOf(t, store, "a")
	s.Keep("figure", []byte(`<svg onload="alert(1)"/>`))
	s.put()
	k := cache.KeyOf(s.parts("figure"))
	if _, err := store.Get(k); err != nil {
		t.Fatal(err)
	}
	if s.Drawing("figure") != nil {
		t.Error("the page would have a handler on it")
	}
	if _, err := store.Get(k); err == nil {
		t.Error("it is still in the cache")
	}
	s.Keep("figure", []byte("<svg/>"))
	if s.put(); string(s.Drawing("figure")) != "<svg/>" {
		t.Error("the drawing does not take its place")
	}
}

// FuzzShelf has a build find anything in the cache in the place of a drawing: it is taken
// only if it is sound.
func FuzzShelf(f *testing.F) {
	for _, text := range []string{"", "<svg/>", "<svg ><script>alert(1)</script></svg>", "</figure><SCRIPT >", "<svg onload=x>\n</svg>\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, drawing []byte) {
		s := shelfOf(t, cache.NewMemory(), "a")
		s.Keep("figure", drawing)
		s.put()
		if got := s.Drawing("figure"); got != nil && (svg.Sound(got) != nil || !bytes.Equal(got, drawing)) {
			t.Errorf("%q goes onto the page", got)
		}
	})
}

// oneFigure is a report of one item with one figure, of the reference run.
func oneFigure(t testing.TB) *report.Report {
	t.Helper()
	r := committedReport(t)
	for _, item := range r.Items {
		if item.ID == "figure-5" {
			r.Items, r.Claims = []report.Item{item}, nil
			return r
		}
	}
	t.Fatal("no Figure 5")
	return nil
}
