package report

import "strconv"

// Figures keep this many digits in report.json: many more than a drawing shows and than
// the intervals leave meaning to. Curves of hundreds of points with all seventeen digits
// of a float64 would be a third of the file. What tests and verdicts rest on, the samples
// of tables, keeps every bit; means of heat maps keep enough to be checked.
const (
	pointDigits = 7
	heatDigits  = 11
)

// roundFigures shortens the values of all figures.
func roundFigures(items []Item) {
	for i := range items {
		for _, a := range items[i].Artifacts {
			if a.Figure == nil {
				continue
			}
			for p := range a.Figure.Panels {
				a.Figure.Panels[p].round()
			}
		}
	}
}

func (p *Panel) round() {
	for s := range p.Series {
		for i := range p.Series[s].Points {
			pt := &p.Series[s].Points[i]
			pt.X, pt.Y = rounded(pt.X, pointDigits), rounded(pt.Y, pointDigits)
			pt.XHalf, pt.YHalf = roundedCopy(pt.XHalf, pointDigits), roundedCopy(pt.YHalf, pointDigits)
		}
	}
	if p.Heat == nil {
		return
	}
	for i := range p.Heat.Values {
		for j, v := range p.Heat.Values[i] {
			p.Heat.Values[i][j] = roundedCopy(v, heatDigits)
		}
	}
	for i := range p.Heat.Of {
		for j := range p.Heat.Of[i] {
			of := append([]float64(nil), p.Heat.Of[i][j]...)
			for k := range of {
				of[k] = rounded(of[k], heatDigits)
			}
			p.Heat.Of[i][j] = of
		}
	}
}

// roundedCopy leaves what a pointer points to alone: it may be the value of a table too.
func roundedCopy(v *float64, digits int) *float64 {
	if v == nil {
		return nil
	}
	short := rounded(*v, digits)
	return &short
}

// rounded keeps what is not finite: the check that follows names it.
func rounded(v float64, digits int) float64 {
	if short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64); err == nil && isFinite(v) {
		return short
	}
	return v
}
