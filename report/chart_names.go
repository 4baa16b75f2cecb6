package report

// An axis with names is a category axis of ECharts, which knows whole positions only.
// It gets a nameless position between any two names, so that borders can stand there.

// places lists the categories.
func (a Axis) places() []string {
	var all []string
	for i, name := range clipAll(a.Names) {
		if i > 0 {
			all = append(all, "")
		}
		all = append(all, name)
	}
	return all
}

// place is where a value stands in the units of the drawing.
func (a Axis) place(x float64) float64 {
	if len(a.Names) == 0 {
		return x
	}
	return 2 * (x - 1)
}

// name is a value in words.
func (a Axis) name(x float64) string {
	if i := int(x); len(a.Names) > 0 && float64(i) == x && i >= 1 && i <= len(a.Names) {
		return a.Names[i-1]
	}
	return number4(x)
}

// rules draws the dashed vertical lines of a panel.
func rules(p *Panel) map[string]any {
	if len(p.Rules) == 0 {
		return nil
	}
	var data []any
	for _, x := range p.Rules {
		data = append(data, map[string]any{"xAxis": p.X.place(x)})
	}
	return map[string]any{
		"silent": true, "animation": false, "symbol": "none", "data": data,
		"label":     map[string]any{"show": false},
		"lineStyle": map[string]any{"type": "dashed", "color": mutedColour, "width": 1},
	}
}
