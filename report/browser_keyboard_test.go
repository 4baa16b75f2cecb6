package report

import (
	"testing"

	"github.com/chromedp/cdproto/input"

	"lossxfer-report/report/browser"
)

// testKeyboard walks through the page with Tab: everything that can be used has to be
// reached, and seen to be. Then it sorts a table and opens a fold without a mouse.
func testKeyboard(t *testing.T, b *browser.Tab) {
	count := browser.Eval[int](t, b, `(() => {
		window.reached = new Set();
		window.blurred = [];
		document.addEventListener('focusin', e => {
			window.reached.add(e.target);
			const s = getComputedStyle(e.target);
			if (s.outlineStyle === 'none' && s.boxShadow === 'none') window.blurred.push(e.target.outerHTML.slice(0, 80));
		});
		window.wanted = [...document.querySelectorAll('a[href], button, summary, input, select, [tabindex]')].filter(e =>
			!e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}));
		document.activeElement.blur();
		getSelection().removeAllRanges();
		window.scrollTo(0, 0);
		return window.wanted.length;
	})()`)
	for range count + 5 {
		press(t, b, "Tab", 9)
	}
	missed := browser.Eval[[]string](t, b, `window.wanted.filter(e => !window.reached.has(e)).map(e => e.outerHTML.slice(0, 120)).slice(0, 5)`)
	if count < 20 || len(missed) > 0 {
		t.Errorf("of %d things to use Tab misses %q", count, missed)
	}
	if hidden := browser.Eval[[]string](t, b, `window.blurred.slice(0, 5)`); len(hidden) > 0 {
		t.Errorf("these do not show that they have the focus: %q", hidden)
	}

	browser.Eval[string](t, b, `document.querySelector('button.sort').focus(); ''`)
	press(t, b, "Enter", 13)
	if sorted := browser.Eval[string](t, b, `document.querySelector('button.sort').closest('th').getAttribute('aria-sort') || ''`); sorted == "" || sorted == "none" {
		t.Errorf("Enter on a column's name leaves aria-sort %q", sorted)
	}
	browser.Eval[string](t, b, `window.fold = document.querySelector('.folds details:not([open]) > summary'); window.fold.focus(); ''`)
	press(t, b, "Enter", 13)
	if !browser.Eval[bool](t, b, `window.fold.parentElement.open`) {
		t.Error("Enter does not open a fold")
	}
	press(t, b, "Enter", 13)
	browser.Eval[string](t, b, `window.scrollTo(0, 0); ''`)
}

// press presses and releases a key.
func press(t *testing.T, b *browser.Tab, key string, code int64) {
	t.Helper()
	down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key, Code: key, WindowsVirtualKeyCode: code}
	if key == "Enter" {
		down.Text = "\r"
	}
	browser.Call(t, b, input.DispatchKeyEvent, down)
	browser.Call(t, b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: key, Code: key, WindowsVirtualKeyCode: code})
}
