// Package browser opens pages in Chromium, for tests: it notes what a page complains of and
// what it asks for.
package browser

import (
	"context"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Tab is a tab of Chromium and what it complained about.
type Tab struct {
	Ctx context.Context // of the tab, for chromedp

	mu sync.Mutex
	// complaints are console errors, exceptions and breaches of the policy; requests
	// are URLs asked for besides the page itself.
	complaints, requests []string
}

func installed() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Start starts Chromium once, with an empty profile and without its own background
// traffic, so that every request seen is the page's. Each test opens a tab of its own.
func Start(t testing.TB) context.Context {
	t.Helper()
	path := installed()
	if path == "" {
		t.Skip("no Chromium: install the package chromium (make test does, where apt-get can) to test the page in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.WindowSize(1280, 900),
		chromedp.WSURLReadTimeout(60*time.Second),
	)
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // the browser lives as long as this context
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}

// Open opens a tab whose complaints and requests are noted from the start.
func Open(t testing.TB, chromium context.Context) *Tab {
	t.Helper()
	b := &Tab{}
	ctx, cancel := chromedp.NewContext(chromium, chromedp.WithListener(b.listen))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	b.Ctx, cancel = context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(cancel)
	Call(t, b, network.Enable, network.EnableParams{})
	Call(t, b, cdplog.Enable, cdp.Empty{})
	return b
}

func (b *Tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Type != network.ResourceTypeDocument && !strings.HasPrefix(e.Request.URL, "data:") {
			b.requests = append(b.requests, e.Request.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			var words []string
			for _, a := range e.Args {
				words = append(words, string(a.Value))
			}
			b.complaints = append(b.complaints, "console: "+strings.Join(words, " "))
		}
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, "exception: "+e.ExceptionDetails.Text)
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError {
			b.complaints = append(b.complaints, "log: "+e.Entry.Text)
		}
	}
}

// Heard returns what the browser complained of and which URLs the page asked for.
func (b *Tab) Heard() (complaints, requests []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.complaints...), append([]string(nil), b.requests...)
}

// Call sends one command of the protocol.
func Call[P, R any](t testing.TB, b *Tab, command cdp.Command[P, R], params P) R {
	t.Helper()
	result, err := chromedp.Call(b.Ctx, command, params)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Eval runs an expression on the page and returns what it, or its promise, gives.
func Eval[T any](t testing.TB, b *Tab, script string) T {
	t.Helper()
	v, err := chromedp.Run(b.Ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return v
}
