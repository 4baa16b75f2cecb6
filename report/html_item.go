package report

import (
	"html/template"
	"strings"

	"lossxfer-report/report/svg"
)

// itemView is a table or figure with everything that is shown about it.
type itemView struct {
	ID, Kind, Number, Title, Section string
	Shows, StandIn                   string
	Differs                          []string
	Inferred                         bool
	Status                           Status
	StatusSlug, StatusText           string
	Built                            bool // a section draws it
	Prose                            template.HTML
	Artifacts                        []artifactView
	Claims                           []claimView
	Cost                             string
	Work                             []workView
	HasTasks                         bool
}

type artifactView struct {
	Table  *tableView
	Figure *figureView
}

type tableView struct {
	ID, Caption, Corner string
	Groups              []spanView // empty where no column has a group
	Columns             []columnView
	Bodies              []bodyView
	Notes               []string
	Wide                bool // many columns: intervals under the values
}

type spanView struct {
	Label string
	Span  int
}

type columnView struct {
	Label, Unit, Mark string
	Words             bool // holds words: set left
}

// bodyView is a group of rows under a heading of their own.
type bodyView struct {
	Label string
	Span  int
	Rows  []rowView
}

type rowView struct {
	Label string
	Cells []cellView
}

type figureView struct {
	ID, Caption string
	Notes       []string
	Panels      []panelView
	Several     bool
}

type panelView struct {
	ID, Title     string
	Letter        string
	Wide          bool // takes the whole width
	Width, Height int
	Label         string // says in words what the panel is
	Options       template.JS
	Still         template.HTML
	Data          dataView
}

func viewItem(r *Report, it *Item, drawings map[*Figure][]drawing, placed map[string]string) (itemView, error) {
	v := itemView{
		ID: anchor(it.ID), Kind: kindName(it.Kind), Number: it.Number, Title: it.Title, Section: it.Section,
		Shows: it.Shows, StandIn: it.StandIn, Differs: it.Differs, Inferred: it.Inferred,
		Status: it.Status, StatusSlug: anchor(string(it.Status)), StatusText: statusText(it),
		Built: it.Status != NotBuilt, Cost: costText(it.Cost),
		Work: viewWork(it.Tasks), HasTasks: len(it.Tasks) > 0,
	}
	var err error
	if v.Prose, err = proseHTML(r, it.ID); err != nil {
		return v, err
	}
	for _, a := range it.Artifacts {
		if a.Table != nil {
			v.Artifacts = append(v.Artifacts, artifactView{Table: viewTable(a.Table, r.Paper.PM)})
		} else {
			v.Artifacts = append(v.Artifacts, artifactView{Figure: viewFigure(a.Figure, drawings[a.Figure])})
		}
	}
	for i := range r.Claims {
		if contains(r.Claims[i].Items, it.ID) {
			c := viewClaim(&r.Claims[i])
			c.Elsewhere = placed[c.ID]
			if c.Elsewhere == "" {
				placed[c.ID] = c.Anchor
			}
			v.Claims = append(v.Claims, c)
		}
	}
	return v, nil
}

// wideTable is the number of columns from which a table is set narrowly.
const wideTable = 8

func viewTable(t *Table, pm string) *tableView {
	v := &tableView{ID: anchor(t.ID), Caption: t.Caption, Corner: t.Corner, Notes: tableNotes(t, pm), Groups: spans(t.Columns), Wide: len(t.Columns) >= wideTable}
	for j := range t.Columns {
		col := columnView{Label: unbroken(t.Columns[j].Label), Unit: t.Columns[j].Unit, Words: wordy(t, j)}
		if foreign(t, j) {
			col.Mark = "†"
		}
		v.Columns = append(v.Columns, col)
	}
	n := commonN(t)
	for i := range t.Rows {
		row := &t.Rows[i]
		if k := len(v.Bodies); k == 0 || v.Bodies[k-1].Label != row.Group {
			v.Bodies = append(v.Bodies, bodyView{Label: row.Group, Span: len(t.Columns) + 1})
		}
		line := rowView{Label: row.Label}
		for j := range row.Cells {
			c := viewCell(&row.Cells[j], &t.Columns[j], n)
			c.Words = v.Columns[j].Words
			line.Cells = append(line.Cells, c)
		}
		b := &v.Bodies[len(v.Bodies)-1]
		b.Rows = append(b.Rows, line)
	}
	return v
}

// unbroken keeps a short heading such as Top-1 on one line.
func unbroken(label string) string {
	if len(label) > 6 {
		return label
	}
	return strings.ReplaceAll(label, "-", "\u2011")
}

// foreign says whether a column shows published values that were measured on other data.
func foreign(t *Table, j int) bool {
	if t.Columns[j].Comparable {
		return false
	}
	for i := range t.Rows {
		if t.Rows[i].Cells[j].Published != nil {
			return true
		}
	}
	return false
}

// spans joins neighbouring columns of one group under one heading.
func spans(columns []Column) []spanView {
	var out []spanView
	named := false
	for i := range columns {
		named = named || columns[i].Group != ""
		if i > 0 && columns[i].Group == columns[i-1].Group {
			out[len(out)-1].Span++
			continue
		}
		out = append(out, spanView{columns[i].Group, 1})
	}
	if !named {
		return nil
	}
	return out
}

func viewFigure(f *Figure, drawings []drawing) *figureView {
	v := &figureView{ID: anchor(f.ID), Caption: f.Caption, Notes: figureNotes(f), Several: len(drawings) > 1}
	for i, d := range drawings {
		p := panelView{
			ID: "chart-" + d.name, Title: d.panel.Title, Width: d.size.width, Height: d.size.height,
			Label: describe(d.panel), Options: template.JS(d.options), Still: template.HTML(d.svg),
			Data: viewData(d.panel), Wide: needsWidth(d.panel),
		}
		if v.Several && i < 26 {
			p.Letter = "(" + string(rune('a'+i)) + ")"
		}
		v.Panels = append(v.Panels, p)
	}
	return v
}

// figureNotes explains hollow symbols and error bars where a figure has them.
func figureNotes(f *Figure) []string {
	hollow, bars, missing := false, false, false
	for i := range f.Panels {
		for _, s := range f.Panels[i].Series {
			hollow = hollow || s.Published
			for _, pt := range s.Points {
				bars = bars || pt.XHalf != nil || pt.YHalf != nil
			}
		}
		if h := f.Panels[i].Heat; h != nil {
			for _, row := range h.Values {
				missing = missing || hasGap(row)
			}
		}
	}
	var notes []string
	if hollow {
		notes = append(notes, "Hollow symbols: values published in the paper. Filled: ours.")
	}
	if bars {
		notes = append(notes, "Bars: 95% t intervals over seeds.")
	}
	if missing {
		notes = append(notes, "A cross marks a value that is not available.")
	}
	return append(notes, f.Notes...)
}

func hasGap(row []*float64) bool {
	for _, v := range row {
		if v == nil {
			return true
		}
	}
	return false
}

func kindName(kind string) string {
	if kind == "" {
		return "Item"
	}
	return strings.ToUpper(kind[:1]) + kind[1:]
}

// statusText says how far an item got, and why no further.
func statusText(it *Item) string {
	if it.Reason == "" {
		return string(it.Status)
	}
	return string(it.Status) + ": " + it.Reason
}

func costText(c Cost) string {
	if c.Tasks == 0 {
		return ""
	}
	return thousands(int64(c.Tasks)) + " tasks, " + thousands(c.ImageSteps) + " image-steps"
}

// anchor makes an id for the page from one of the report.
func anchor(id string) string { return svg.Slug(id) }
