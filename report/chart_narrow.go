package report

// narrowPlot is the width in pixels up to which a figure is laid out for a phone.
const narrowPlot = 400

// phonePlot is the width of a figure on a narrow phone, phoneBox the plot in it.
const phonePlot = 330

// turned is by how many degrees the names of an axis are turned on a phone, turnedRoom how
// many pixels they reach lower for it.
const (
	turned     = 40
	turnedRoom = 40
)

var phoneBox = box{0, 0, 250, 270}

func whenNarrow(option map[string]any) []any {
	return []any{map[string]any{"query": map[string]any{"maxWidth": narrowPlot}, "option": option}}
}

// narrowOptions are what changes of a plot on a phone: the legend stands below, and where
// the names beside the points would collide there is one in their place.
func narrowOptions(p *Panel, size chartSize, drawn int) map[string]any {
	o := map[string]any{}
	bottom := 58 + legendRows(p, phonePlot)*legendRow
	if len(p.X.Names) > 0 {
		o["xAxis"] = map[string]any{"axisLabel": map[string]any{"rotate": turned}}
		bottom += turnedRoom
	}
	tight := tightNames(p, size)
	if needsLegend(p) || tight && namedBySeries(p) {
		o["grid"] = gridBox(54, 14, 20, bottom)
		o["legend"] = map[string]any{
			"show": true, "orient": "horizontal", "left": 0, "right": 0, "top": "auto", "bottom": 0, "width": "auto",
			"itemWidth": pointIcon, "itemHeight": iconHeight, "textStyle": legendText(),
		}
	}
	switch {
	case tight && namedBySeries(p):
		o["series"] = forAll(drawn, "label", map[string]any{"show": false})
	case tight:
		o["series"] = forAll(drawn, "labelLayout", map[string]any{"hideOverlap": true})
	}
	return o
}

// tightNames says whether the names beside points, which were placed in a wide plot,
// collide on a phone.
func tightNames(p *Panel, size chartSize) bool {
	places, _ := placeLabels(p, size)
	return collideWithin(p, places, phoneBox)
}

// namedBySeries says whether a legend could say what the names beside the points say.
func namedBySeries(p *Panel) bool {
	return len(p.Series) > 1 && namedPoints(p) && !p.NamedElsewhere && p.naming != elsewhere
}

// manyNames says whether a panel has a legend of several lines on a phone.
func manyNames(p *Panel, size chartSize) bool {
	return len(p.Series) >= legendBeside && p.Heat == nil && (needsLegend(p) || namedBySeries(p) && tightNames(p, size))
}

// forAll gives so many series an option.
func forAll(series int, name string, value any) []any {
	out := make([]any, series)
	for i := range out {
		out[i] = map[string]any{name: value}
	}
	return out
}
