package data

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"

	"lossxfer-report/compute/data/idx"
)

//go:embed embedded/*.idx.gz
var embeddedFiles embed.FS

// embedded is a set of real images that the program carries, balanced and in
// rounds of one image per class (testdata/make_subset.go made the files).
type embedded struct {
	classes []string
	norm    Norm
	splits  map[string]embeddedSplit
}

// embeddedSplit is a pair of files. The digests are in the code because results
// are keyed by code: other pixels have to make other keys.
type embeddedSplit struct {
	perClass       int
	images, labels string // hexadecimal SHA-256 of the files
}

var embeddedSets = map[string]embedded{
	"mnist": {
		classes: []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
		norm:    MNISTNorm,
		splits: map[string]embeddedSplit{
			Train:      {300, "ba8d6694694befaced0260fdd6e51b1c2d82ab76a294e1e4ef46e8b9d0c842ed", roundsOf300},
			Validation: {100, "4d18ad86452e581c5e22fdc836333e7c14e3f9c11af2eb7b667b6a2800038bb8", roundsOf100},
			Test:       {300, "0098ff92b1e23a04371f406fab21e4098d802e06521713ef789935a0d08fa019", roundsOf300},
		},
	},
	"fashion": {
		classes: []string{"T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"},
		norm:    FashionNorm,
		splits: map[string]embeddedSplit{
			Train:      {300, "9ea8f344c042fb4d57f5b678fa66c9195360834488d7bc9a599f70012c165adb", roundsOf300},
			Validation: {100, "58d1a0c906e24854e69b2aad459ad9e0ccbe3375cbb7705171f1cf4b87a501a2", roundsOf100},
			Test:       {300, "8de6efddadbf1f71025904a8c9c742e9992809f518ef524a256ef62cc590b6be", roundsOf300},
		},
	},
}

// Both sets have ten classes in rounds, so their label files are the same.
const (
	roundsOf300 = "f36ec4eace2199a7d8423a28a52a4adbd99a1047d80c22fdee464b2be13721b2"
	roundsOf100 = "628fe849481626befbb04124b41b429ab3850770e4317f4750502c1b41ba6c25"
)

// perClass is how many images of each class a split carries.
func (e embedded) perClass(split string) int { return e.splits[split].perClass }

// load reads the first images of each class.
func (e embedded) load(src Source) (*Set, error) {
	split := e.splits[src.Split]
	images, err := readEmbedded(src, "images", split.images)
	if err != nil {
		return nil, err
	}
	labels, err := readEmbedded(src, "labels", split.labels)
	if err != nil {
		return nil, err
	}
	const area = DefaultSize * DefaultSize
	n := src.Len()
	if len(images.Dims) != 3 || len(images.Data) < n*area || len(labels.Data) < n {
		return nil, fmt.Errorf("data source %s: %d images of %v and %d labels do not make %d", src, images.Dims[0], images.Dims[1:], len(labels.Data), n)
	}
	set := &Set{
		Name: src.String(), H: DefaultSize, W: DefaultSize, C: 1,
		Pixels: images.Data[: n*area : n*area], Labels: make([]int, n), Classes: e.classes, Norm: e.norm,
	}
	for i, l := range labels.Data[:n] {
		if int(l) >= len(e.classes) {
			return nil, fmt.Errorf("data source %s: image %d has label %d of %d classes", src, i, l, len(e.classes))
		}
		set.Labels[i] = int(l)
	}
	return set, nil
}

// readEmbedded reads one file after comparing its digest.
func readEmbedded(src Source, part, digest string) (idx.Array, error) {
	name := fmt.Sprintf("embedded/%s-%s-%s.idx.gz", src.Name, src.Split, part)
	b, err := embeddedFiles.ReadFile(name)
	if err != nil {
		return idx.Array{}, fmt.Errorf("data source %s: %w", src, err)
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != digest {
		return idx.Array{}, fmt.Errorf("data source %s: %s has SHA-256 %x, the program was written for %s", src, name, sum, digest)
	}
	x, err := idx.Read(bytes.NewReader(b))
	if err != nil {
		return idx.Array{}, fmt.Errorf("data source %s: %s: %w", src, name, err)
	}
	return x, nil
}
