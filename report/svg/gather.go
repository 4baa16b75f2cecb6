package svg

import (
	"slices"
)

// inherited are the attributes that an element takes from its group.
var inherited = map[string]bool{
	"fill": true, "fill-opacity": true, "stroke": true, "stroke-width": true, "stroke-opacity": true,
	"paint-order": true, "stroke-linecap": true, "stroke-linejoin": true, "stroke-dasharray": true,
	"font-size": true, "font-style": true, "font-weight": true, "text-anchor": true,
	"transform": true, // turns all of a group as it turned each
}

// gather makes one path of neighbours that look alike, and one group of neighbours that
// have attributes in common.
func gather(n *node) {
	for _, c := range n.children {
		gather(c)
	}
	n.children = join(sortTexts(n.children))
	if n.name != "defs" && n.name != "clipPath" && n.name != "text" {
		n.children = group(n.children)
	}
}

// join appends a path to the one before it where both differ in their course only and
// the order of drawing cannot be seen: one colour, either filled or drawn, not both.
func join(children []*node) []*node {
	var out []*node
	for _, c := range children {
		if k := len(out); k > 0 && joinable(c) && joinable(out[k-1]) && slices.Equal(look(c), look(out[k-1])) {
			a, okA := parsePath(out[k-1].get("d"))
			b, okB := parsePath(c.get("d"))
			if okA && okB {
				out[k-1].set("d", formatPath(append(a, b...)))
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

// sortTexts puts neighbouring texts of one colour together. None has a rim that could
// cover another's letters.
func sortTexts(children []*node) []*node {
	rank := make(map[string]int) // of the colours, in order of appearance
	for i := 0; i < len(children); {
		end := i
		for end < len(children) && children[end].name == "text" && children[end].get("stroke") == "" {
			if fill := children[end].get("fill"); rank[fill] == 0 {
				rank[fill] = len(rank) + 1
			}
			end++
		}
		slices.SortStableFunc(children[i:end], func(a, b *node) int { return rank[a.get("fill")] - rank[b.get("fill")] })
		i = max(end, i+1)
	}
	return children
}

// lineUp puts texts that stand side by side into a group at their height.
func lineUp(children []*node) []*node {
	var out []*node
	for i := 0; i < len(children); {
		y, end := children[i].get("y"), i
		for end < len(children) && children[end].name == "text" && children[end].get("y") == y && children[end].get("transform") == "" {
			end++
		}
		if end-i < 5 || y == "" {
			out = append(out, children[i])
			i++
			continue
		}
		g := &node{name: "g", attrs: []attr{{"transform", "translate(0," + y + ")"}}, children: children[i:end]}
		for _, c := range g.children {
			c.set("y", "")
		}
		out = append(out, g)
		i = end
	}
	return out
}

func joinable(n *node) bool {
	one := n.get("stroke") == "" || n.get("fill") == "none"
	return n.name == "path" && one && n.get("stroke-opacity") == "" && n.get("fill-opacity") == "" && n.get("transform") == ""
}

// look is all attributes of a path but its course.
func look(n *node) []attr {
	return slices.DeleteFunc(slices.Clone(n.attrs), func(a attr) bool { return a.name == "d" })
}

// group puts neighbours under a common head wherever that is shorter.
func group(children []*node) []*node {
	var out []*node
	for i := 0; i < len(children); {
		end, common := bestRun(children[i:])
		if end < 2 {
			out = append(out, children[i])
			i++
			continue
		}
		g := &node{name: "g", attrs: common, children: slices.Clone(children[i : i+end])}
		for _, c := range g.children {
			c.attrs = slices.DeleteFunc(c.attrs, func(a attr) bool { return slices.Contains(common, a) })
		}
		g.children = lineUp(group(g.children))
		out = append(out, g)
		i += end
	}
	return out
}

// bestRun returns how many of the first nodes to put into a group, and what all of them
// have in common; 0 if no group is worth its tags.
func bestRun(nodes []*node) (end int, common []attr) {
	const tags = len("<g></g>")
	best := 0
	var run []attr
	for i, n := range nodes {
		if !groupable(n) {
			break
		}
		own := slices.DeleteFunc(slices.Clone(n.attrs), func(a attr) bool { return !inherited[a.name] })
		if i == 0 {
			run = own
		} else {
			run = slices.DeleteFunc(slices.Clone(run), func(a attr) bool { return !slices.Contains(own, a) })
		}
		if len(run) == 0 {
			break
		}
		if saved := i*length(run) - tags; saved > best {
			best, end, common = saved, i+1, run
		}
	}
	return end, common
}

// groupable leaves the background alone: the page finds it as the first rectangle.
func groupable(n *node) bool { return n.name == "path" || n.name == "circle" || n.name == "text" }

func length(attrs []attr) int {
	n := 0
	for _, a := range attrs {
		n += len(a.name) + len(a.value) + len(` =""`)
	}
	return n
}
