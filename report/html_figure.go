package report

import (
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"lossxfer-report/report/svg"
)

// figureView is a figure with its panels.
type figureView struct {
	ID, Caption string
	Letter      string // of a figure that is one of several of its item
	Notes       []string
	Panels      []panelView
	Several     bool
}

// panelView is a panel in its three forms: options for ECharts, drawing, table.
type panelView struct {
	ID, Title     string
	Letter        string
	Nothing       string // stands in the place of a panel without any value
	Wide          bool   // takes the whole width
	Named         bool   // has a legend of many names
	Width, Height int
	Label         string // says in words what the panel is
	Of            string // the figure and the place in it: where report.json has the data
	Index         int
	Still         template.HTML
	Data          dataView
}

// viewFigure shows a figure. With a letter of its own, as one of several of its item,
// its panels have none: a letter names one thing in an item.
func (b *itemBuilder) viewFigure(f *Figure, drawings []drawing, own string) *figureView {
	v := &figureView{ID: anchor(f.ID), Caption: f.Caption, Notes: figureNotes(f), Several: len(drawings) > 1, Letter: own}
	for i, d := range drawings {
		b.drawn++
		p := panelView{
			ID: panelID(d), Of: f.ID, Index: i, Title: d.panel.Title, Width: d.size.width, Height: d.size.height,
			Label: describe(d.panel) + " The same values stand in the table below.", Still: inlined(d, b.drawn),
			Data: viewData(d.panel), Wide: needsWidth(d.panel), Named: manyNames(d.panel, d.size), Nothing: nothing(d.panel),
		}
		if v.Several && own == "" && i < 26 {
			p.Letter = letter(i)
		}
		v.Panels = append(v.Panels, p)
	}
	return v
}

// inlined is a drawing without what a page says itself: the name space, the size, the
// title, which the plot has as its label, the font and quotes that HTML does not need. Its
// ids become short: n is its number on the page.
func inlined(d drawing, n int) template.HTML {
	head, rest, ok := strings.Cut(string(d.svg), "</title>")
	box := viewBox.FindString(head)
	if !ok || box == "" {
		return template.HTML(d.svg)
	}
	long, short := svg.Slug(d.name)+"-", "s"+strconv.Itoa(n)
	rest = strings.NewReplacer(`id="`+long, `id="`+short, `"url(#`+long, `"url(#`+short).Replace(rest)
	out := quotedLast.ReplaceAllString("<svg"+box+">"+rest, "$1$2 />")
	return template.HTML(quoted.ReplaceAllString(out, "$1$2"))
}

// These find attributes whose quotes HTML can do without, and those of them after which
// the slash must not stand at once.
var (
	quotedLast = regexp.MustCompile(quotedAttribute + `/>`)
	quoted     = regexp.MustCompile(quotedAttribute)
)

const quotedAttribute = `( [a-zA-Z-]+=)"([^\s"'=<>\x60]+)"`

var viewBox = regexp.MustCompile(` viewBox="[0-9. ]+"`)

func letter(i int) string { return "(" + string(rune('a'+i)) + ")" }

// figureLetters gives the figures of an item letters, if there are several.
func figureLetters(artifacts []Artifact) map[*Figure]string {
	letters := make(map[*Figure]string)
	for _, a := range artifacts {
		if a.Figure != nil && len(letters) < 26 {
			letters[a.Figure] = letter(len(letters))
		}
	}
	if len(letters) < 2 {
		return nil
	}
	return letters
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
	if named := nameAlike(f.Panels); len(named) > manyPanels && named[1].naming == elsewhere {
		notes = append(notes, "The legend below the first panel holds for all.")
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
