package report

// naming is how a panel names its points: each beside its point if there is room, in a
// legend below the plot, or in the legend of another panel.
type naming int

const (
	freely naming = iota
	inLegend
	elsewhere
)

// manyPanels is the number of panels above which one legend serves all of them.
const manyPanels = 4

// nameAlike makes the panels of a figure name their points in one way: if in any of them
// the names find no room beside the points, all have legends, or the first of many has.
// It returns copies; the figure stays as it is.
func nameAlike(panels []Panel) []Panel {
	out := append([]Panel(nil), panels...)
	alike, full := len(out) > 1, false
	for i := range out {
		p := &out[i]
		alike = alike && p.Kind == PanelScatter && len(p.Series) >= legendBeside && namedPoints(p) && sameSeries(p, &out[0])
		full = full || alike && crowded(p)
	}
	if !alike || !full {
		return out
	}
	for i := range out {
		out[i].naming = inLegend
		if i > 0 && len(out) > manyPanels {
			out[i].naming = elsewhere
		}
	}
	return out
}

// sameSeries says whether two panels have the same names, ours or the paper's.
func sameSeries(a, b *Panel) bool {
	if len(a.Series) != len(b.Series) {
		return false
	}
	for i := range a.Series {
		if a.Series[i].Label != b.Series[i].Label {
			return false
		}
	}
	return true
}
