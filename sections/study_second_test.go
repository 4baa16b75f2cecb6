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
