package svg

import (
	"strings"
	"testing"
)

func TestCompact(t *testing.T) {
	const drawing = `<svg width="10" height="10" xmlns="http://www.w3.org/2000/svg">
<text style="font-size:12px;font-family:system-ui, sans-serif;" xml:space="preserve" transform="translate(1.23456 2)" fill="rgb(1,20,255)">a &lt; b</text>
<text style="font-size:13px;font-family:system-ui, sans-serif;">c</text>
<path d="M0.0001 -0.0004L10.1264 3"></path>
<defs><linearGradient id="zr0-g0"><stop offset="5%" stop-color="rgb(0,0,0)"></stop><stop offset="6%" stop-color="rgb(0,0,1)"></stop></linearGradient></defs>
</svg>`
	out, err := clean(drawing, "f", "t")
	if err != nil {
		t.Fatal(err)
	}
	const want = `<svg width="10" height="10" xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="12" role="img"><title>t</title>` +
		`<text transform="translate(1.23 2)" fill="#0114ff">a &lt; b</text><text font-size="13">c</text><path d="M0 0L10.13 3"/>` +
		`<defs><linearGradient id="f-g0"><stop offset="5%" stop-color="#000000"/></linearGradient></defs></svg>`
	if strings.TrimSpace(string(out)) != want {
		t.Errorf("got  %s\nwant %s", out, want)
	}
}
