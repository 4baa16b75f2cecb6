package report

import (
	"os"
	"strings"
	"testing"
)

func TestBrokenShiftedSets(t *testing.T) {
	good := programText(t)
	for _, c := range []struct{ old, new, want string }{
		{`reference = { objective = "softmax", seed = 1001 }`, `reference = { objective = "softmex", seed = 1001 }`, `unknown objective "softmex"; did you mean "softmax"?`},
		{`reference = { objective = "softmax", seed = 1001 }`, `reference = { objective = "softmax", seed = 8 }`, `seed is 8, and preset "standard" evaluates networks with seeds 1 to 8; write a seed above`},
		{`id = "sketch"`, `id = "v2"`, `duplicate id "v2"`},
		{"textures = -1, clutter", "texture = -1, clutter", `unknown key "texture"; did you mean "textures"?`},
		{"pool_per_class = 300", "pool_per_class = 0", "shifted.pool_per_class is 0; write a whole number from 1"},
		{"shifted = { seeds = 3, per_class = 40", "shifted = { seeds = 4, per_class = 40", "shifted.seeds is 4; write a whole number from 1 to 3"},
		{"corruption_per_class = 5, baseline", "corruption_per_class = 121, baseline", "shifted.corruption_per_class is 121; write a whole number from 1 to 120"},
		{"baseline_passes = 10 }", "baseline_passes = 21 }", "shifted.baseline_passes is 21; write a whole number from 1 to 20"},
	} {
		if !strings.Contains(good, c.old) {
			t.Fatalf("the manifest has no %q to break", c.old)
		}
		_, err := ParseManifest("paper.toml", strings.Replace(good, c.old, c.new, 1), os.DirFS("../published"))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\ngot  %v\nwant %s", c.new, err, c.want)
		}
	}
}

// Parts of a claim that share a reason state it once.
func TestSharedReasonsAreStatedOnce(t *testing.T) {
	p := Predicate{Factor: 0.5, Reason: "half is little"}
	other := Predicate{Margin: 2, Reason: "two are few"}
	p.Kind, other.Kind = "spread", "best"
	c := Claim{Note: "See there", All: []Predicate{p, other, p}}
	if got, want := c.remarks(), "See there. The factor is 0.5: half is little. The margin is 2: two are few."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
