package report

import (
	"strconv"
	"strings"
)

// robustnessView is the panel on what verdicts depend on.
type robustnessView struct {
	Title, Note string
	Width       int // columns of the table
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

// viewRobustness returns nil where there is nothing to show.
func viewRobustness(r *Report) *robustnessView {
	b := r.Robustness
	if b == nil || len(b.Choices) == 0 {
		return nil
	}
	v := &robustnessView{Title: b.Title, Note: b.Note, Width: 1 + len(b.Claims)}
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
