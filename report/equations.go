package report

import (
	"fmt"
	"html/template"

	"github.com/BurntSushi/toml"

	"lossxfer-report/report/mathml"
	"lossxfer-report/templates"
)

// equation is a numbered equation of the paper.
type equation struct {
	Number int    `toml:"number"`
	Name   string `toml:"name"`
	LaTeX  string `toml:"latex"`
	At     string `toml:"at"`   // atObjectives, an item, or a part such as "Appendix E"
	Sure   string `toml:"sure"` // a key of certainties
	Note   string `toml:"note"`
}

const atObjectives = "objectives"

// certainties say how far the form of an equation is known: the paper's text was
// available without its formulas.
var certainties = map[string]string{
	"certain":       "Certain: the sources leave no other form.",
	"content":       "Certain in content; the printed form may differ.",
	"reconstructed": "Reconstructed from the paper's prose and by algebra.",
}

// equations are the paper's 21.
func equations() ([]equation, error) {
	text, err := templates.Equations()
	if err != nil {
		return nil, err
	}
	var file struct {
		Equations []equation `toml:"equation"`
	}
	meta, err := toml.Decode(text, &file)
	if err != nil {
		return nil, fmt.Errorf("templates/equations.toml: %w", err)
	}
	if rest := meta.Undecoded(); len(rest) > 0 {
		return nil, fmt.Errorf("templates/equations.toml: unknown key %s", rest[0])
	}
	for i, e := range file.Equations {
		if e.Number != i+1 || e.Name == "" || e.At == "" || certainties[e.Sure] == "" {
			return nil, fmt.Errorf("templates/equations.toml: equation %d: it needs the next number, a name, a place and one of the three degrees of certainty", i+1)
		}
	}
	return file.Equations, nil
}

// equationView is an equation ready to print.
type equationView struct {
	Number           int
	Name, Sure, Note string
	MathML           template.HTML
}

// viewEquations returns the equations that stand at a place.
func viewEquations(at string) ([]equationView, error) {
	all, err := equations()
	if err != nil {
		return nil, err
	}
	var out []equationView
	for _, e := range all {
		if e.At != at {
			continue
		}
		math, err := mathml.Display(e.LaTeX)
		if err != nil {
			return nil, fmt.Errorf("equation (%d): %w", e.Number, err)
		}
		out = append(out, equationView{e.Number, e.Name, certainties[e.Sure], e.Note, template.HTML(math)})
	}
	return out, nil
}

// equations writes those of a place in the dialect of code hosts.
func (m *markdown) equations(at string) error {
	all, err := equations()
	if err != nil {
		return err
	}
	for _, e := range all {
		if e.At != at {
			continue
		}
		m.para(fmt.Sprintf("**(%d)** %s", e.Number, escapeMarkdown(e.Name)))
		m.para("```math\n" + e.LaTeX + "\n```")
		m.para("*" + escapeMarkdown(certainties[e.Sure]) + "* " + escapeMarkdown(e.Note))
	}
	return nil
}
