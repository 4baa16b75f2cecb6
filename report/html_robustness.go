package report

import (
	"strconv"
	"strings"
)

// robustnessView is the panel on what verdicts depend on.
type robustnessView struct {
	Anchor      string
	Title, Note string
	Head        string // what the choices are of
	Width       int    // columns of the table
	Claims      []robustClaimView
	Groups      []choiceGroupView
}

// robustClaimView heads a column of the panel.
type robustClaimView struct {
	ID, Anchor, Text string
	Slug, Sign       string
	Verdict          string // its own
	Sum              string // over the choices
}

// choiceGroupView is a body of rows under one head.
type choiceGroupView struct {
	Label string
	Rows  []choiceView
}

type choiceView struct {
	Label string
	Cells []underView
}

// underView is what becomes of a claim under a choice.
type underView struct{ Verdict, Slug, Sign, Detail, Missing string }

// viewRobustness returns the panels in which there is something to show.
func viewRobustness(r *Report) []*robustnessView {
	var views []*robustnessView
	for _, b := range r.Robustness.panels() {
		if len(b.Choices) > 0 {
			views = append(views, viewPanel(r, b, len(views)))
		}
	}
	return views
}

// viewPanel shows one panel; above is how many stand above it.
func viewPanel(r *Report, b *Robustness, above int) *robustnessView {
	v := &robustnessView{Anchor: "robustness", Title: b.Title, Note: b.Note, Head: b.Head, Width: 1 + len(b.Claims)}
	if above > 0 {
		v.Anchor += "-" + strconv.Itoa(above+1)
	}
	if v.Head == "" {
		v.Head = "Measure of transfer"
	}
	for j, id := range b.Claims {
		c := robustClaimView{ID: id, Anchor: "claim-" + anchor(id), Sum: b.sum(j)}
		for i := range r.Claims {
			if claim := &r.Claims[i]; claim.ID == id {
				c.Text, c.Verdict, c.Slug, c.Sign = claim.Text, string(claim.Verdict), anchor(string(claim.Verdict)), signs[claim.Verdict]
			}
		}
		v.Claims = append(v.Claims, c)
	}
	for _, choice := range b.Choices {
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Label != choice.Group {
			v.Groups = append(v.Groups, choiceGroupView{Label: choice.Group})
		}
		row := choiceView{Label: choice.Label}
		for _, u := range choice.Verdicts {
			row.Cells = append(row.Cells, viewUnder(u))
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Rows = append(g.Rows, row)
	}
	return v
}

// sum says how often a claim points its way.
func (b *Robustness) sum(claim int) string {
	judged, holds := 0, 0
	for _, c := range b.Choices {
		if u := c.Verdicts[claim]; u.Missing == "" {
			judged++
			if u.Holds {
				holds++
			}
		}
	}
	if judged == 0 {
		return "not judged under any choice"
	}
	return "as claimed under " + strconv.Itoa(holds) + " of " + strconv.Itoa(judged) + " choices"
}

func viewUnder(u Under) underView {
	v := underView{Verdict: string(u.Verdict), Slug: anchor(string(u.Verdict)), Sign: signs[u.Verdict], Missing: u.Missing}
	if u.Missing != "" {
		return v
	}
	v.Detail = "not as claimed"
	if u.Holds {
		v.Detail = "as claimed"
	}
	if u.P != nil {
		v.Detail += ", p\u00a0" + strings.Replace(relation(*u.P), " ", "\u00a0", 1)
	} else if u.N == 1 {
		v.Detail += ", one seed"
	}
	return v
}
