package report

import (
	"strings"
	"testing"
)

func TestPaperOrder(t *testing.T) {
	var items []Item
	for _, section := range []string{"3.3", "3.10", "3.1", "B.1", "F", "A.2", "A", "3.2", ""} {
		items = append(items, Item{ItemSpec: ItemSpec{Section: section}})
	}
	var got []string
	for _, it := range inPaperOrder(items) {
		got = append(got, it.Section)
	}
	if want := "3.1 3.2 3.3 3.10  A A.2 B.1 F"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
}

func TestEveryPartStandsOnce(t *testing.T) {
	r := sampleReport(t)
	r.Items[0], r.Items[len(r.Items)-1] = r.Items[len(r.Items)-1], r.Items[0]
	page := string(render(t, r).HTML)
	if n := strings.Count(page, `id="part-main-text"`); n != 1 {
		t.Errorf("the main text stands %d times", n)
	}
}
