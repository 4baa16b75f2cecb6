package svg

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// shrink rewrites a drawing in few bytes that look the same: shifts are worked into the
// coordinates, equal clips become one, lines that look alike become one path, and what
// neighbours have in common is said once for all of them.
func shrink(root *node) {
	same := make(map[string]string)
	oneClip(root, same)
	renameClips(root, same)
	simplify(root)
	uncover(root)
	cellsAsLines(root)
	gather(root)
}

// oneClip removes clips that cut like an earlier one, and notes which takes its place.
func oneClip(n *node, same map[string]string) {
	first := make(map[string]string)
	var walk func(n *node)
	walk = func(n *node) {
		n.children = slices.DeleteFunc(n.children, func(c *node) bool {
			if c.name != "clipPath" {
				walk(c)
				return false
			}
			var b strings.Builder
			for _, inner := range c.children {
				inner.set("fill", "")
				inner.write(&b)
			}
			id := c.get("id")
			earlier, again := first[b.String()]
			if !again {
				first[b.String()], earlier = id, id
			}
			same["url(#"+id+")"] = "url(#" + earlier + ")"
			return again
		})
	}
	walk(n)
}

// renameClips points to the clips that are left, and joins neighbours cut by the same.
func renameClips(n *node, same map[string]string) {
	var out []*node
	for _, c := range n.children {
		renameClips(c, same)
		if clip := same[c.get("clip-path")]; clip != "" {
			c.set("clip-path", clip)
		}
		if k := len(out); k > 0 && c.name == "g" && out[k-1].name == "g" && slices.Equal(c.attrs, out[k-1].attrs) {
			out[k-1].children = append(out[k-1].children, c.children...)
			continue
		}
		out = append(out, c)
	}
	n.children = out
}

var (
	translate = regexp.MustCompile(`^translate\((\S+) (\S+)\)$`)
	matrix    = regexp.MustCompile(`^matrix\(([^,]+),([^,]+),([^,]+),([^,]+),([^,]+),([^,]+)\)$`)
)

// transformOf reads the transform of an element as scale and shift; ok is false if it
// also turns or is something else.
func transformOf(n *node) (sx, sy, tx, ty float64, ok bool) {
	t := n.get("transform")
	if t == "" {
		return 1, 1, 0, 0, true
	}
	if m := translate.FindStringSubmatch(t); m != nil {
		v, ok := floats(m[1:])
		if !ok {
			return 0, 0, 0, 0, false
		}
		return 1, 1, v[0], v[1], true
	}
	if m := matrix.FindStringSubmatch(t); m != nil {
		if v, ok := floats(m[1:]); ok && v[1] == 0 && v[2] == 0 {
			return v[0], v[3], v[4], v[5], true
		}
	}
	return 0, 0, 0, 0, false
}

// turnOf reads a transform that turns by whole degrees and then shifts, as a turn alone and
// the shift before it: labels that are turned alike differ in their place only.
func turnOf(n *node) (turn string, tx, ty float64, ok bool) {
	m := matrix.FindStringSubmatch(n.get("transform"))
	if m == nil {
		return "", 0, 0, false
	}
	v, ok := floats(m[1:])
	const exact = 0.002 // ECharts writes three decimals
	if !ok || math.Abs(v[0]-v[3]) > exact || math.Abs(v[1]+v[2]) > exact || math.Abs(float64(v[0]*v[0])+float64(v[1]*v[1])-1) > exact {
		return "", 0, 0, false
	}
	degrees := math.Atan2(v[1], v[0]) * 180 / math.Pi
	whole := math.Round(degrees)
	if math.Abs(degrees-whole) > 0.1 {
		return "", 0, 0, false
	}
	return "rotate(" + decimals(whole, 0) + ")", float64(v[0]*v[4]) + float64(v[1]*v[5]), float64(v[0]*v[5]) - float64(v[1]*v[4]), true
}

func floats(texts []string) ([]float64, bool) {
	v := make([]float64, len(texts))
	for i, s := range texts {
		var err error
		if v[i], err = strconv.ParseFloat(s, 64); err != nil {
			return nil, false
		}
	}
	return v, true
}

// simplify shortens every element by itself and drops those that draw nothing.
func simplify(n *node) {
	n.children = slices.DeleteFunc(n.children, func(c *node) bool {
		simplify(c)
		if c.get("stroke-width") == "0" || c.get("stroke") == "none" {
			for _, name := range []string{"stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"} {
				c.set(name, "")
			}
		}
		switch c.name {
		case "path":
			if (c.get("fill") == "none" || c.get("fill-opacity") == "0") && c.get("stroke") == "" {
				return true // answers the pointer only
			}
			simplifyPath(c)
		case "text":
			simplifyText(c)
		}
		for _, usual := range initial {
			if c.get(usual.name) == usual.value {
				c.set(usual.name, "")
			}
		}
		return false
	})
}

// initial are the values that attributes have anyway.
var initial = []attr{{"text-anchor", "start"}, {"stroke-linecap", "butt"}, {"stroke-width", "1"}, {"x", "0"}, {"y", "0"},
	{"gradientUnits", "objectBoundingBox"}, {"x1", "0"}, {"y1", "0"}}

// simplifyPath works scale and shift of a path into its coordinates.
func simplifyPath(n *node) {
	sx, sy, tx, ty, ok := transformOf(n)
	width, err := strconv.ParseFloat(n.get("stroke-width"), 64)
	if n.get("stroke") != "" && sx != sy || n.get("stroke-dasharray") != "" && sx != 1 {
		return // such a line is not as wide, or as dashed, everywhere
	}
	path, known := parsePath(n.get("d"))
	if !ok || !known {
		return
	}
	move(path, sx, sy, tx, ty)
	if n.get("fill") == "none" {
		path = straighten(path)
	}
	n.set("transform", "")
	if n.get("stroke") != "" && sx != 1 {
		if err != nil {
			width = 1
		}
		n.set("stroke-width", decimals(float64(width*sx), 2))
	}
	if x, y, r, round := circleOf(path); round {
		n.name = "circle"
		n.set("d", "")
		n.set("cx", short(x))
		n.set("cy", short(y))
		n.set("r", decimals(r, 2))
		return
	}
	n.set("d", formatPath(path))
}

// simplifyText works the shift of a text into its place, and its baseline too: programs
// other than browsers do not know the attribute for it.
func simplifyText(n *node) {
	size, err := strconv.ParseFloat(n.get("font-size"), 64)
	if err != nil {
		size = 12
	}
	at, ok := floats([]string{orZero(n.get("x")), orZero(n.get("y"))})
	if !ok {
		return
	}
	if n.get("dominant-baseline") == "central" {
		n.set("dominant-baseline", "")
		at[1] += float64(size * 0.35)
	}
	if sx, sy, tx, ty, ok := transformOf(n); ok && sx == 1 && sy == 1 {
		n.set("transform", "")
		at[0] += tx
		at[1] += ty
	} else if turn, tx, ty, ok := turnOf(n); ok {
		n.set("transform", turn)
		at[0] += tx
		at[1] += ty
	}
	for i, name := range []string{"x", "y"} {
		value := decimals(at[i], 0) // half a pixel more or less is not seen in a label
		if value == "0" {
			value = ""
		}
		n.set(name, value)
	}
}

// uncover removes shapes that the next one covers wholly: the same shape in another
// paint. Their paint, a gradient, goes too. ECharts draws its colour bars so.
func uncover(n *node) {
	var out []*node
	for _, c := range n.children {
		uncover(c)
		if k := len(out); k > 0 && c.name == "polygon" && out[k-1].name == "polygon" && slices.Equal(unpainted(c), unpainted(out[k-1])) {
			out = out[:k-1]
		}
		out = append(out, c)
	}
	n.children = out
	if n.name != "svg" {
		return
	}
	var all strings.Builder
	n.write(&all)
	for _, defs := range n.children {
		if defs.name == "defs" {
			defs.children = slices.DeleteFunc(defs.children, func(c *node) bool {
				return c.name == "linearGradient" && !strings.Contains(all.String(), "url(#"+c.get("id")+")")
			})
		}
	}
}

// unpainted is what says where a shape is.
func unpainted(n *node) []attr {
	return slices.DeleteFunc(slices.Clone(n.attrs), func(a attr) bool { return a.name == "fill" })
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}
