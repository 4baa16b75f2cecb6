package report

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lossxfer-report/templates"
)

// TestWriteSample writes the sample, or the report.json that LOSSXFER_REPORT names, where
// LOSSXFER_SAMPLE says, to be looked at.
func TestWriteSample(t *testing.T) {
	dir := os.Getenv("LOSSXFER_SAMPLE")
	if dir == "" {
		t.Skip("LOSSXFER_SAMPLE names no folder")
	}
	r := sampleReport(t)
	if path := os.Getenv("LOSSXFER_REPORT"); path != "" {
		data, err := os.ReadFile(path)
		if err == nil {
			r, err = Decode(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	start := time.Now()
	out := render(t, r)
	t.Logf("%d bytes in %v", len(out.HTML), time.Since(start))
	if err := WriteDir(out, dir); err != nil {
		t.Fatal(err)
	}
}

func render(t testing.TB, r *Report) *Output {
	t.Helper()
	out, err := Render(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// digestOf is one line that differs when any byte of the output does.
func digestOf(out *Output) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d ", len(out.HTML), len(out.Markdown))
	h.Write(out.HTML)
	h.Write(out.Markdown)
	for _, name := range sortedKeys(out.Figures) {
		fmt.Fprintf(h, "%q %d ", name, len(out.Figures[name]))
		h.Write(out.Figures[name])
	}
	return fmt.Sprintf("output %x", h.Sum(nil))
}

// TestSameBytesInAnotherProcess renders here, after another report has been drawn by the
// same engine, and in a process of its own.
func TestSameBytesInAnotherProcess(t *testing.T) {
	if os.Getenv("LOSSXFER_PRINT_DIGEST") != "" {
		fmt.Println(digestOf(render(t, sampleReport(t))))
		return
	}
	other := sampleReport(t)
	other.Items = other.Items[4:]
	render(t, other)
	here := digestOf(render(t, sampleReport(t)))
	again := digestOf(render(t, sampleReport(t)))
	if here != again {
		t.Errorf("two renderings in one process differ: %s, %s", here, again)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestSameBytesInAnotherProcess$", "-test.v")
	cmd.Env = append(os.Environ(), "LOSSXFER_PRINT_DIGEST=1", "GOMAXPROCS=1", "TZ=Pacific/Auckland", "LANG=de_DE.UTF-8")
	there, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, there)
	}
	if !strings.Contains(string(there), here) {
		t.Errorf("another process renders other bytes: here %s, there\n%s", here, there)
	}
}

// loader is the page's own script.
func loader(t testing.TB) string {
	t.Helper()
	script, err := templates.Loader()
	if err != nil {
		t.Fatal(err)
	}
	return script
}

// withoutScript is the page without the loader.
func withoutScript(t testing.TB, page []byte) []byte {
	return bytes.Replace(page, []byte(loader(t)), nil, 1)
}

func TestSizeOfPage(t *testing.T) {
	out := render(t, sampleReport(t))
	if n := len(out.HTML); n > 3<<20 {
		t.Errorf("the page has %d bytes, more than 3 MB", n)
	}
}

// Notes on an item stand once beside it, between what is drawn and its claims.
func TestNotesOfAnItem(t *testing.T) {
	r := sampleReport(t)
	out := render(t, r)
	for name, text := range map[string]string{"page": string(withoutScript(t, out.HTML)), "Markdown": string(out.Markdown)} {
		note := r.Items[0].Notes[0]
		_, after, found := strings.Cut(text, note)
		if !found || strings.Contains(after, note) {
			t.Errorf("the %s has the note not once", name)
		}
		if table, claim := strings.Index(text, r.Items[0].Artifacts[1].Table.Caption), strings.Index(after, r.Claims[0].Text); table < 0 || table > len(text)-len(after) || claim < 0 {
			t.Errorf("the %s has the note not after the tables and before the claims", name)
		}
	}
}

func TestPageAsksNoHost(t *testing.T) {
	page := string(render(t, sampleReport(t)).HTML)
	body := string(withoutScript(t, []byte(page)))
	for _, bad := range []string{" src=", "<link rel=\"stylesheet", "@import", "url(http", "<iframe", "<object", "sourceMappingURL"} {
		if i := strings.Index(body, bad); i >= 0 {
			t.Errorf("the page contains %q: …%s…", bad, body[i:min(i+80, len(body))])
		}
	}
	sum := policy(loader(t))
	if !strings.Contains(page, `content="default-src 'none'; script-src 'sha256-`) || !strings.Contains(page, sum) {
		t.Error("the page lacks its policy")
	}
	if n := strings.Count(page, loader(t)); n != 1 {
		t.Errorf("the script stands %d times in the page, not once and byte for byte", n)
	}
}

func TestEveryItemHasAnchorAndStatus(t *testing.T) {
	r := sampleReport(t)
	out := render(t, r)
	for i := range r.Items {
		it := &r.Items[i]
		if n := bytes.Count(out.HTML, []byte(` id="`+it.ID+`"`)); n != 1 {
			t.Errorf("%s: %d anchors, want 1", it.ID, n)
		}
		if it.Status != Computed && !strings.Contains(string(out.HTML), statusText(it)) {
			t.Errorf("%s: the page does not say %q", it.ID, statusText(it))
		}
	}
	for i := range r.Claims {
		if n := bytes.Count(out.HTML, []byte(` id="claim-`+anchor(r.Claims[i].ID)+`"`)); n != 1 {
			t.Errorf("claim %s: %d anchors, want 1", r.Claims[i].ID, n)
		}
	}
}

func TestWriteDir(t *testing.T) {
	dir := t.TempDir()
	out := &Output{HTML: []byte("h"), Markdown: []byte("m"), Figures: map[string][]byte{"a.svg": []byte("a"), "b.svg": []byte("b")}}
	if err := WriteDir(out, dir); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	for _, name := range []string{"report.html", "figures/a.svg"} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"notes.txt", partial + "123"} {
		if err := os.WriteFile(filepath.Join(dir, "figures", name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	next := &Output{HTML: []byte("h2"), Markdown: []byte("m"), Figures: map[string][]byte{"a.svg": []byte("a")}}
	if err := WriteDir(next, dir); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(filepath.Join(dir, "report.html")); string(b) != "h2" {
		t.Errorf("report.html is %q", b)
	}
	if info, err := os.Stat(filepath.Join(dir, "figures/a.svg")); err != nil || !info.ModTime().Equal(old) {
		t.Errorf("an unchanged figure was written again: %v, %v", info, err)
	}
	for name, want := range map[string]bool{"b.svg": false, partial + "123": false, "notes.txt": true} {
		if _, err := os.Stat(filepath.Join(dir, "figures", name)); (err == nil) != want {
			t.Errorf("figures/%s: there %v, want %v", name, err == nil, want)
		}
	}
}

func TestWriteDirSaysWhatIsInTheWay(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "report.html"), 0o755); err != nil {
		t.Fatal(err)
	}
	err := WriteDir(&Output{HTML: []byte("h")}, dir)
	if err == nil || !strings.Contains(err.Error(), "report.html") {
		t.Errorf("got %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, partial+"*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func BenchmarkRenderWithoutDrawing(b *testing.B) {
	r := sampleReport(b)
	for b.Loop() {
		drawings, err := layOutAll(r)
		if err != nil {
			b.Fatal(err)
		}
		packed := later(func() ([]byte, error) { return packReport(r) })
		if _, err := renderHTML(r, packed, drawings); err != nil {
			b.Fatal(err)
		}
		if _, err := renderMarkdown(r, drawings); err != nil {
			b.Fatal(err)
		}
	}
}
