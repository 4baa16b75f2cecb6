package report

import (
	"slices"
	"strconv"
	"strings"
)

// inPaperOrder sorts items by the section of the paper in which they stand. Within a
// section they keep the manifest's order.
func inPaperOrder(items []Item) []*Item {
	out := make([]*Item, len(items))
	for i := range items {
		out[i] = &items[i]
	}
	slices.SortStableFunc(out, func(a, b *Item) int { return compareSections(a.Section, b.Section) })
	return out
}

// compareSections puts 3.2 before 3.10, and the main text before the appendices.
func compareSections(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		m, errM := strconv.Atoi(strings.TrimSpace(x[i]))
		n, errN := strconv.Atoi(strings.TrimSpace(y[i]))
		switch {
		case errM == nil && errN == nil && m != n:
			return m - n
		case errM == nil && errN != nil:
			return -1
		case errM != nil && errN == nil:
			return 1
		case errM != nil && x[i] != y[i]:
			return strings.Compare(x[i], y[i])
		}
	}
	return len(x) - len(y)
}

// partOf names the part of the paper in which an item stands.
func partOf(it *Item) string {
	if s := strings.TrimSpace(it.Section); s != "" && s[0] >= 'A' && s[0] <= 'Z' {
		return "Appendix " + s[:1]
	}
	return "Main text"
}
