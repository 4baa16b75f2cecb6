package report

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestEveryEquationStandsOnThePage(t *testing.T) {
	r := sampleReport(t)
	out := render(t, r)
	page, text := string(out.HTML), string(out.Markdown)
	for n := 1; n <= 21; n++ {
		// Those of an appendix that the sample does not have stand nowhere.
		want := 1
		if n >= 12 {
			want = 0
		}
		if got := strings.Count(page, fmt.Sprintf(`id="equation-%d"`, n)); got != want {
			t.Errorf("equation (%d) stands %d times on the page", n, got)
		}
		if got := strings.Count(text, fmt.Sprintf("**(%d)** ", n)); got != want {
			t.Errorf("equation (%d) stands %d times in report.md", n, got)
		}
	}
}

// TestEquationsHaveAPlace holds the places against the manifest, and the numbers of the
// objectives against their equations.
func TestEquationsHaveAPlace(t *testing.T) {
	m, err := LoadManifest(os.DirFS(".."), "paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]bool{atObjectives: true}
	for i := range m.Items {
		places[m.Items[i].ID] = true
		places[partOf(&Item{ItemSpec: m.Items[i]})] = true
	}
	all, err := equations()
	if err != nil || len(all) != 21 {
		t.Fatalf("%d equations, %v", len(all), err)
	}
	for _, e := range all {
		if !places[e.At] {
			t.Errorf("equation (%d) stands at %q, which is nowhere", e.Number, e.At)
		}
		if _, err := viewEquations(e.At); err != nil {
			t.Error(err)
		}
	}
	for _, o := range m.Objectives {
		if o.Equation > 0 && all[o.Equation-1].At != atObjectives {
			t.Errorf("objective %s has equation (%d), which is not an objective's", o.ID, o.Equation)
		}
	}
}
