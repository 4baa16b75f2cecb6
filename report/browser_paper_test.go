package report

import (
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"

	"lossxfer-report/report/browser"
)

// paperWidth is how many pixels wide an A4 page is between the margins of 16 mm.
const paperWidth = 672

// testPaper looks, in print, for tables that leave the paper and for cells whose words run
// into the next one.
func testPaper(t *testing.T, b *browser.Tab) {
	browser.Call(t, b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: paperWidth, Height: 1000, DeviceScaleFactor: 1})
	cut := browser.Eval[[]string](t, b, `(() => {
		const bad = [], right = document.querySelector('main').getBoundingClientRect().right;
		for (const table of document.querySelectorAll('main table')) {
			const box = table.getBoundingClientRect();
			if (box.width === 0) continue; // in a fold, not on paper
			if (box.right > right + 1) bad.push('a table leaves the paper: ' + table.textContent.slice(0, 60));
			for (const cell of table.querySelectorAll('th, td')) {
				if (cell.scrollWidth > cell.clientWidth + 1) bad.push('cut: ' + cell.textContent.slice(0, 60) + ' ' + cell.scrollWidth + ' in ' + cell.clientWidth);
			}
		}
		return bad.slice(0, 10);
	})()`)
	if len(cut) > 0 {
		t.Errorf("on paper: %q", cut)
	}
	browser.Call(t, b, emulation.ClearDeviceMetricsOverride, cdp.Empty{})
}
