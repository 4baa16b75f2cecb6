package report

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"lossxfer-report/report/browser"
)

// pageVariable names a report.html to time in place of the sample's.
const pageVariable = "LOSSXFER_PAGE"

// timings are of one opening of a page, in milliseconds since its navigation began.
type timings struct {
	FCP   float64 `json:"fcp"`   // first contentful paint
	Load  float64 `json:"load"`  // all of the file read and parsed, scripts run
	First float64 `json:"first"` // first figure drawn
	All   float64 `json:"all"`   // every figure drawn, by somebody who pages through as fast as they come
	Count int     `json:"count"` // figures
}

const timeScript = `(async () => {
  const fcp = await new Promise(r => new PerformanceObserver(l => l.getEntriesByName('first-contentful-paint').forEach(e => r(e.startTime)))
    .observe({type: 'paint', buffered: true}));
  const load = performance.getEntriesByType('navigation')[0].loadEventEnd;
  const panels = [...document.querySelectorAll('.panel')];
  let first = 0;
  for (const p of panels) {
    p.scrollIntoView();
    while (!p.classList.contains('drawn')) await new Promise(r => requestAnimationFrame(r));
    first = first || performance.now();
  }
  return {fcp: fcp, load: load, first: first, all: performance.now(), count: panels.length};
})()`

// BenchmarkPage times the page in Chromium on a desk and on a phone with a processor four
// times slower.
func BenchmarkPage(b *testing.B) {
	file := os.Getenv(pageVariable)
	if file == "" {
		out, err := Render(sampleReport(b))
		if err != nil {
			b.Fatal(err)
		}
		file = filepath.Join(b.TempDir(), "report.html")
		if err := os.WriteFile(file, out.HTML, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	chromium := browser.Start(b)
	for name, phone := range map[string]bool{"desk": false, "phone": true} {
		b.Run(name, func(b *testing.B) {
			var sum timings
			runs := 0.0
			for b.Loop() {
				got := openPage(b, browser.Open(b, chromium), file, phone)
				sum = timings{sum.FCP + got.FCP, sum.Load + got.Load, sum.First + got.First, sum.All + got.All, got.Count}
				runs++
			}
			b.ReportMetric(sum.FCP/runs, "FCP-ms")
			b.ReportMetric(sum.Load/runs, "load-ms")
			b.ReportMetric(sum.First/runs, "first-figure-ms")
			b.ReportMetric(sum.All/runs, "all-figures-ms")
			b.ReportMetric(float64(sum.Count), "figures")
		})
	}
}

func openPage(b *testing.B, tab *browser.Tab, file string, phone bool) timings {
	if phone {
		browser.Call(b, tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 360, Height: 740, DeviceScaleFactor: 2, Mobile: true})
		browser.Call(b, tab, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
	}
	if err := chromedp.Do(tab.Ctx, chromedp.Navigate("file://"+file)); err != nil {
		b.Fatal(err)
	}
	return browser.Eval[timings](b, tab, timeScript)
}
