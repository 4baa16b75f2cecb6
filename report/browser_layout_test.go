package report

import (
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"

	"lossxfer-report/report/browser"
)

// testContents scrolls from item to item and looks at what the contents mark as current.
func testContents(t *testing.T, b *browser.Tab) {
	wrong := browser.Eval[[]string](t, b, `(async () => {
		const out = [];
		for (const item of document.querySelectorAll('.item')) {
			item.scrollIntoView({block: 'start'});
			window.scrollBy(0, -window.innerHeight * 0.1);
			const marked = () => [...document.querySelectorAll('.contents [aria-current]')].map(a => a.getAttribute('href'));
			for (let i = 0; i < 100 && marked().join() !== '#' + item.id; i++) await new Promise(r => setTimeout(r, 20));
			if (marked().join() !== '#' + item.id) out.push(item.id + ': ' + marked());
			const box = document.querySelector('.contents [aria-current]').getBoundingClientRect();
			if (box.top < 0 || box.bottom > window.innerHeight) out.push(item.id + ' is out of sight in the contents');
		}
		return out;
	})()`)
	if len(wrong) > 0 {
		t.Errorf("the contents do not follow the reader: %q", wrong)
	}
}

// testFrozen scrolls every table that is wider than a phone to its right end: the names of
// its rows stay where they can be read.
func testFrozen(t *testing.T, b *browser.Tab) {
	browser.Call(t, b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 360, Height: 740, DeviceScaleFactor: 2, Mobile: true})
	defer browser.Call(t, b, emulation.ClearDeviceMetricsOverride, cdp.Empty{})
	got := browser.Eval[struct {
		Wide int      `json:"wide"`
		Lost []string `json:"lost"`
	}](t, b, `(async () => {
		const out = {wide: 0, lost: []};
		document.querySelectorAll('details').forEach(d => d.open = true);
		await new Promise(r => setTimeout(r, 300));
		for (const box of document.querySelectorAll('.scroll')) {
			const names = box.querySelectorAll('.table tbody th');
			if (box.scrollWidth <= box.clientWidth + 1 || !names.length) continue;
			out.wide++;
			box.scrollLeft = box.scrollWidth;
			if (box.scrollLeft < 1) out.lost.push('does not scroll: ' + box.querySelector('table').id);
			const left = box.getBoundingClientRect().left;
			for (const name of names) {
				const at = name.getBoundingClientRect().left - left;
				const over = getComputedStyle(name).backgroundColor;
				if (Math.abs(at) > 2 || over === 'rgba(0, 0, 0, 0)') { out.lost.push(box.querySelector('table').id + ': ' + name.textContent + ' at ' + at + ' over ' + over); break; }
			}
		}
		return out;
	})()`)
	if got.Wide == 0 {
		t.Error("no table is wider than a phone")
	}
	if len(got.Lost) > 0 {
		t.Errorf("names of rows go out of sight: %q", got.Lost)
	}
}
