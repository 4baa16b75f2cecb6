package svg

import (
	"strconv"
	"strings"
)

// A drawing does not know the font that it will be read in: each reader has another. Its
// layout reckons with DejaVu Sans, the widest of the usual interface fonts, so that in any
// of them no name reaches into the next.

// advances are the widths of the letters from the blank to the tilde, in hundredths of the
// size of the font.
var advances = [...]uint8{
	32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 34, // blank to /
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53, // 0 to ?
	100, 68, 69, 70, 77, 63, 58, 78, 75, 30, 30, 66, 56, 86, 75, 79, // @ to O
	60, 79, 70, 64, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, // P to _
	50, 61, 64, 55, 64, 62, 35, 64, 63, 28, 28, 58, 28, 97, 63, 61, // ` to o
	64, 64, 41, 52, 39, 63, 59, 82, 59, 59, 53, 64, 34, 64, 84, // p to ~
}

// Widths of the letters that are in no table: those of alphabets, and from firstWide on
// those that fill a square.
const (
	usualAdvance = 64
	wideAdvance  = 100
	firstWide    = 0x2E80
)

// TextWidth is the width in pixels of a line of text in a font of the given size.
func TextWidth(text string, size float64) float64 {
	sum := 0
	for _, r := range text {
		switch i := int(r) - ' '; {
		case i >= 0 && i < len(advances):
			sum += int(advances[i])
		case r >= firstWide:
			sum += wideAdvance
		default:
			sum += usualAdvance
		}
	}
	return float64(sum) * size / 100
}

// fontSize finds the size in a font as a style sheet writes it: "italic 12px sans-serif".
func fontSize(font string) float64 {
	for _, word := range strings.Fields(font) {
		if number, ok := strings.CutSuffix(word, "px"); ok {
			if size, err := strconv.ParseFloat(number, 64); err == nil {
				return size
			}
		}
	}
	return 12
}
