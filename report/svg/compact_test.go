package svg

import (
	"math"
	"strings"
	"testing"
)

func TestCompact(t *testing.T) {
	const drawing = `<svg width="10" height="10" xmlns="http://www.w3.org/2000/svg">
<text style="font-size:12px;font-family:system-ui, sans-serif;" xml:space="preserve" transform="translate(1.23456 2)" fill="rgb(1,20,255)">a &lt; b</text>
<text style="font-size:13px;font-family:system-ui, sans-serif;">c</text>
<path d="M0.0001 -0.0004L10.1264 3" fill="url(#zr0-g0)"></path>
<defs><linearGradient id="zr0-g0"><stop offset="10%" stop-color="rgb(0,0,0)"></stop><stop offset="11%" stop-color="rgb(0,0,1)"></stop></linearGradient></defs>
</svg>`
	const want = head + `<text fill="#0114ff" x="1" y="2">a &lt; b</text><text font-size="13">c</text><path d="M0,0l10.1,3" fill="url(#f-g0)"/>` +
		`<defs><linearGradient id="f-g0"><stop offset="10%" stop-color="#000"/></linearGradient></defs></svg>`
	if out := cleaned(t, drawing); out != want {
		t.Errorf("got  %s\nwant %s", out, want)
	}
}

// head is how every drawing of these tests begins.
const head = `<svg width="10" height="10" xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="12" role="img"><title>t</title>`

func cleaned(t *testing.T, drawing string) string {
	t.Helper()
	out, err := clean(drawing, "f", "t")
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func TestShrink(t *testing.T) {
	const open = `<svg width="10" height="10" xmlns="http://www.w3.org/2000/svg">`
	for name, c := range map[string]struct{ in, want string }{
		"lines that look alike are one path": {
			`<path d="M0 1L9 1" fill="none" stroke="#111111"/><path d="M0 2L9 2" fill="none" stroke="#111111"/>`,
			`<path d="M0,1h9m-9,1h9" fill="none" stroke="#111"/>`},
		"filled and outlined shapes keep their order": {
			`<path d="M0 1L9 1L9 9Z" fill="#222222" stroke="#111111"/><path d="M0 2L9 2L9 8Z" fill="#222222" stroke="#111111"/>`,
			`<g fill="#222" stroke="#111"><path d="M0,1h9v8z"/><path d="M0,2h9v6z"/></g>`},
		"a scaled symbol": {
			`<path d="M0 -1L1 1L-1 1Z" transform="matrix(5,0,0,5,10,20)" fill="#111111" stroke="#222222" stroke-width="0.2"/>`,
			`<path d="M10,15l5,10h-10z" fill="#111" stroke="#222"/>`},
		"a circle": {
			`<path d="M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0" transform="matrix(5,0,0,5,10,20)" fill="#111111"/>`,
			`<circle fill="#111" cx="10" cy="20" r="5"/>`},
		"a path that only answers the pointer": {`<path d="M0 0L9 9" fill="none"/><path d="M0 0L9 9"/>`, `<path d="M0,0l9,9"/>`},
		"a stretched outline stays as it is": {
			`<path d="M0 0L1 1" transform="matrix(5,0,0,2,10,20)" stroke="#111111"/>`,
			`<path d="M0 0L1 1" transform="matrix(5,0,0,2,10,20)" stroke="#111"/>`},
		"equal clips": {
			`<g clip-path="url(#zr0-c0)"><path d="M0 0L1 1"/></g><g clip-path="url(#zr0-c1)"><path d="M1 1L2 0"/></g>` +
				`<defs><clipPath id="zr0-c0"><path d="M0 0L9 9Z" fill="#000"/></clipPath><clipPath id="zr0-c1"><path d="M0 0L9 9Z" fill="#000"/></clipPath></defs>`,
			`<g clip-path="url(#f-c0)"><path d="M0,0l1,1m0,0,1-1"/></g><defs><clipPath id="f-c0"><path d="M0,0l9,9z"/></clipPath></defs>`},
		"a turned text": {
			`<text dominant-baseline="central" text-anchor="middle" transform="matrix(0,-1,1,0,27,184)">a</text>`,
			`<text text-anchor="middle" transform="rotate(-90)" x="-184" y="31">a</text>`},
		"texts turned alike": {
			`<text transform="matrix(0.766,-0.643,0.643,0.766,179.2778,322.5281)">a</text><text transform="matrix(0.766,-0.643,0.643,0.766,209.2778,322.5281)">b</text>`,
			`<g transform="rotate(-40)"><text x="-70" y="362">a</text><text x="-47" y="382">b</text></g>`},
		"a slanted text stays as it is": {
			`<text transform="matrix(1,0.2,0,1,9,9)">a</text>`,
			`<text transform="matrix(1,0.2,0,1,9,9)">a</text>`},
		"cells are lines with a gap": {
			`<path d="M0.8 0.8L31.6 0.8L31.6 20.6L0.8 20.6Z" fill="#111111" stroke="#ffffff"/><path d="M31.1 0.8L62 0.8L62 20.6L31.1 20.6Z" fill="#123456" stroke="#ffffff"/>` +
				`<path d="M61.5 0.8L92 0.8L92 20.6L61.5 20.6Z" fill="#123457" stroke="#ffffff"/><path d="M91.5 0.8L122 0.8L122 20.6L91.5 20.6Z" fill="#123458" stroke="#ffffff"/>`,
			`<g stroke-width="18"><path d="M1,10h29" stroke="#111"/><path d="M31,10h30" stroke="#123456"/><path d="M62,10h29" stroke="#123457"/><path d="M92,10h29" stroke="#123458"/></g>`},
		"texts side by side": {
			strings.Repeat(`<text x="1" y="2" fill="#111111">a</text>`, 5),
			`<g fill="#111"><g transform="translate(0,2)">` + strings.Repeat(`<text x="1">a</text>`, 5) + `</g></g>`},
		"corners that nobody sees": {
			`<path d="M0 0L1 0.05L2 0L3 0.05L9 0L9 9" fill="none" stroke="#111111"/>`,
			`<path d="M0,0h9v9" fill="none" stroke="#111"/>`},
		"a bar under another": {
			`<polygon points="0 0 1 1" fill="url(#zr0-g0)"/><polygon points="0 0 1 1" fill="url(#zr0-g1)"/>` +
				`<defs><linearGradient id="zr0-g0"/><linearGradient id="zr0-g1"><stop offset="7.000000000000001%"/><stop offset="30%"/></linearGradient></defs>`,
			`<polygon points="0 0 1 1" fill="url(#f-g1)"/><defs><linearGradient id="f-g1"><stop offset="30%"/></linearGradient></defs>`},
	} {
		if out := cleaned(t, open+c.in+"</svg>"); out != head+c.want+"</svg>" {
			t.Errorf("%s:\ngot  %s\nwant %s", name, strings.TrimPrefix(out, head), c.want)
		}
	}
}

func TestPathsStayWhereTheyAre(t *testing.T) {
	for _, d := range []string{
		"M71 344.5L456 344.5", "M0 0l1.06 1.06l1.06 1.06l1.06 1.06", "M5,5h3v-2H1V9z", "m1 1 2 2 3 3m-4 0z",
		"M1 2C3 4 5 6 7 8c1 1 2 2 3 3Q1 2 3 4q-1-1-2 .5", "M10 0A5 5 0 1 1 10 -.1a3 4 30 0 0 2 2z", "M1e1 -2.5e-1L.5.5",
	} {
		before, ok := parsePath(d)
		if !ok {
			t.Errorf("%q is not read", d)
			continue
		}
		after, ok := parsePath(formatPath(before))
		if !ok || len(after) != len(before) {
			t.Errorf("%q becomes %q", d, formatPath(before))
			continue
		}
		for i := range before {
			for k, v := range before[i].v {
				if math.Abs(v-after[i].v[k]) > 0.051 {
					t.Errorf("%q becomes %q: segment %d", d, formatPath(before), i)
				}
			}
		}
	}
}

func FuzzPath(f *testing.F) {
	for _, d := range []string{"", "M0 0", "z", "M1", "M0 0L", "M0 0x", "1 2", "M0 0A1 1 0 1 1 2 2Z3", "M-.5e3.2"} {
		f.Add(d)
	}
	f.Fuzz(func(t *testing.T, d string) {
		path, ok := parsePath(d)
		if !ok {
			return
		}
		if again, ok := parsePath(formatPath(path)); !ok || len(again) != len(path) {
			t.Errorf("%q is written %q", d, formatPath(path))
		}
	})
}
