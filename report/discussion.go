package report

import (
	"fmt"
	"slices"
	"strings"
)

// Discussion says what its author makes of verdicts that are not the paper's. It was
// written after a report had been looked at, so it is tied to what that report came to:
// it is shown with its claims at the presets it names and only while all of them have the
// verdict it speaks of.
type Discussion struct {
	Claims  []string `toml:"claims" json:"claims"`
	Presets []string `toml:"presets" json:"presets"`
	Verdict Verdict  `toml:"verdict" json:"verdict"`
	// Text is one paragraph of Markdown with no more than emphasis in it. Its numbers are
	// names in double braces, as in prose.
	Text string `toml:"text" json:"text"`
}

// discussions checks what discussions name, and that no claim has two for one verdict.
func (c *checker) discussions() error {
	claims := ids(c.m.Claims, func(cl Claim) string { return cl.ID })
	presets := ids(c.m.Presets, func(p Preset) string { return p.ID })
	var verdicts []string
	for _, v := range Verdicts() {
		if v != NotRun { // there is nothing to discuss
			verdicts = append(verdicts, string(v))
		}
	}
	first := map[string]int{}
	for i, d := range c.m.Discussions {
		path := fmt.Sprintf("discussion[%d]", i)
		for _, list := range []struct {
			key, what string
			ids, all  []string
		}{{"claims", "claim", d.Claims, claims}, {"presets", "preset", d.Presets, presets}} {
			if len(list.ids) == 0 {
				return c.t.fail(path+"."+list.key, "%s is empty; name at least one %s", list.key, list.what)
			}
			for j, id := range list.ids {
				at := fmt.Sprintf("%s.%s[%d]", path, list.key, j)
				if err := c.known(at, list.what, id, list.all); err != nil {
					return err
				}
				if contains(list.ids[:j], id) {
					return c.t.fail(at, "%q is in the list twice; take one out", id)
				}
			}
		}
		if err := c.known(path+".verdict", "verdict", string(d.Verdict), verdicts); err != nil {
			return err
		}
		for _, claim := range d.Claims {
			for _, preset := range d.Presets {
				of := fmt.Sprintf("%s at %s: %s", claim, preset, d.Verdict)
				if j, ok := first[of]; ok {
					line := c.t.lines[fmt.Sprintf("discussion[%d]", j)]
					return c.t.fail(path, "%s is discussed already on line %d; make one text of the two", of, line)
				}
				first[of] = i
			}
		}
		if err := c.discussed(path+".text", d); err != nil {
			return err
		}
	}
	return nil
}

// discussed checks a text: its Markdown, and that the manifest promises the numbers which
// it names to the presets that it is for.
func (c *checker) discussed(path string, d Discussion) error {
	if strings.TrimSpace(d.Text) == "" {
		return c.t.fail(path, "text is empty; say what you make of the verdict")
	}
	if mark := markup(reference.ReplaceAllString(d.Text, "")); mark != "" {
		return c.t.fail(path, "text has %s; write one paragraph of plain sentences, with *emphasis* at most", mark)
	}
	for _, p := range c.m.Presets {
		sees := "" // whose manifest the preset sees
		if p.own() {
			sees = p.ID
		}
		if !contains(d.Presets, p.ID) || c.m.preset != sees {
			continue
		}
		promised := &Report{Preset: p}
		for _, item := range c.m.Items {
			promised.Items = append(promised.Items, Item{ItemSpec: item, Status: Incomplete})
		}
		for _, claim := range c.m.Claims {
			promised.Claims = append(promised.Claims, ClaimResult{Claim: claim, Verdict: NotRun})
		}
		if _, err := fillIn(promised, d.Text, "text"); err != nil {
			return c.t.fail(path, "%v; write the name of a cell, a value or a claim", err)
		}
	}
	return nil
}

// markup names what a text has of Markdown beyond emphasis, empty if nothing. What is
// escaped is text.
func markup(text string) string {
	escaped := false
	for _, r := range text {
		switch {
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
		case r != '*' && r != '_' && strings.ContainsRune(special, r), r < ' ' && r != '\n' && r != '\t':
			return fmt.Sprintf("the character %q", r)
		}
	}
	switch text = strings.TrimSpace(text); {
	case strings.Contains(text, "\n\n"):
		return "an empty line"
	case strings.IndexAny(text, "-+=*_") == 0:
		return fmt.Sprintf("the character %q at its start", text[0])
	}
	return ""
}

// discuss gives every claim the discussion that was written for its verdict, if all
// claims of that text have it and all numbers it names are there.
func (r *Report) discuss() error {
	at := map[string]*ClaimResult{}
	for i := range r.Claims {
		at[r.Claims[i].ID] = &r.Claims[i]
		r.Claims[i].Discussion = ""
	}
	for _, d := range r.Discussions {
		if slices.ContainsFunc(d.Claims, func(id string) bool { return at[id] == nil || at[id].Verdict != d.Verdict }) {
			continue
		}
		text, err := fillIn(r, d.Text, "the discussion of "+strings.Join(d.Claims, ", "))
		if err != nil {
			return err
		}
		if strings.Contains(text, notYet) {
			continue
		}
		for _, id := range d.Claims {
			at[id].Discussion = strings.Join(strings.Fields(text), " ")
		}
	}
	return nil
}

// Stale says of each claim that has been decided otherwise than every discussion of it at
// this preset presumes, what it was decided to be. Such a discussion is not shown.
func (r *Report) Stale() []string {
	var out []string
	for _, c := range r.Claims {
		var written []string
		fits := c.Verdict == NotRun
		for _, d := range r.Discussions {
			if contains(d.Claims, c.ID) {
				written = append(written, string(d.Verdict))
				fits = fits || d.Verdict == c.Verdict
			}
		}
		if len(written) > 0 && !fits {
			out = append(out, fmt.Sprintf("%s is %s; its discussion was written for %s", c.ID, c.Verdict, strings.Join(written, " or ")))
		}
	}
	return out
}

// discussion is a claim's, as Markdown that is safe to show: one in a report from anyone
// may hold more than emphasis.
func (c *ClaimResult) discussion() string {
	if markup(c.Discussion) != "" || strings.ContainsAny(c.Discussion, "\n\t") {
		return escapeMarkdown(c.Discussion)
	}
	return unlist(c.Discussion)
}

// told remembers with which claim a discussion stood first.
type told map[string]*sameView

// first says whether a claim's discussion stands with it; if the same stands with an
// earlier one, the view gets to know that.
func (t told) first(v *claimView) bool {
	if v.DiscussionText == "" {
		return false
	}
	if v.DiscussedWith = t[v.DiscussionText]; v.DiscussedWith != nil {
		return false
	}
	t[v.DiscussionText] = &sameView{v.Anchor, v.ID}
	return true
}

// tell makes the discussion of a claim's view HTML, or says where the same stands.
func (t told) tell(v *claimView) error {
	if !t.first(v) {
		return nil
	}
	var err error
	v.Discussion, err = markdownHTML(v.DiscussionText)
	return err
}
