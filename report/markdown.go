package report

import "strings"

// renderMarkdown writes report.md: tables, verdicts and the drawings in figures/, in
// GitHub's dialect and without HTML, so that a code host shows it and a diff of two
// builds reads line by line.
func renderMarkdown(r *Report, drawings map[*Figure][]drawing) ([]byte, error) {
	m := &markdown{told: told{}}
	m.head(r)
	intro, err := proseOf(r, "introduction")
	if err != nil {
		return nil, err
	}
	m.para(intro)
	m.board(r)
	for _, panel := range viewRobustness(r) {
		m.robustness(panel)
	}
	m.setting(r)
	m.para("## Equations of the objectives")
	if err := m.equations(atObjectives); err != nil {
		return nil, err
	}
	shown := make(map[string]bool)
	part := ""
	for _, it := range inPaperOrder(r.Items) {
		if p := partOf(it); p != part {
			part = p
			m.para("## " + part)
			if err := m.equations(part); err != nil {
				return nil, err
			}
		}
		if err := m.item(r, it, drawings, shown); err != nil {
			return nil, err
		}
	}
	if err := m.method(r); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSpace(m.b.String()) + "\n"), nil
}

// markdown collects blocks separated by blank lines.
type markdown struct {
	b    strings.Builder
	told told
}

func (m *markdown) para(text string) {
	if text != "" {
		m.b.WriteString(text + "\n\n")
	}
}

func (m *markdown) head(r *Report) {
	m.para("# " + escapeMarkdown(r.Paper.Title))
	text, arxiv, _ := citation(r.Paper)
	if arxiv != "" {
		text += ". arXiv:" + arxiv
	}
	m.para("A regeneration of: " + escapeMarkdown(text))
	m.para("**" + escapeMarkdown(verdictSentence(r)) + "** " + escapeMarkdown(stateSentence(r)))
	var rows [][]string
	for _, f := range presetFacts(r) {
		rows = append(rows, []string{f.Name, f.Value})
	}
	rows = append(rows, []string{"Manifest", r.ManifestDigest}, []string{"Code", r.CodeDigest})
	m.table([]string{"Build", ""}, rows, 1)
}

func (m *markdown) board(r *Report) {
	if len(r.Claims) == 0 {
		return
	}
	m.para("## Verdicts")
	var rows [][]string
	for _, b := range viewBoard(r) {
		for _, c := range b.Claims {
			rows = append(rows, []string{c.ID, c.Text, c.Sign + " " + c.Verdict, paperWord(c)})
		}
	}
	m.table([]string{"Claim", "The paper says", "Here", "On the paper's own numbers"}, rows, 4)
}

// robustness is a panel on what verdicts depend on.
func (m *markdown) robustness(v *robustnessView) {
	m.para("## " + escapeMarkdown(v.Title))
	m.para(escapeMarkdown(v.Note))
	head := []string{v.Head}
	sums := []string{"All"}
	for _, c := range v.Claims {
		head = append(head, c.ID)
		sums = append(sums, c.Sum)
	}
	rows := [][]string{sums}
	for _, g := range v.Groups {
		for _, choice := range g.Rows {
			row := []string{g.Label + ": " + choice.Label}
			for _, c := range choice.Cells {
				text := c.Sign + " " + c.Verdict
				if c.Detail != "" {
					text += "; " + c.Detail
				}
				row = append(row, text)
			}
			rows = append(rows, row)
		}
	}
	m.table(head, rows, len(head))
}

// paperWord is the outcome on the published numbers without its explanation.
func paperWord(c claimView) string {
	if c.Paper == "" {
		return "not printed"
	}
	word, _, _ := strings.Cut(c.Paper, ":")
	return word
}

func (m *markdown) item(r *Report, it *Item, drawings map[*Figure][]drawing, shown map[string]bool) error {
	m.para("### " + kindName(it.Kind) + " " + escapeMarkdown(it.Number) + ". " + escapeMarkdown(it.Title))
	if it.Status != Computed {
		m.para("> **" + escapeMarkdown(statusText(it)) + "**")
	}
	m.para(escapeMarkdown(it.Shows))
	prose, err := itemProse(r, it)
	if err != nil {
		return err
	}
	m.para(prose)
	if err := m.equations(it.ID); err != nil {
		return err
	}
	letters := figureLetters(it.Artifacts)
	for _, a := range it.Artifacts {
		if a.Table != nil {
			m.drawnTable(a.Table, r.Paper.PM)
		} else {
			m.figure(a.Figure, drawings[a.Figure], letters[a.Figure])
		}
	}
	m.bullets(it.Notes)
	for i := range r.Claims {
		if c := &r.Claims[i]; contains(c.Items, it.ID) {
			m.claim(viewClaim(c), shown)
		}
	}
	if it.StandIn != "" {
		m.para("*Stands in:* " + escapeMarkdown(it.StandIn))
	}
	if len(it.Differs) > 0 {
		m.para("*Differs from the paper:*")
		m.bullets(it.Differs)
	}
	if text := costText(it.Cost); text != "" {
		m.para("*Computed with* " + text + ".")
	}
	return nil
}

// smallData is the number of rows up to which report.md has the data of a panel.
const smallData = 12

func (m *markdown) figure(f *Figure, drawings []drawing, own string) {
	if f.Caption != "" {
		m.para("**" + strings.TrimSpace(own+" "+escapeMarkdown(f.Caption)) + "**")
	}
	for i, d := range drawings {
		title := escapeMarkdown(d.panel.Title)
		if len(drawings) > 1 && own == "" && i < 26 {
			title = strings.TrimSpace(letter(i) + " " + title)
		}
		m.para(title)
		if text := nothing(d.panel); text != "" {
			m.para("*" + text + "*")
			continue
		}
		m.para("![" + escapeMarkdown(describe(d.panel)) + "](figures/" + d.name + ".svg)")
		// Heat maps have their numbers in the drawing.
		if v := viewData(d.panel); d.panel.Heat == nil && len(v.Rows) > 0 && len(v.Rows) <= smallData && !anyDense(d.panel) {
			left := 1
			if v.Head[0] == "Series" {
				left = 2 // and the point's name
			}
			m.table(v.Head, v.Rows, left)
		}
	}
	m.bullets(figureNotes(f))
}

func (m *markdown) claim(c claimView, shown map[string]bool) {
	head := "- **" + escapeMarkdown(c.ID) + " " + c.Sign + " " + c.Verdict + "**: " + escapeMarkdown(c.Text)
	if shown[c.ID] {
		m.para(head)
		return
	}
	shown[c.ID] = true
	for _, line := range []string{c.Evidence, c.Test, c.Note} {
		if line != "" {
			head += "\\\n  " + escapeMarkdown(line)
		}
	}
	if c.Paper != "" {
		head += "\\\n  On the paper's own numbers: " + escapeMarkdown(c.Paper)
	}
	if m.told.first(&c) {
		head += "\\\n  *Discussion:* " + c.DiscussionText
	} else if first := c.DiscussedWith; first != nil {
		head += "\\\n  *Discussion:* as of " + escapeMarkdown(first.Name)
	}
	m.para(head)
}

func (m *markdown) method(r *Report) error {
	text, err := proseOf(r, "method")
	if err != nil || text == "" {
		return err
	}
	m.para("## Method")
	m.para(text)
	return nil
}

// setting says what the paper did, what is done here in its place, and what the tasks are.
func (m *markdown) setting(r *Report) {
	m.para("## What differs from the paper")
	if r.Paper.Setting != "" {
		m.para("**The paper:** " + escapeMarkdown(r.Paper.Setting))
	}
	if r.Paper.StandIn != "" {
		m.para("**Here:** " + escapeMarkdown(r.Paper.StandIn))
	}
	m.bullets(r.Deviations)
	if len(r.Downstream) == 0 {
		return
	}
	rows := make([][]string, len(r.Downstream))
	for i, d := range r.Downstream {
		var plays []string
		for _, id := range d.Plays {
			plays = append(plays, r.Paper.DatasetLabel(id))
		}
		rows[i] = []string{d.Label, d.What, strings.Join(plays, ", ")}
	}
	m.table([]string{"Downstream task", "What it is", "Stands for"}, rows, 3)
}

func (m *markdown) bullets(lines []string) {
	for _, line := range lines {
		m.b.WriteString("- " + escapeMarkdown(line) + "\n")
	}
	if len(lines) > 0 {
		m.b.WriteByte('\n')
	}
}
