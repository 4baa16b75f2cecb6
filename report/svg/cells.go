package svg

import (
	"math"
	"strconv"
)

// fewCells is from how many on cells of a heat map are drawn as lines.
const fewCells = 4

// cellsAsLines draws cells that stand side by side, with a white outline each, as thick
// lines with a gap of one pixel between them: half as many numbers, and no outline is cut
// by the next.
func cellsAsLines(n *node) {
	var out []*node
	for i := 0; i < len(n.children); {
		cellsAsLines(n.children[i])
		end := i
		for end < len(n.children) && isCell(n.children[end]) {
			end++
		}
		if end-i < fewCells {
			end = max(end, i+1)
			out = append(out, n.children[i:end]...)
			i = end
			continue
		}
		for _, c := range n.children[i:end] {
			out = append(out, cellLine(c))
		}
		i = end
	}
	n.children = out
}

func isCell(n *node) bool {
	if n.name != "path" || len(n.attrs) != 3 || n.get("fill") == "" || n.get("fill") == "none" || n.get("stroke") != "#fff" {
		return false
	}
	path, ok := parsePath(n.get("d"))
	return ok && box(path)
}

func cellLine(c *node) *node {
	path, _ := parsePath(c.get("d"))
	a, b := path[0].v, path[2].v
	// ECharts lets a cell reach over its edges so that no line is seen between two.
	const over = 0.25
	left, right := math.Round(math.Min(a[0], b[0])+over), math.Round(math.Max(a[0], b[0])-over)-1
	top, bottom := math.Round(math.Min(a[1], b[1])+over), math.Round(math.Max(a[1], b[1])-over)-1
	return &node{name: "path", attrs: []attr{
		{"d", "M" + short(left) + "," + strconv.FormatFloat((top+bottom)/2, 'f', -1, 64) + "h" + short(right-left)},
		{"stroke", c.get("fill")}, {"stroke-width", short(bottom - top)},
	}}
}
