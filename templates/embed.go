// Package templates carries what a report page is made of besides its numbers: the
// HTML templates, the style sheet, the scripts, Apache ECharts and KaTeX (licences beside
// them), the paper's equations and the prose. It knows no report.
package templates

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"
	"sync/atomic"
)

// ECharts is Apache ECharts 6.1.0, the parts that the figures use (echarts/bundle).
//
//go:embed echarts/echarts.min.js
var ECharts string

// KaTeX is KaTeX 0.19.1. It runs while a page is made, not on it.
//
//go:embed katex/katex.min.js
var KaTeX string

//go:embed page.html.tmpl compare.html.tmpl style.css live.js equations.toml script/*.js prose/*.md prose/*/*.md
var own embed.FS

// chosen is the folder that Use gave, nil for the program's own.
var chosen atomic.Pointer[fs.FS]

// Use takes templates, styles, scripts, equations and prose from a folder instead of the
// program: for somebody who works on them and wants to see each change. Nil goes back.
func Use(folder fs.FS) {
	if folder == nil {
		chosen.Store(nil)
		return
	}
	chosen.Store(&folder)
}

func source() fs.FS {
	if f := chosen.Load(); f != nil {
		return *f
	}
	return own
}

func read(name string) (string, error) {
	data, err := fs.ReadFile(source(), name)
	if err != nil {
		return "", fmt.Errorf("templates: %w", err)
	}
	return string(data), nil
}

// Page is the html/template source of report.html.
func Page() (string, error) { return read("page.html.tmpl") }

// Compare is the html/template source of the page that compares two reports.
func Compare() (string, error) { return read("compare.html.tmpl") }

// Style is the style sheet, inlined into the page.
func Style() (string, error) {
	text, err := read("style.css")
	return terse(text), err
}

// Equations is the TOML file with the paper's equations in LaTeX.
func Equations() (string, error) { return read("equations.toml") }

// Live is the script of a page that is being served.
func Live() (string, error) { return read("live.js") }

// parts of the page's own script, in the order in which they run.
var parts = []string{"unpack", "figures", "contents", "copy", "tables", "inputs", "keys"}

// Loader is the one script of ours: it draws the figures from their packed options,
// sorts tables and copies. Its parts share one scope and nothing of it is global.
func Loader() (string, error) {
	var b strings.Builder
	b.WriteString("(function () {\n'use strict';\n")
	for _, name := range parts {
		text, err := read("script/" + name + ".js")
		if err != nil {
			return "", err
		}
		b.WriteString(terse(text))
	}
	b.WriteString("})();\n")
	return b.String(), nil
}

var (
	commentBlock = regexp.MustCompile(`(?ms)^[ \t]*/\*.*?\*/[ \t]*\n`)
	commentLine  = regexp.MustCompile(`(?m)^[ \t]*//.*\n`)
	margin       = regexp.MustCompile(`(?m)^[ \t]+`)
)

// terse leaves out what only somebody who works on a script or a style sheet reads:
// comments on lines of their own, and margins. Neither has a text of several lines.
func terse(text string) string {
	for _, part := range []*regexp.Regexp{commentBlock, commentLine, margin} {
		text = part.ReplaceAllString(text, "")
	}
	return text
}

// Prose returns the Markdown written for an item ("table-3") or a part of the page
// ("introduction"), and whether there is any. File is its name for error messages.
func Prose(id string) (text, file string, ok bool) {
	file = path.Join("prose", id+".md")
	text, err := read(file)
	return text, "templates/" + file, err == nil
}

// ProseIDs lists the items and parts that have prose, sorted.
func ProseIDs() []string {
	names, err := fs.Glob(source(), "prose/*.md")
	if err != nil {
		return nil
	}
	for i, name := range names {
		names[i] = strings.TrimSuffix(path.Base(name), ".md")
	}
	sort.Strings(names)
	return names
}
