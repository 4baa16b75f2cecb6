package report

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// What is wrong with a source is said on its line with the mend.
func TestBadSources(t *testing.T) {
	good := theManifest(t)
	for _, c := range []struct{ name, old, new, want string }{
		{"setting", `setting = "paper"`, `setting = "papers"`, `unknown setting "papers"; did you mean "paper"?`},
		{"unknown place", `final = "{objective}/{seed}/final.safetensors"`, `final = "{objective}/{seed}/{dataset}.safetensors"`, `final has {dataset} in it; it may have {objective}, {seed}, {array}`},
		{"no place", `features = "{objective}/{seed}/{dataset}-{split}.safetensors"`, `features = "{objective}/{dataset}-{split}.safetensors"`, `the same for every seed; put {seed} into it`},
		{"out of the folder", `final = "{objective}/{seed}/final.safetensors"`, `final = "../{objective}/{seed}.safetensors"`, `write a path inside the folder of the source`},
		{"arrays as folders", `final = "{objective}/{seed}/final.safetensors"`, `final = "{objective}/{array}/{seed}.npy"`, `put {array} once into the name of the file`},
		{"layer twice", `layers = ["stem", "block1"`, `layers = ["stem", "stem"`, `duplicate id "stem"`},
		{"no source", `source = "published"`, `source = "publisher"`, `unknown source "publisher"; did you mean "published"?`},
		{"no measure", "label = \"Birdsnap\"\nmeasure = \"top1\"", `label = "Birdsnap"`, `unknown measure ""`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(good.Text, c.old) {
				t.Fatalf("the manifest has no %q to break", c.old)
			}
			_, err := ParseManifest("paper.toml", strings.Replace(good.Text, c.old, c.new, 1), os.DirFS("../published"))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "paper.toml:") {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// In the paper's setting claims are about the paper's data sets, under their own names,
// and nothing is said to stand in for anything.
func TestPaperSetting(t *testing.T) {
	m, err := theManifest(t).At("paper")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range m.Downstream {
		names = append(names, d.ID)
	}
	if !slices.Equal(names, []string{"food101", "cifar10", "cifar100", "birdsnap", "sun397", "cars", "pets", "flowers"}) {
		t.Errorf("downstream tasks %v", names)
	}
	for _, item := range m.Items {
		if item.StandIn != "" || len(item.Differs) > 0 {
			t.Errorf("%s stands in: %s, %v", item.ID, item.StandIn, item.Differs)
		}
	}
	columns := map[string][]string{}
	for _, claim := range m.Claims {
		columns[claim.ID] = claim.Columns
		for _, part := range claim.All {
			columns[claim.ID] = append(columns[claim.ID], part.Columns...)
		}
	}
	if got := columns["P4"]; slices.Contains(got, "table-1-linear.pets") || !slices.Contains(got, "table-1-linear.cars") || len(got) != 7 {
		t.Errorf("P4 is about all but mixed letters, here all but Pets: %v", got)
	}
	if got := columns["P18"]; !slices.Contains(got, "table-1-linear.pets") {
		t.Errorf("P18 is about mixed letters, here Pets: %v", got)
	}
	if s, ok := m.Source(m.Presets[slices.IndexFunc(m.Presets, func(p Preset) bool { return p.ID == "paper" })]); !ok || !strings.Contains(m.Paper.StandIn, s.Label) {
		t.Errorf("%q", m.Paper.StandIn)
	}
}
