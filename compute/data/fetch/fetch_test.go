package fetch

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// content is what is published.
var content = bytes.Repeat([]byte("0123456789abcdef"), 64<<10) // 1 MiB

func published(url string) File {
	return File{
		Name: "file.bin", URL: url, Bytes: int64(len(content)),
		SHA256: fmt.Sprintf("%x", sha256.Sum256(content)), MD5: fmt.Sprintf("%x", md5.Sum(content)),
	}
}

func client() *Client {
	return &Client{HTTP: &http.Client{}, Stall: 200 * time.Millisecond, Attempts: 3, Pause: time.Millisecond}
}

// serve answers with a handler that is told the number of the request, from 1.
func serve(t *testing.T, handle func(n int32, w http.ResponseWriter, r *http.Request)) string {
	t.Helper()
	var n atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handle(n.Add(1), w, r) }))
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL
}

// whole serves the file as a good server does, ranges included.
func whole(w http.ResponseWriter, r *http.Request) {
	http.ServeContent(w, r, "", time.Unix(1, 0), bytes.NewReader(content))
}

func wantFile(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(b, content) {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*.part")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestGet(t *testing.T) {
	url := serve(t, func(n int32, w http.ResponseWriter, r *http.Request) {
		if n > 1 {
			t.Error("asked for a file that is there")
		}
		whole(w, r)
	})
	dir := filepath.Join(t.TempDir(), "new")
	c, last := client(), int64(0)
	c.Progress = func(_ File, done int64) { last = done }
	for range 2 {
		path, err := c.Get(context.Background(), dir, published(url))
		if err != nil {
			t.Fatal(err)
		}
		wantFile(t, path)
	}
	if last != int64(len(content)) {
		t.Errorf("progress ended at %d", last)
	}
}

// TestResume: what a broken connection brought is kept, and the next try asks for the
// rest alone; so does the next run of the program.
func TestResume(t *testing.T) {
	const first = 300_000
	var asked []string
	url := serve(t, func(n int32, w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Header.Get("Range"))
		if n == 1 {
			w.Header().Set("Content-Length", fmt.Sprint(len(content)))
			w.Write(content[:first])
			panic(http.ErrAbortHandler)
		}
		whole(w, r)
	})
	dir := t.TempDir()
	c := client()
	c.Attempts = 1
	if _, err := c.Get(context.Background(), dir, published(url)); err == nil || !strings.Contains(err.Error(), "of 1048576 bytes") {
		t.Fatalf("a broken connection: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "file.bin")); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("half a file is at its place: %v", err)
	}
	path, err := c.Get(context.Background(), dir, published(url))
	if err != nil {
		t.Fatal(err)
	}
	wantFile(t, path)
	if len(asked) != 2 || asked[0] != "" || !strings.HasPrefix(asked[1], "bytes=") || asked[1] == "bytes=0-" {
		t.Errorf("ranges asked for: %q", asked)
	}
}

// TestRetries: truncation, a busy server and silence are tried again within one call.
func TestRetries(t *testing.T) {
	for name, fail := range map[string]func(w http.ResponseWriter, r *http.Request){
		"truncated": func(w http.ResponseWriter, r *http.Request) { w.Write(content[:1000]); w.(http.Flusher).Flush() },
		"busy":      func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		"stall": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(content)))
			w.Write(content[:5000])
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Second):
			}
		},
		"silent from the start": func(w http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Second):
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			url := serve(t, func(n int32, w http.ResponseWriter, r *http.Request) {
				if n < 3 {
					fail(w, r)
					return
				}
				whole(w, r)
			})
			path, err := client().Get(context.Background(), t.TempDir(), published(url))
			if err != nil {
				t.Fatal(err)
			}
			wantFile(t, path)
			c := client()
			c.Attempts = 1
			start := time.Now()
			if _, err := c.Get(context.Background(), t.TempDir(), published(serve(t, func(_ int32, w http.ResponseWriter, r *http.Request) { fail(w, r) }))); err == nil {
				t.Error("no error")
			} else if time.Since(start) > 3*time.Second {
				t.Errorf("after %v: %v", time.Since(start), err)
			}
		})
	}
}

// TestRefused: errors that another try would not mend come at once, and nothing is at
// the file's place.
func TestRefused(t *testing.T) {
	other := append([]byte("x"), content[1:]...)
	for want, handle := range map[string]func(w http.ResponseWriter, r *http.Request){
		"SHA-256": func(w http.ResponseWriter, r *http.Request) { w.Write(other) },
		"404":     func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) },
		"the server offers 5 bytes": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "5")
			w.Write([]byte("hello"))
		},
		"more than the 1048576 bytes": func(w http.ResponseWriter, r *http.Request) {
			w.Write(content[:9])
			w.(http.Flusher).Flush()
			w.Write(content)
		},
		"stopped after 10 redirects": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) },
		"unsupported protocol scheme \"ftp\"": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "ftp://127.0.0.1/x", http.StatusFound)
		},
	} {
		dir := t.TempDir()
		requests := int32(0)
		url := serve(t, func(n int32, w http.ResponseWriter, r *http.Request) { requests = n; handle(w, r) })
		_, err := client().Get(context.Background(), dir, published(url))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
		if _, err := os.Stat(filepath.Join(dir, "file.bin")); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: a file is there: %v", want, err)
		}
		if requests != 1 && !strings.Contains(want, "redirects") && !strings.Contains(want, "ftp") {
			t.Errorf("%s: %d requests", want, requests)
		}
	}
}

// TestWrongHalf: a part of another file is found out by the digest and downloaded anew,
// as is a file that has changed at its place.
func TestWrongHalf(t *testing.T) {
	url := serve(t, func(_ int32, w http.ResponseWriter, r *http.Request) { whole(w, r) })
	for _, name := range []string{"file.bin.part", "file.bin"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), bytes.Repeat([]byte("z"), 70_000), 0o666); err != nil {
			t.Fatal(err)
		}
		path, err := client().Get(context.Background(), dir, published(url))
		if err != nil {
			t.Fatal(err)
		}
		wantFile(t, path)
	}
	// A server that does not know ranges sends the whole, which replaces the part.
	plain := serve(t, func(_ int32, w http.ResponseWriter, r *http.Request) { w.Write(content) })
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "file.bin.part"), content[:1000], 0o666)
	path, err := client().Get(context.Background(), dir, published(plain))
	if err != nil {
		t.Fatal(err)
	}
	wantFile(t, path)
	// One that sends another range than was asked for is refused.
	lying := serve(t, func(_ int32, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Range", "bytes 0-5/1048576")
		w.WriteHeader(http.StatusPartialContent)
	})
	os.WriteFile(filepath.Join(dir, "file.bin.part"), content[:1000], 0o666)
	os.Remove(path)
	if _, err := client().Get(context.Background(), dir, published(lying)); err == nil || !strings.Contains(err.Error(), "the server sends \"bytes 0-5") {
		t.Errorf("another range: %v", err)
	}
}

func TestRedirect(t *testing.T) {
	target := serve(t, func(_ int32, w http.ResponseWriter, r *http.Request) { whole(w, r) })
	url := serve(t, func(_ int32, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, target, http.StatusMovedPermanently)
	})
	path, err := client().Get(context.Background(), t.TempDir(), published(url))
	if err != nil {
		t.Fatal(err)
	}
	wantFile(t, path)
}

func TestCancelAndBusy(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	dir := t.TempDir()
	url := serve(t, func(_ int32, w http.ResponseWriter, r *http.Request) {
		if _, err := client().Get(context.Background(), dir, published("http://127.0.0.1:1/")); !errors.Is(err, ErrBusy) {
			t.Errorf("two downloads of one file: %v", err)
		}
		w.Write(content[:1000])
		w.(http.Flusher).Flush()
		cancel()
		<-r.Context().Done()
	})
	if _, err := client().Get(ctx, dir, published(url)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestBadFiles(t *testing.T) {
	good := published("https://example.org/x")
	for want, change := range map[string]func(*File){
		"no name for a file":   func(f *File) { f.Name = "../x" },
		"no address":           func(f *File) { f.URL = "file:///etc/passwd" },
		"its size is 0":        func(f *File) { f.Bytes = 0 },
		"without a digest":     func(f *File) { f.SHA256 = "" },
		"is no name for":       func(f *File) { f.Name = ".." },
		"no address of a file": func(f *File) { f.URL = "::" },
	} {
		f := good
		change(&f)
		if _, err := client().Get(context.Background(), t.TempDir(), f); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
