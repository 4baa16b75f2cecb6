package report

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Badge is an SVG for a README: how many claims are reproduced. It is drawn from
// shapes and text alone and names no font file, so that it asks no host; the number
// is in the words, not in the colour.
func Badge(claims []ClaimResult) []byte {
	n := 0
	for _, c := range claims {
		if c.Verdict == Reproduced {
			n++
		}
	}
	left := strconv.Itoa(n) + " of " + strconv.Itoa(len(claims))
	right := "claims reproduced"
	colour := "#1a5fb4"
	if n == 0 {
		colour = "#5e5c64"
	}
	// About 6.6 units for a digit or letter of 11 px; textLength makes it exact
	// whatever font the viewer has.
	width := func(s string) int { return 66 * utf8.RuneCountInString(s) / 10 }
	a, b := width(left), width(right)
	const pad = 6
	split := a + 2*pad
	total := split + b + 2*pad
	text := left + " " + right
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" viewBox="0 0 %[1]d 20" role="img" aria-label="%s">
<title>%[2]s</title>
<clipPath id="r"><rect width="%[1]d" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="%[3]d" height="20" fill="%[4]s"/><rect x="%[3]d" width="%[5]d" height="20" fill="#3d3846"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11"><text x="%[6]d" y="14" textLength="%[7]d" font-weight="bold">%[8]s</text><text x="%[9]d" y="14" textLength="%[10]d">%[11]s</text></g>
</svg>
`, total, text, split, colour, total-split, pad, a, left, split+pad, b, right)
}
