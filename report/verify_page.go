package report

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// segmentStart cuts a page into pieces small enough to name: sections, tables, rows,
// paragraphs, scripts and styles.
var segmentStart = regexp.MustCompile(`<(?:section|article|header|footer|nav|figure|figcaption|table|caption|tr|p|li|dt|details|summary|h[1-6]|svg|script|style|meta|title)\b`)

// idAttribute finds the anchors by which a place is named.
var idAttribute = regexp.MustCompile(`\bid="([^"]+)"`)

// mostFindings bounds how many places of a page are listed.
const mostFindings = 50

// comparePage compares the page with the one that its own data give.
func (v *Verification) comparePage(implied, shown []byte) {
	v.Bytes = len(shown)
	if bytes.Equal(implied, shown) {
		return
	}
	if bytes.HasPrefix(implied, shown) {
		v.Findings = append(v.Findings, Finding{Place: fmt.Sprintf("the page ends at byte %d: %d bytes are missing", len(shown), len(implied)-len(shown))})
		return
	}
	want, got := segments(implied), segments(shown)
	if otherProgram(want, got) {
		v.OtherVersion = true
		v.Findings = append(v.Findings, Finding{Place: "the page's style or script: not this version's, so the text could not be compared"})
		return
	}
	if len(want) != len(got) {
		// Something was put in or taken out: from the first to the last difference.
		n := firstDifference(implied, shown)
		v.Findings = append(v.Findings, Finding{
			Place: pageText(implied, n), Shown: snippet(shown, n), Implied: snippet(implied, n),
		})
		return
	}
	at := 0
	for i := range want {
		if !bytes.Equal(want[i], got[i]) {
			if len(v.Findings) == mostFindings {
				v.Findings = append(v.Findings, Finding{Place: "and more"})
				return
			}
			n := firstDifference(want[i], got[i])
			v.Findings = append(v.Findings, Finding{
				Place: pageText(implied, at+n), Shown: snippet(got[i], n), Implied: snippet(want[i], n),
			})
		}
		at += len(want[i])
	}
}

func segments(page []byte) [][]byte {
	var out [][]byte
	last := 0
	for _, m := range segmentStart.FindAllIndex(page, -1) {
		if m[0] > last {
			out = append(out, page[last:m[0]])
			last = m[0]
		}
	}
	return append(out, page[last:])
}

// otherProgram says whether style and script, which no report changes, both differ.
func otherProgram(want, got [][]byte) bool {
	find := func(all [][]byte, tag string) []byte {
		var largest []byte
		for _, s := range all {
			if bytes.HasPrefix(s, []byte(tag)) && len(s) > len(largest) {
				largest = s
			}
		}
		return largest
	}
	return !bytes.Equal(find(want, "<style"), find(got, "<style"))
}

// pageText names a place of the page by the last anchor before it.
func pageText(page []byte, at int) string {
	place := "the top of the page"
	if all := idAttribute.FindAllSubmatch(page[:min(at, len(page))], -1); len(all) > 0 {
		place = "the page, after #" + string(all[len(all)-1][1])
	}
	return fmt.Sprintf("%s (byte %d)", place, at)
}

// snippet is the text around a difference, without tags, in quotes.
func snippet(b []byte, at int) string {
	from, to := max(0, at-60), min(len(b), at+60)
	for from > 0 && !utf8.RuneStart(b[from]) {
		from--
	}
	for to < len(b) && !utf8.RuneStart(b[to]) {
		to++
	}
	s := string(b[from:to])
	if i := strings.IndexByte(s, '>'); i >= 0 && !strings.Contains(s[:i], "<") {
		s = s[i+1:]
	}
	s = tags.ReplaceAllString(s, " ")
	return fmt.Sprintf("%q", strings.Join(strings.Fields(html.UnescapeString(s)), " "))
}

var tags = regexp.MustCompile(`<[^>]*>?`)
