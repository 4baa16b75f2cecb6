package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var update = flag.Bool("update", false, "judge the samples of the committed report anew, and draw it")

// referenceFolder has the committed report of the preset standard.
const referenceFolder = "../examples/standard"

func referenceReport(t testing.TB) *Report {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(referenceFolder, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The committed report.json is what this program makes of its samples, and page, Markdown,
// badge and figures are what it draws from that, so that whoever has the program can verify
// them.
func TestReferenceReportIsAsDrawn(t *testing.T) {
	r := referenceReport(t)
	if err := r.recompute(); err != nil {
		t.Fatal(err)
	}
	data, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Render(r)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"report.json": data, "report.html": out.HTML, "report.md": out.Markdown, "badge.svg": out.Badge}
	for name, drawing := range out.Figures {
		files[filepath.Join("figures", name)] = drawing
	}
	for name, want := range files {
		path := filepath.Join(referenceFolder, name)
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what is drawn now (%v): go test ./report -run ReferenceReportIsAsDrawn -update", path, err)
		}
	}
	figures, err := filepath.Glob(filepath.Join(referenceFolder, "figures", "*"))
	if err != nil || len(figures) != len(out.Figures) {
		t.Errorf("%d files of figures, %v; %d are drawn", len(figures), err, len(out.Figures))
	}
}

// A screen reader lists the regions of a page by their names: no two of the committed page,
// which has every item, share one.
func TestRegionsHaveNamesOfTheirOwn(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(referenceFolder, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`role="?region"? aria-label="([^"]*)"`).FindAllSubmatch(page, -1) {
		if name := string(m[1]); seen[name] {
			t.Errorf("two regions are called %q", name)
		} else {
			seen[name] = true
		}
	}
	if len(seen) < 100 {
		t.Errorf("%d regions", len(seen))
	}
}
