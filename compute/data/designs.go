package data

import "lossxfer-report/compute/data/glyph"

// Characters of the pretraining sets. Each set contains the one before it. They
// leave out what is one picture with another class when size is free: c, o, s,
// v, w, x, z, u and l (which is I) among Latin, and every Cyrillic or Greek
// letter drawn like a Latin one. The largest adds diacritics, as many as every
// typeface has and tells apart: of a breve and a caron on one letter only one is in.
var (
	latin10 = []rune("ABEGKRaegt")
	latin43 = append(latin10[:10:10], []rune("CDFHIJLMNOPQSTUVWXYZbdfhijkmnpqry")...)
	latin77 = append(latin43[:43:43], []rune("БГДЖИЙЛПФЦЧШЩЪЫЬЭЮЯЂЃЄЁЇЉЊЋЌЎЏҐђёф")...)

	latin200 = append(latin77[:77:77], []rune("ÀÁÂÄÅÇÈÉÊÑÒÓÕÙÚÝàáâãäåèéêìíîñýÿĀāĂăĄąĆĈČĎďĐđĒēĔĕėĘęĜĝĞğĠġĢģĤĥ"+
		"ħĩīĭįĲĳĴĵĶķĻļĽľĿŀłŃńŅņŇňŉŊŌŎŔŕŖŗŘřŚŜŞŠŢţŤťŦŧŪŬŮŰŲŴŶŷŸŹŻŽЍẀẂẄỲỳ")...)
)

// Characters of the downstream tasks. None is drawn like a pretraining class
// except in mixed, whose first 20 are classes of latin43 and whose last 10 are
// not, and in typeface_seen. Missing for that reason are ν, ρ, τ, χ, ε (V, p, T, X, Є),
// and of a pair of one shape in two sizes the smaller (ψ, φ).
var (
	greek   = []rune("ΔΘΛΞΣΨΩαβγδζηθλμξπσω")
	symbols = []rune("&@#%$€£¥§¶?+=÷±*<{[~©†½«№")
	digits  = []rune("0123456789")
	mixed   = []rune("ABEGKRaegtDFHMNQSYbdÆŒßÞðØĦŁæœ")
	// Of the three above: what has one upright position and more than one stroke.
	unseen = []rune("ΔΞΣΨΩβγδζλμξ&%$€£¥§¶?2345679")
)

// Slant is part of a style and hides the size of a rotation.
var upright = []glyph.Style{glyph.Regular, glyph.Bold}

// The details of a typeface need a larger, cleaner and straighter picture than a
// letter does: with the default nuisances they are hardly above chance.
var closeUp = Nuisance{ScaleMin: 1.4, ScaleMax: 1.7, Rotation: 4, Shear: None, Clutter: None, Noise: 0.03}

// designs are the generated sets by name.
var designs = map[string]design{
	"latin10":           {characters: latin10},
	"latin43":           {characters: latin43},
	"latin_cyrillic77":  {characters: latin77},
	"latin_cyrillic200": {characters: latin200},

	"greek":           {characters: greek},
	"symbols":         {characters: symbols},
	"digits":          {characters: digits},
	"typeface_unseen": {characters: unseen, label: byTypeface, styles: upright, nuisance: closeUp},
	"typeface_seen":   {characters: latin10, label: byTypeface, styles: upright, nuisance: closeUp},
	// Shear would pass for an italic.
	"style": {characters: unseen, label: byStyle, nuisance: Nuisance{Shear: None, Rotation: 9}},
	"rotation": {
		characters: unseen, label: byRotation, styles: upright, nuisance: Nuisance{Shear: None},
		bands: [][2]float64{{-48, -36}, {-36, -24}, {-24, -12}, {-12, 0}, {0, 12}, {12, 24}, {24, 36}, {36, 48}},
	},
	"scale": {
		characters: unseen, label: byScale,
		bands: [][2]float64{{0.70, 0.83}, {0.83, 0.98}, {0.98, 1.16}, {1.16, 1.37}, {1.37, 1.62}, {1.62, 1.91}},
	},
	// Known letters in renditions wilder than those of pretraining.
	"mixed": {
		characters: mixed,
		nuisance:   Nuisance{Rotation: 24, Shear: 0.2, ScaleMin: 0.8, ScaleMax: 1.4, Clutter: 0.5, Contrast: 0.3},
	},
}
