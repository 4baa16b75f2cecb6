package report

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"lossxfer-report/report/browser"
)

// maxReferencePage is what the page of the preset standard may weigh, in bytes: it is sent by mail.
const maxReferencePage = 3_000_000

// testReference opens the committed report of the preset standard, which has every item:
// each figure is drawn, nothing is asked for, nothing sticks out on a phone or on paper.
func testReference(t *testing.T, b *browser.Tab) {
	html, err := os.ReadFile(filepath.Join(referenceFolder, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	if len(html) > maxReferencePage {
		t.Errorf("the page has %d bytes, more than %d", len(html), maxReferencePage)
	}
	open(t, b, html)
	checkDrawn(t, browser.Eval[[]panelState](t, b, drawAllScript), referenceReport(t))
	checkQuiet(t, b)
	browser.Call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	testPaper(t, b)
	browser.Call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	testNarrow(t, b)
}
