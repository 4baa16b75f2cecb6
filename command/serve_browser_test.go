package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"lossxfer-report/report/browser"
)

// TestServeInABrowser keeps a page open while its item is computed, the style sheet and
// the manifest change, the manifest is broken and mended, and the program ends.
func TestServeInABrowser(t *testing.T) {
	chromium := browser.Start(t)
	s := startServe(t, "table-c1")
	tab := browser.Open(t, chromium)
	if err := chromedp.Do(tab.Ctx, chromedp.Navigate(s.url)); err != nil {
		t.Fatal(err)
	}
	// The page loads itself anew, and while it does there is nothing to ask.
	sees := func(what string) func() bool {
		return func() bool {
			yes, err := chromedp.Run(tab.Ctx, chromedp.Evaluate[bool](what))
			return err == nil && yes
		}
	}
	const bar = `[...document.querySelectorAll('[role=status]')].pop()` // the page has one of its own
	shows := func(text string) string {
		return `!` + bar + `.hidden && ` + bar + `.textContent.includes('` + text + `')`
	}

	eventually(t, "what goes on is told", sees(shows(" of 18 tasks")))
	eventually(t, "the item says what it lacks", sees(`/tasks have not run yet/.test(document.querySelector('#table-c1').textContent)`))
	eventually(t, "the item fills in", sees(`document.querySelectorAll('#table-c1-data tbody tr').length === 9 && !document.querySelector('#table-c1 .status') && `+bar+`.hidden`))
	fold := `document.querySelector('#table-c1 details')`
	if !sees(`(() => { ` + fold + `.open = true; return true })()`)() {
		t.Fatal("Table C.1 has no fold")
	}

	style, err := os.ReadFile(filepath.Join(s.dir, "templates", "style.css"))
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	s.write(t, "templates/style.css", string(style)+"\nh1 { outline: 3px solid rgb(1, 2, 3) }\n")
	eventually(t, "a change of the style sheet shows", sees(`getComputedStyle(document.querySelector('h1')).outlineColor === 'rgb(1, 2, 3)'`))
	t.Logf("a change of the style sheet shows after %v", time.Since(start).Round(time.Millisecond))
	eventually(t, "a fold that was open is open", sees(fold+`.open`))

	text := ownManifest(t)
	start = time.Now()
	s.write(t, "paper.toml", "nonsense = 1\n"+text)
	eventually(t, "an error shows on the page", sees(shows("nonsense")+` && `+bar+`.style.background === 'rgb(140, 29, 29)'`))
	t.Logf("an error of the manifest shows after %v", time.Since(start).Round(time.Millisecond))
	if !sees(`document.querySelectorAll('#table-c1-data tbody tr').length === 9`)() {
		t.Error("the last good page is gone")
	}
	start = time.Now()
	s.write(t, "paper.toml", strings.Replace(text, "title = \"Why Do", "title = \"Just Why Do", 1))
	eventually(t, "the mended manifest shows", sees(`document.querySelector('h1').textContent.startsWith('Just Why Do') && `+bar+`.hidden`))
	t.Logf("the mended manifest shows after %v", time.Since(start).Round(time.Millisecond))

	complaints, requests := tab.Heard()
	if len(complaints) > 0 {
		t.Errorf("the browser complains: %q", complaints)
	}
	for _, url := range requests {
		if url != s.url+"events" {
			t.Errorf("the page asks for %s", url)
		}
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	eventually(t, "the page says that the program has ended", sees(shows("has stopped")))
}
