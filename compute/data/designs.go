package data

import "lossxfer-report/compute/data/glyph"

// Characters of the pretraining sets. Each set contains the one before it. They
// leave out what is one picture with another class when size is free: c, o, s,
// v, w, x, z, u and l (which is I) among Latin, and every Cyrillic or Greek
// letter drawn like a Latin one.
var (
	latin10 = []rune("ABEGKRaegt")
	latin43 = append(latin10[:10:10], []rune("CDFHIJLMNOPQSTUVWXYZbdfhijkmnpqry")...)
	latin77 = append(latin43[:43:43], []rune("БГДЖИЙЛПФЦЧШЩЪЫЬЭЮЯЂЃЄЁЇЉЊЋЌЎЏҐђёф")...)
)

// Characters of the downstream tasks.
var (
	greek   = []rune("ΔΘΛΞΣΨΩαβγδζηθλμξπστψω")
	symbols = []rune("&@#%$€£¥§¶?+=÷±*<{[~©†½«№")
	digits  = []rune("0123456789")
	unseen  = []rune("ΔΞΣΨΩβγδζλμξ&%$€£¥§¶?2345679")
)

// designs are the generated sets by name.
var designs = map[string]design{
	"latin10":          {characters: latin10},
	"latin43":          {characters: latin43},
	"latin_cyrillic77": {characters: latin77},

	"greek":           {characters: greek},
	"symbols":         {characters: symbols},
	"digits":          {characters: digits},
	"typeface_unseen": {characters: unseen, label: byTypeface, styles: []glyph.Style{glyph.Regular, glyph.Bold}},
	"typeface_seen":   {characters: latin10, label: byTypeface, styles: []glyph.Style{glyph.Regular, glyph.Bold}},
	"style":           {characters: unseen, label: byStyle, nuisance: Nuisance{Shear: None, Rotation: 9}},
	"rotation": {characters: unseen, label: byRotation, styles: []glyph.Style{glyph.Regular, glyph.Bold},
		bands: [][2]float64{{-48, -36}, {-36, -24}, {-24, -12}, {-12, 0}, {0, 12}, {12, 24}, {24, 36}, {36, 48}}, nuisance: Nuisance{Shear: None}},
	"scale": {characters: unseen, label: byScale,
		bands: [][2]float64{{0.6, 0.7}, {0.7, 0.82}, {0.82, 0.96}, {0.96, 1.12}, {1.12, 1.31}, {1.31, 1.53}}},
	"mixed": {characters: []rune("ABEGKRaegtDFHMNQSYbdÆŒßÞðØĦŁæœ"),
		nuisance: Nuisance{Rotation: 24, Shear: 0.2, ScaleMin: 0.8, ScaleMax: 1.25, Clutter: 0.5, Contrast: 0.3}},
}
