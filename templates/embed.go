// Package templates carries what a report page is made of besides its numbers: the
// HTML template, the style sheet, the script that draws the figures, Apache ECharts
// (its licence and notice beside it in echarts/) and the prose. It knows no report.
package templates

import (
	"embed"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"
)

// Page is the html/template source of report.html.
//
//go:embed page.html.tmpl
var Page string

// Compare is the html/template source of the page that compares two reports.
//
//go:embed compare.html.tmpl
var Compare string

// Style is the style sheet, inlined into the page.
//
//go:embed style.css
var Style string

//go:embed script/*.js
var scripts embed.FS

// parts of the page's own script, in the order in which they run.
var parts = []string{"unpack", "figures", "contents", "copy", "tables", "inputs", "keys"}

// Loader is the one script of ours: it draws the figures from their packed options,
// sorts tables and copies. Its parts share one scope and nothing of it is global.
var Loader = sync.OnceValue(func() string {
	var b strings.Builder
	b.WriteString("(function () {\n'use strict';\n")
	for _, name := range parts {
		text, err := scripts.ReadFile("script/" + name + ".js")
		if err != nil {
			panic(err) // a part of the program itself
		}
		b.Write(text)
	}
	b.WriteString("})();\n")
	return b.String()
})

// ECharts is Apache ECharts 6.1.0, the full minified build (the common build lacks
// box plots and heat maps).
//
//go:embed echarts/echarts.min.js
var ECharts string

// KaTeX is KaTeX 0.19.1 (MIT, licence beside it). It runs while a page is made, not on it.
//
//go:embed katex/katex.min.js
var KaTeX string

// Equations is the TOML file with the paper's equations in LaTeX.
//
//go:embed equations.toml
var Equations string

//go:embed prose/*.md
var prose embed.FS

// Prose returns the Markdown written for an item ("table-3") or a part of the page
// ("introduction"), and whether there is any. File is its name for error messages.
func Prose(id string) (text, file string, ok bool) {
	file = path.Join("prose", id+".md")
	data, err := prose.ReadFile(file)
	if err != nil {
		return "", file, false
	}
	return string(data), "templates/" + file, true
}

// ProseIDs lists the items and parts that have prose, sorted.
func ProseIDs() []string {
	names, err := fs.Glob(prose, "prose/*.md")
	if err != nil {
		return nil
	}
	for i, name := range names {
		names[i] = strings.TrimSuffix(path.Base(name), ".md")
	}
	sort.Strings(names)
	return names
}
