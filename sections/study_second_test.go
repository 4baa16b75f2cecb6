package sections

import (
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute/represent"
)

// The second study differs from the first in what the preset says and in nothing else,
// and the manifest's column names are the second network's layers.
func TestSecondStudyHasAnotherNetworkOnly(t *testing.T) {
	m := manifest(t)
	study, err := NewStudy(m, "quick")
	if err != nil {
		t.Fatal(err)
	}
	o := m.Objectives[0]
	first, second := study.Model(o, 1), study.Second().Model(o, 1)
	if second.Arch.Name != study.Preset.Second.Arch || second.Arch == first.Arch {
		t.Errorf("the second network is %+v, the first %+v", second.Arch, first.Arch)
	}
	first.Monitor, first.Checkpoints = 0, 0
	second.Arch, second.Schedule.Passes = first.Arch, first.Schedule.Passes
	if first != second {
		t.Errorf("but for network, passes and what is looked at while training:\n%+v\n%+v", first, second)
	}
	layers, err := represent.Layers(study.Second().Arch())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range layers {
		names = append(names, l.Name)
	}
	item, err := m.Item("figure-b1")
	if err != nil {
		t.Fatal(err)
	}
	if promised := item.Tables[1].Columns; !slices.Equal(promised, names) {
		t.Errorf("columns %v, layers %v", promised, names)
	}
	for i, label := range layerLabels(layers) {
		if label == names[i] || strings.ContainsRune(label, '_') {
			t.Errorf("layer %s has no label for people", label)
		}
	}
}

// A preset's width is that of both of its networks; without one they are as designed, so
// that other presets keep their keys.
func TestFeaturesAreThePresets(t *testing.T) {
	m := manifest(t)
	for preset, want := range map[string]int{"quick": 0, "standard": 0, "large": 512} {
		study, err := NewStudy(m, preset)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := study.Arch().Features, study.Second().Arch().Features; a != want || b != want {
			t.Errorf("%s: %d and %d features, want %d", preset, a, b, want)
		}
		if sized := study.Sized("standard").Arch(); sized.Features != 0 {
			t.Errorf("%s: networks of the size of standard have %d features", preset, sized.Features)
		}
	}
}
