package report

import (
	"fmt"
	"strconv"
	"strings"
)

// lookUpClaim resolves what follows "claim." in a name, see lookUp. Effects have three
// significant digits.
func lookUpClaim(r *Report, rest string) (string, error) {
	id, field, _ := strings.Cut(rest, ".")
	field, label, _ := strings.Cut(field, ".")
	var c *ClaimResult
	for i := range r.Claims {
		if r.Claims[i].ID == id {
			c = &r.Claims[i]
		}
	}
	if c == nil {
		return "", fmt.Errorf("no such claim")
	}
	e := &c.Evidence
	look, ok := map[string]func() (string, error){
		"verdict":     func() (string, error) { return string(c.Verdict), nil },
		"comparisons": func() (string, error) { return strconv.Itoa(len(tested(e.Parts))), nil },
		"hold": func() (string, error) {
			n := 0
			for _, p := range tested(e.Parts) {
				if p.Holds {
					n++
				}
			}
			return strconv.Itoa(n), nil
		},
		"p":       func() (string, error) { return printedP(e.PHolm) },
		"reverse": func() (string, error) { return printedP(e.ReverseHolm) },
		"seeds": func() (string, error) {
			if e.Seeds == 0 {
				return "(no value: no number is known)", nil
			}
			return strconv.Itoa(e.Seeds), nil
		},
		"effect": func() (string, error) { return ofPart(e.Parts, label, func(p Part) *float64 { return p.Effect }) },
		"low":    func() (string, error) { return ofPart(e.Parts, label, func(p Part) *float64 { return p.Low }) },
		"high":   func() (string, error) { return ofPart(e.Parts, label, func(p Part) *float64 { return p.High }) },
	}[field]
	switch {
	case !ok:
		return "", fmt.Errorf("a claim has no %q; there are verdict, comparisons, hold, p, reverse, seeds, effect, low and high", field)
	case c.Verdict == NotRun && field != "verdict":
		return notYet, nil
	}
	return look()
}

// shownOnly is the note of a part that the test does not have.
const shownOnly = "shown only; not part of the test"

// tested are the comparisons that enter the test: the correlation within each seed is
// shown beside them only.
func tested(parts []Part) []Part {
	var out []Part
	for _, p := range parts {
		if p.Note != shownOnly {
			out = append(out, p)
		}
	}
	return out
}

func printedP(p *float64) (string, error) {
	if p == nil {
		return "", fmt.Errorf("the claim has no such p-value")
	}
	return pValue(*p), nil
}

func ofPart(parts []Part, label string, field func(Part) *float64) (string, error) {
	var labels []string
	for _, p := range parts {
		if p.Label == label && field(p) != nil {
			return number3(*field(p)), nil
		}
		labels = append(labels, p.Label)
	}
	return "", fmt.Errorf("no comparison is called %q; %s", label, suggest(label, labels))
}
