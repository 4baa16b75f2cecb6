package report

import (
	"bytes"
	"html/template"
	"slices"

	"lossxfer-report/templates"
)

func comparePage() (*template.Template, error) {
	source, err := templates.Compare()
	if err != nil {
		return nil, err
	}
	return template.New("compare").Funcs(template.FuncMap{
		"nothing": func(s any) string {
			switch s := s.(type) {
			case Verdict:
				return orNothing(string(s))
			case string:
				return orNothing(s)
			}
			return ""
		},
		"status":   statusChange,
		"evidence": CellChange.evidence,
	}).Parse(source)
}

type compareView struct {
	*Comparison
	Style    template.CSS
	Was, Is  string // names of the two reports
	Sentence string
	Note     string
	Drawings map[string][]template.HTML // by item
}

// HTML draws a comparison as one file without a script. In its figures the report
// before is drawn dashed, over the report after; of heat maps the difference is shown.
func (c *Comparison) HTML(was, is string) ([]byte, error) {
	t, err := comparePage()
	if err != nil {
		return nil, err
	}
	style, err := templates.Style()
	if err != nil {
		return nil, err
	}
	v := compareView{Comparison: c, Style: template.CSS(style), Was: was, Is: is,
		Sentence: sentence(c.Sentence()), Note: noiseNote, Drawings: map[string][]template.HTML{}}
	taken := map[string]bool{}
	for _, item := range c.Items {
		f := item.overlay()
		if f == nil {
			continue
		}
		drawings, err := layOut(f, taken)
		if err != nil {
			return nil, err
		}
		all := make([]*drawing, len(drawings))
		for i := range drawings {
			all[i] = &drawings[i]
		}
		if err := drawStills(all, nil); err != nil {
			return nil, err
		}
		for _, d := range all {
			v.Drawings[item.ID] = append(v.Drawings[item.ID], template.HTML(d.svg))
		}
	}
	var b bytes.Buffer
	if err := t.Execute(&b, v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// overlay is the changed panels of an item with both reports in them, or nil.
func (i ItemChange) overlay() *Figure {
	old := map[string]Panel{}
	for _, a := range i.pairs[0] {
		if a.Figure != nil {
			for _, p := range a.Figure.Panels {
				old[a.Figure.ID+"."+p.ID] = p
			}
		}
	}
	f := &Figure{ID: i.ID}
	for _, a := range i.pairs[1] {
		if a.Figure == nil {
			continue
		}
		for _, p := range a.Figure.Panels {
			name := a.Figure.ID + "." + p.ID
			before, ok := old[name]
			if !slices.Contains(i.Figures, name) || !ok || before.Kind != p.Kind {
				continue
			}
			if p.Heat != nil {
				if p.Heat = p.Heat.minus(before.Heat); p.Heat == nil {
					continue
				}
				p.Title += " (after − before)"
			} else {
				p.Series = overlaid(before.Series, p.Series)
			}
			f.Panels = append(f.Panels, p)
		}
	}
	if len(f.Panels) == 0 {
		return nil
	}
	return f
}

// overlaid is the series after, and those before under names of their own.
func overlaid(was, is []Series) []Series {
	out := slices.Clone(is)
	for _, s := range was {
		if s.Published {
			continue // the paper's values do not change
		}
		s.ID, s.Label, s.Dash = s.ID+"-before", s.Label+", before", "dotted"
		s.Points = slices.Clone(s.Points)
		for i := range s.Points {
			s.Points[i].Label = ""
		}
		out = append(out, s)
	}
	return out
}

// minus is the difference of two heat maps of one shape, nil if they have not.
func (h *Heat) minus(was *Heat) *Heat {
	if was == nil || !slices.Equal(h.X, was.X) || !slices.Equal(h.Y, was.Y) || len(h.Values) != len(was.Values) {
		return nil
	}
	d := &Heat{X: h.X, Y: h.Y, Unit: h.Unit, Values: make([][]*float64, len(h.Values))}
	largest := 0.0
	for i, row := range h.Values {
		if len(row) != len(was.Values[i]) {
			return nil
		}
		d.Values[i] = make([]*float64, len(row))
		for j, v := range row {
			if w := was.Values[i][j]; v != nil && w != nil {
				x := *v - *w
				d.Values[i][j], largest = &x, max(largest, x, -x)
			}
		}
	}
	if largest == 0 {
		largest = 1
	}
	d.Min, d.Max = -largest, largest
	return d
}
