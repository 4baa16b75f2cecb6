package report

import (
	"os"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"

	"lossxfer-report/report/browser"
)

// violation is a rule of axe-core that the page breaks, and where.
type violation struct {
	Rule   string   `json:"rule"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Nodes  []string `json:"nodes"`
}

// testAccessible lets axe-core 4.14.1 (MPL-2.0, its licence beside it) look at the page
// with every fold open: in the light, in the dark, and on a phone. Its folder begins with
// an underscore so that the program does not carry it.
func testAccessible(t *testing.T, b *browser.Tab) {
	open(t, b, render(t, sampleReport(t)).HTML)
	browser.Eval[string](t, b, `(async () => {
		document.querySelectorAll('details').forEach(d => d.open = true);
		for (let i = 0; i < 300 && document.querySelector('details.input .aside, details.keys .aside'); i++) await new Promise(r => setTimeout(r, 10));
		return '';
	})()`)
	browser.Eval[[]panelState](t, b, drawAllScript)
	axe, err := os.ReadFile("testdata/_axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	browser.Eval[string](t, b, string(axe)+`;""`)
	look := func(how string) {
		found := browser.Eval[[]violation](t, b, `axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => ({
			rule: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' ' + n.html.slice(0, 120))})))`)
		for _, v := range found {
			t.Errorf("%s: %s (%s): %s: %q", how, v.Rule, v.Impact, v.Help, v.Nodes)
		}
	}
	look("light")
	browser.Call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	look("dark")
	browser.Call(t, b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 390, Height: 844, DeviceScaleFactor: 2, Mobile: true})
	look("phone")
	browser.Call(t, b, emulation.ClearDeviceMetricsOverride, cdp.Empty{})
}
