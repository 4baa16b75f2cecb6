package command

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lossxfer-report/templates"
)

// printed collects what a command prints while it runs.
type printed struct {
	mu   sync.Mutex
	text strings.Builder
}

func (p *printed) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for start := time.Now(); time.Since(start) < 60*time.Second; time.Sleep(50 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("not within a minute: %s", what)
}

// served is a program that serves a manifest and templates of its own.
type served struct {
	dir, url string
	stop     func() error // ends it as Ctrl-C does
}

// startServe serves one item of the preset smoke, from an empty cache.
func startServe(t *testing.T, item string) served {
	t.Helper()
	dir := t.TempDir()
	root := os.DirFS("..")
	if err := os.CopyFS(filepath.Join(dir, "templates"), os.DirFS("../templates")); err != nil {
		t.Fatal(err)
	}
	s := served{dir: dir}
	s.write(t, "paper.toml", ownManifest(t))
	out := &printed{}
	a := &App{assets: Assets{Sources: root, Drawing: root, Module: "lossxfer-report", Manifest: root},
		stdout: out, stderr: io.Discard, manifest: filepath.Join(dir, "paper.toml"), preset: "smoke", only: []string{item}, cache: filepath.Join(dir, "cache"), jobs: 1}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- a.runServe(ctx, serveFlags{addr: "127.0.0.1:0", templates: filepath.Join(dir, "templates")})
	}()
	s.stop = sync.OnceValue(func() error {
		stop()
		return <-ended
	})
	t.Cleanup(func() { s.stop() }) // the folder goes after it
	eventually(t, "an address is printed", func() bool { return strings.Contains(out.String(), "http://") })
	s.url = strings.TrimSpace(out.String())
	return s
}

func ownManifest(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (s served) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// get is what it answers, empty if it does not.
func (s served) get(path string) string {
	response, err := http.Get(s.url + path)
	if err != nil {
		return ""
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return string(body)
}

// TestServe serves an item that needs no task, changes prose and manifest, and breaks the
// manifest.
func TestServe(t *testing.T) {
	s := startServe(t, "table-a2")
	get, text := s.get, ownManifest(t)
	eventually(t, "the page shows Table A.2", func() bool { return strings.Contains(get(""), `id="table-a2-data"`) })
	page := get("")
	if !strings.Contains(page, "connect-src 'self'") || !strings.Contains(page, "new EventSource('/events')") {
		t.Error("the page does not ask for what is new")
	}
	if !json.Valid([]byte(get("report.json"))) || !strings.HasPrefix(get("report.md"), "# ") {
		t.Error("report.json and report.md are not served")
	}

	s.write(t, "templates/prose/introduction.md", "A sentence of the test.")
	eventually(t, "a change of prose shows", func() bool { return strings.Contains(get(""), "A sentence of the test.") })
	s.write(t, "paper.toml", strings.Replace(text, "title = \"Why Do", "title = \"Just Why Do", 1))
	eventually(t, "a change of the manifest shows", func() bool { return strings.Contains(get(""), "<h1>Just Why Do") })
	s.write(t, "paper.toml", "nonsense = 1\n"+text)
	eventually(t, "an error of the manifest is told", func() bool { return strings.Contains(state(t, s.url), "nonsense") })
	if !strings.Contains(get(""), "<h1>Just Why Do") {
		t.Error("the last good page is gone")
	}

	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if intro, _, _ := templates.Prose("introduction"); strings.Contains(intro, "of the test") {
		t.Error("the program goes on with the templates of the folder")
	}
}

// state reads the first state that the page would hear of.
func state(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url + "events")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	for last := ""; lines.Scan(); last = lines.Text() {
		if last == "event: state" {
			return lines.Text()
		}
	}
	return ""
}

// TestServeAnswersThisMachineOnly holds that a name which another site made to point here
// gets nothing, and that nothing can be sent.
func TestServeAnswersThisMachineOnly(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: newLive(listener.Addr().String())}
	go server.Serve(listener)
	defer server.Close()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	ask := func(method, host string) int {
		request, err := http.NewRequest(method, "http://"+listener.Addr().String()+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	for host, want := range map[string]int{
		"127.0.0.1:" + port: http.StatusOK, "localhost:" + port: http.StatusOK,
		"example.org:" + port: http.StatusForbidden, "example.org": http.StatusForbidden,
	} {
		if got := ask(http.MethodGet, host); got != want {
			t.Errorf("%s: %d, want %d", host, got, want)
		}
	}
	if got := ask(http.MethodPost, "localhost"); got != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", got)
	}
}

func TestServeSaysWhatIsWrong(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	for want, f := range map[string]serveFlags{
		"--addr":      {addr: busy.Addr().String()},
		"--templates": {addr: "127.0.0.1:0", templates: t.TempDir()},
		`"smoke"`:     {addr: "127.0.0.1:0"}, // did you mean
	} {
		root := os.DirFS("..")
		a := &App{assets: Assets{Sources: root, Drawing: root, Module: "lossxfer-report", Manifest: root}, stdout: io.Discard, stderr: io.Discard, preset: "smoek"}
		if err := a.runServe(t.Context(), f); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error about %s, got %v", want, err)
		}
	}
}
