package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"lossxfer-report/templates"
)

const (
	policyOpen  = `<meta http-equiv="Content-Security-Policy" content="`
	policyClose = `">`
)

// policy is the page's content security policy: no request to anywhere, no script but
// our loader and ECharts, each named by the hash of its text.
func policy(loader string) string {
	return "default-src 'none'; script-src " + scriptHash(loader) + " " + echartsHash() +
		"; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
}

// scriptHash names a script in a policy.
func scriptHash(script string) string {
	sum := sha256.Sum256([]byte(script))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

var echartsHash = sync.OnceValue(func() string { return scriptHash(templates.ECharts) })

// pageView is what the template prints. It only loops and prints: every decision is
// made in Go, and every text of the report goes through the template's own escaping.
type pageView struct {
	Policy     template.HTML // the meta element: the template would escape the quotes in it
	Style      template.CSS
	Script     template.JS
	Embedded   template.HTML // the whole script element with report.json
	ECharts    template.HTML // packed, as are the options of all figures
	Options    template.HTML
	Inputs     template.HTML
	Title      string
	Paper      Paper
	Reference  string
	ArXiv      string
	Review     string
	Intro      template.HTML
	Method     template.HTML
	Lead       string // the verdicts in one sentence
	State      string // how much of the report stands
	Board      []boardView
	Preset     Preset
	Facts      []factView
	Setup      []factView
	Objectives []objectiveView
	Equations  []equationView // of the objectives
	Downstream []Dataset
	Sweep      Temperatures
	Deviations []string
	Groups     []groupView
	Claims     []claimView // those that stand beside no item
	Robustness []*robustnessView
	Manifest   string
	Code       string
}

// factView is a name with its value.
type factView struct{ Name, Value string }

// groupView is a part of the paper: the main text or one appendix.
type groupView struct {
	ID, Title string
	Equations []equationView
	Items     []itemView
}

// objectiveView is an objective with its hyper-parameters at this preset.
type objectiveView struct {
	Objective
	HereText string
}

// renderHTML makes report.html; packed gives report.json as the page carries it.
func renderHTML(r *Report, packed func() ([]byte, error), drawings map[*Figure][]drawing) ([]byte, error) {
	source, err := templates.Page()
	if err != nil {
		return nil, err
	}
	t, err := template.New("page").Parse(source)
	if err != nil {
		return nil, err
	}
	v, err := viewPage(r, packed, drawings)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(2 << 20)
	if err := t.Execute(&b, v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func viewPage(r *Report, packed func() ([]byte, error), drawings map[*Figure][]drawing) (*pageView, error) {
	style, err := templates.Style()
	if err != nil {
		return nil, err
	}
	loader, err := templates.Loader()
	if err != nil {
		return nil, err
	}
	v := &pageView{
		Policy: template.HTML(policyOpen + policy(loader) + policyClose),
		Style:  template.CSS(style),
		Script: template.JS(loader),
		Title:  r.Paper.Title, Paper: r.Paper,
		Lead: verdictSentence(r), State: stateSentence(r),
		Preset: r.Preset, Facts: presetFacts(r), Objectives: viewObjectives(r),
		Downstream: r.Downstream, Sweep: r.Temperatures, Deviations: r.Deviations,
		Manifest: r.ManifestDigest, Code: r.CodeDigest,
	}
	v.Reference, v.ArXiv, v.Review = citation(r.Paper)
	v.Setup, v.Robustness = flatten(r.Preset), viewRobustness(r)
	options := later(func() (string, error) { return packOptions(r, drawings) })
	if v.Equations, err = viewEquations(atObjectives); err != nil {
		return nil, err
	}
	if v.Intro, err = proseHTML(r, "introduction"); err != nil {
		return nil, err
	}
	if v.Method, err = proseHTML(r, "method"); err != nil {
		return nil, err
	}
	if err := viewItems(v, r, drawings); err != nil {
		return nil, err
	}
	return v, viewPacked(v, r, packed, options)
}

// viewPacked fills in what stands packed at the end of the page.
func viewPacked(v *pageView, r *Report, packed func() ([]byte, error), options func() (string, error)) error {
	echarts, err := packedECharts()
	if err != nil {
		return err
	}
	inputs, err := packInputs(r)
	if err != nil {
		return err
	}
	texts, err := options()
	if err != nil {
		return err
	}
	data, err := packed()
	if err != nil {
		return err
	}
	v.Embedded = template.HTML(embeddedOpen + string(data) + embeddedClose)
	v.ECharts, v.Options, v.Inputs = packedElement("echarts", echarts), packedElement("options", texts), packedElement("inputs", inputs)
	return nil
}

// viewItems fills in the items under the parts of the paper, and the claims with the
// first item that shows them.
func viewItems(v *pageView, r *Report, drawings map[*Figure][]drawing) error {
	b := itemBuilder{report: r, drawings: drawings, placed: make(map[string]string), specs: make(flattened), same: make(map[string]*sameView), told: told{}}
	for _, item := range inPaperOrder(r.Items) {
		it, err := b.item(item)
		if err != nil {
			return err
		}
		title := partOf(item)
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Title != title {
			equations, err := viewEquations(title)
			if err != nil {
				return err
			}
			v.Groups = append(v.Groups, groupView{ID: "part-" + anchor(title), Title: title, Equations: equations})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Items = append(g.Items, it)
	}
	for i := range r.Claims {
		if c := viewClaim(&r.Claims[i]); b.placed[c.ID] == "" {
			b.placed[c.ID] = c.Anchor
			if err := b.told.tell(&c); err != nil {
				return err
			}
			v.Claims = append(v.Claims, c)
		}
	}
	v.Board = viewBoard(r)
	onBoard := told{}
	for i := range v.Board {
		for j := range v.Board[i].Claims {
			if err := onBoard.tell(&v.Board[i].Claims[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

func proseHTML(r *Report, id string) (template.HTML, error) {
	text, err := proseOf(r, id)
	if err != nil || text == "" {
		return "", err
	}
	return markdownHTML(text)
}

func itemProseHTML(r *Report, it *Item) (template.HTML, error) {
	text, err := itemProse(r, it)
	if err != nil || text == "" {
		return "", err
	}
	return markdownHTML(text)
}

// citation is the paper's entry in a list of references, and where it can be read.
func citation(p Paper) (text, arxiv, review string) {
	text = strings.Join(p.Authors, ", ")
	if p.Venue != "" {
		text += ". " + p.Venue
	} else if p.Year != 0 {
		text += fmt.Sprintf(". %d", p.Year)
	}
	return text, p.ArXiv, p.Review
}
