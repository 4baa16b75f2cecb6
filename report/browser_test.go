package report

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"lossxfer-report/report/browser"
)

func TestBrowser(t *testing.T) {
	t.Parallel() // it waits for the browser most of the time
	chromium := browser.Start(t)
	for name, test := range map[string]func(*testing.T, *browser.Tab){
		"page": testPage, "policy": testPolicy, "hostile text": testHostileText, "without scripts": testWithoutScripts,
		"accessible": testAccessible, "reference": testReference,
	} {
		t.Run(name, func(t *testing.T) { test(t, browser.Open(t, chromium)) })
	}
}

// open shows a page from a file.
func open(t *testing.T, b *browser.Tab, html []byte) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, html, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(b.Ctx, chromedp.Navigate("file://"+file)); err != nil {
		t.Fatal(err)
	}
}

// drawAllScript scrolls to every panel and waits until it is drawn.
const drawAllScript = `(async () => {
  const out = [];
  for (const p of document.querySelectorAll('.panel')) {
    p.scrollIntoView();
    for (let i = 0; i < 400 && !p.classList.contains('drawn'); i++) await new Promise(r => setTimeout(r, 10));
    const box = p.querySelector('.live').getBoundingClientRect();
    out.push({id: p.id, drawn: Number(p.dataset.series || -1),
      marks: p.querySelectorAll('.live svg path').length, width: box.width, height: box.height,
      still: p.querySelector('.still').getBoundingClientRect().height});
  }
  return out;
})()`

type panelState struct {
	ID     string  `json:"id"`
	Drawn  int     `json:"drawn"` // series that ECharts has
	Marks  int     `json:"marks"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
	Still  float64 `json:"still"` // height of the static drawing
}

// checkDrawn holds what the browser drew against what the report has.
func checkDrawn(t *testing.T, panels []panelState, r *Report) {
	t.Helper()
	drawings, err := layOutAll(r)
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]int)
	for _, list := range drawings {
		for _, d := range list {
			var o struct {
				Series []json.RawMessage `json:"series"`
			}
			if err := json.Unmarshal(d.options, &o); err != nil {
				t.Fatal(err)
			}
			want[panelID(d)] = len(o.Series)
		}
	}
	if len(panels) != len(want) {
		t.Errorf("%d panels on the page, want %d", len(panels), len(want))
	}
	for _, p := range panels {
		if p.Drawn != want[p.ID] || p.Marks < 10 || p.Height < 200 || p.Still != 0 {
			t.Errorf("%s is not drawn as it should be, with %d series: %+v", p.ID, want[p.ID], p)
		}
	}
}

// checkQuiet fails if the browser complained of something or the page asked for something.
func checkQuiet(t *testing.T, b *browser.Tab) {
	t.Helper()
	complaints, requests := b.Heard()
	if len(complaints) > 0 {
		t.Errorf("the browser complains: %q", complaints)
	}
	if len(requests) > 0 {
		t.Errorf("the page asks for %q", requests)
	}
}

func testPage(t *testing.T, b *browser.Tab) {
	r := sampleReport(t)
	open(t, b, render(t, r).HTML)

	checkDrawn(t, browser.Eval[[]panelState](t, b, drawAllScript), r)
	checkQuiet(t, b)
	t.Run("contents", func(t *testing.T) { testContents(t, b) })
	t.Run("keyboard", func(t *testing.T) { testKeyboard(t, b) })
	t.Run("input and keys", func(t *testing.T) { testFolds(t, b) })
	t.Run("tables", func(t *testing.T) { testTables(t, b) })
	t.Run("copies", func(t *testing.T) { testCopies(t, b) })
	t.Run("dark", func(t *testing.T) { testDark(t, b) })
	t.Run("print", func(t *testing.T) { testPrint(t, b) })
	t.Run("fold of a link", func(t *testing.T) {
		open := browser.Eval[bool](t, b, `(async () => { const d = document.querySelector('.folds details:not([open]) p, .folds details:not([open]) h4');
			d.id = 'inside'; location.hash = '#inside'; await new Promise(r => setTimeout(r, 100)); return d.closest('details').open })()`)
		if !open {
			t.Error("a link into a fold does not open it")
		}
	})
	t.Run("narrow", func(t *testing.T) { testNarrow(t, b) })
	t.Run("frozen names", func(t *testing.T) { testFrozen(t, b) })
}

// testNarrow opens every fold on a narrow phone and looks for what sticks out.
func testNarrow(t *testing.T, b *browser.Tab) {
	browser.Call(t, b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 360, Height: 740, DeviceScaleFactor: 2, Mobile: true})
	wide := browser.Eval[struct {
		Page    float64 `json:"page"`
		Culprit string  `json:"culprit"`
	}](t, b, `(async () => {
		document.querySelectorAll('details').forEach(d => d.open = true);
		await new Promise(r => setTimeout(r, 300));
		let culprit = '';
		for (const e of document.querySelectorAll('main *')) {
			if (!e.closest('.scroll') && !e.closest('svg') && e.getBoundingClientRect().right > 361) { culprit = e.outerHTML.slice(0, 120); break; }
		}
		return {page: document.documentElement.scrollWidth, culprit: culprit};
	})()`)
	cut := browser.Eval[[]string](t, b, `[...document.querySelectorAll('.panel')].filter(p => {
		const svg = p.querySelector('.live svg'), plot = p.querySelector('.plot');
		return Math.abs(svg.getBoundingClientRect().width - plot.getBoundingClientRect().width) > 1;
	}).map(p => p.id)`)
	if len(cut) > 0 {
		t.Errorf("at 360 px these do not fit their place: %q", cut)
	}
	if wide.Page > 360 || wide.Culprit != "" {
		t.Errorf("at 360 px the page is %v px wide; %s", wide.Page, wide.Culprit)
	}
	browser.Call(t, b, emulation.ClearDeviceMetricsOverride, cdp.Empty{})
}

func testDark(t *testing.T, b *browser.Tab) {
	const axis = `(async () => { await new Promise(r => setTimeout(r, 200));
		return document.querySelector('.live svg text').getAttribute('fill') })()`
	scheme := func(value string) {
		browser.Call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}},
		})
	}
	scheme("light")
	light := browser.Eval[string](t, b, axis)
	scheme("dark")
	dark := browser.Eval[string](t, b, axis)
	if light == dark {
		t.Errorf("the figures stay %s in the dark", light)
	}
	scheme("light")
}

func testPrint(t *testing.T, b *browser.Tab) {
	browser.Call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	bad := browser.Eval[[]string](t, b, `[...document.querySelectorAll('.panel')].filter(p =>
		p.querySelector('.still svg').getBoundingClientRect().height < 100 || p.querySelector('.live').getBoundingClientRect().height > 0).map(p => p.id)`)
	if len(bad) > 0 {
		t.Errorf("on paper these show no static drawing: %q", bad)
	}
	testPaper(t, b)
	browser.Call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	pdf, err := chromedp.Run(b.Ctx, chromedp.PrintToPDF())
	if err != nil {
		t.Fatal(err)
	}
	if len(pdf) < 20_000 {
		t.Errorf("the PDF has %d bytes", len(pdf))
	}
}

func testPolicy(t *testing.T, b *browser.Tab) {
	html := string(render(t, sampleReport(t)).HTML)
	html = strings.Replace(html, "</body>", `<script>window.pwned = 1</script><p onclick="window.pwned = 2" id="trap">x</p>`+
		`<img src="https://example.invalid/x.png"><img src="x.png"></body>`, 1)
	open(t, b, []byte(html))
	pwned := browser.Eval[string](t, b, `(async () => {
		const s = document.createElement('script'); s.textContent = 'window.pwned = 3'; document.body.append(s);
		document.getElementById('trap').click();
		await new Promise(r => setTimeout(r, 200));
		return window.pwned === undefined ? 'no' : String(window.pwned);
	})()`)
	if pwned != "no" {
		t.Errorf("an injected script ran: %v", pwned)
	}
	complaints, _ := b.Heard()
	if !strings.Contains(strings.Join(complaints, "\n"), "Content Security Policy") {
		t.Errorf("the browser does not report the breach: %q", complaints)
	}
}

func testHostileText(t *testing.T, b *browser.Tab) {
	r := hostileReport(t, hostileText)
	open(t, b, render(t, r).HTML)
	checkDrawn(t, browser.Eval[[]panelState](t, b, drawAllScript), r)
	seen := browser.Eval[struct {
		Pwned  int    `json:"pwned"`
		Images int    `json:"images"`
		Title  string `json:"title"`
		Label  string `json:"label"`
	}](t, b, `({pwned: window.pwned || 0, images: document.images.length, title: document.querySelector('h1').textContent,
		label: [...document.querySelectorAll('.live svg text')].map(e => e.textContent).find(s => s.includes('</script>')) || ''})`)
	if seen.Pwned != 0 || seen.Images != 0 {
		t.Errorf("hostile text became markup: %+v", seen)
	}
	if seen.Title != hostileText {
		t.Errorf("the title reads %q, want %q", seen.Title, hostileText)
	}
	if seen.Label == "" {
		t.Error("no figure shows the hostile name as text")
	}
	if complaints, requests := b.Heard(); len(complaints)+len(requests) > 0 {
		t.Errorf("the browser complains %q and asks for %q", complaints, requests)
	}
}

func testWithoutScripts(t *testing.T, b *browser.Tab) {
	browser.Call(t, b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	r := sampleReport(t)
	open(t, b, render(t, r).HTML)
	heights := browser.Eval[[]float64](t, b, `[...document.querySelectorAll('.panel')].map(p => p.classList.contains('drawn') ? 0 : p.querySelector('.still svg').getBoundingClientRect().height)`)
	if len(heights) == 0 {
		t.Fatal("no figures")
	}
	for i, h := range heights {
		if h < 100 {
			t.Errorf("without scripts figure %d is %v px high", i+1, h)
		}
	}
}
