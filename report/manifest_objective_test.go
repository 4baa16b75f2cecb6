package report

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// An objective that the paper does not have is a row of the tables; of the paper's claims
// it is no part, unless it is named.
func TestObjectiveBesideThePapers(t *testing.T) {
	text, err := os.ReadFile("../paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	published := os.DirFS("../published")
	const first = "[[objective]]\n"
	entry := func(more string) string {
		own := "[[objective]]\nid = \"own\"\nlabel = \"Own\"\nuses = []\n" + more + "here = { smoke = {}, quick = {}, standard = {}, large = {}, cifar = {}, paper = {} }\n\n"
		return strings.Replace(string(text), first, own+first, 1)
	}
	m, err := ParseManifest("paper.toml", entry(""), published)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range m.Items {
		if item.ID == "table-3" && !slices.Contains(item.Tables[0].Rows, "own") {
			t.Errorf("rows of Table 3: %v", item.Tables[0].Rows)
		}
	}
	for _, c := range m.Claims {
		for _, p := range c.predicates() {
			if slices.Contains(p.Rows, "own") || slices.Contains(p.Than, "own") {
				t.Errorf("%s: rows %v, than %v", c.ID, p.Rows, p.Than)
			}
		}
	}
	for id, r := range evaluate(m, "quick", nil) {
		if contains(printedToo, id) && (r.Published == nil || !r.Published.Holds) {
			t.Errorf("%s: published outcome %+v", id, r.Published)
		}
	}
	for more, want := range map[string]string{
		"equation = 3\n": "equation and published go together",
		"published = { text = \"none\", epochs = 1 }\n": "equation and published go together",
	} {
		if _, err := ParseManifest("paper.toml", entry(more), published); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", more, err)
		}
	}
}
