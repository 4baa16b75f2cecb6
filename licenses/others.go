package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// uses says what a Go module is for, where its name does not.
var uses = map[string]string{
	"github.com/go-fonts/dejavu":     "typefaces of the images",
	"github.com/go-fonts/liberation": "typefaces of the images",
	"github.com/go-fonts/stix":       "typefaces of the images",
	"golang.org/x/image":             "typefaces (Go) and rasters of the images",
	"gorgonia.org/gorgonia":          "the objectives as expressions, differentiated",
}

// others returns what is not a Go module: Go itself, and what lies in this repository.
func others(root string) ([]part, error) {
	goroot, err := goEnv(root, "GOROOT")
	if err != nil {
		return nil, err
	}
	images, err := moduleDir(root, "golang.org/x/image")
	if err != nil {
		return nil, err
	}
	here := func(names ...string) []string {
		for i, name := range names {
			names[i] = filepath.Join(root, filepath.FromSlash(name))
		}
		return names
	}
	return []part{
		{
			name: "Go", use: "runtime and standard library",
			files: []string{filepath.Join(goroot, "LICENSE"), filepath.Join(goroot, "PATENTS")},
		},
		{
			name: "Apache ECharts", version: "6.1.0", use: "figures, in the program and on the page",
			origin: "The Apache Software Foundation; parts of it, bundled by templates/echarts/bundle",
			files:  here("templates/echarts/LICENSE", "templates/echarts/NOTICE", "templates/echarts/licenses/LICENSE-d3"),
		},
		{
			name: "ZRender", version: "6.1.0", use: "what ECharts draws with, bundled with it",
			files: here("templates/echarts/licenses/LICENSE-zrender"),
		},
		{
			name: "tslib", version: "2.3.0", use: "what ECharts is compiled with, bundled with it",
			files: here("templates/echarts/licenses/LICENSE-tslib"),
		},
		{
			name: "KaTeX", version: "0.19.1", use: "equations as MathML, in the program",
			files: here("templates/katex/LICENSE"),
		},
		{
			name: "FreeBSD msun", use: "elementary functions, written after it in Go",
			files: here("compute/elementary/LICENSE-sun.txt"),
		},
		{
			name: "MNIST", use: "images of a downstream task (a subset)",
			origin: "Yann LeCun and Corinna Cortes",
			files:  here("compute/data/embedded/LICENSE-mnist.txt"),
		},
		{
			name: "Fashion-MNIST", use: "images of a downstream task (a subset)",
			origin: "Zalando SE",
			files:  here("compute/data/embedded/LICENSE-fashion-mnist.txt"),
		},
		{
			name: "Go typefaces", use: "typefaces of the images, from golang.org/x/image",
			origin: "Bigelow & Holmes",
			files:  []string{filepath.Join(images, "font", "gofont", "ttfs", "README")},
		},
		{
			name: "STIX Two typefaces", use: "typefaces of the images, from github.com/go-fonts/stix",
			origin:  "© 2001–2018 by the STI Pub Companies, portions © 1998–2003 by MicroPress, Inc., portions © 1990 by Elsevier, Inc.; STIX Fonts is a trademark of The Institute of Electrical and Electronics Engineers, Inc.",
			license: "OFL-1.1, a text of github.com/go-fonts/stix",
		},
		{
			name: "published values and names", use: "what ours stand beside",
			origin:  "numbers, names of items and statements of S. Kornblith, T. Chen, H. Lee and M. Norouzi, “Why Do Better Loss Functions Lead to Less Transferable Features?”, NeurIPS 2021, arXiv:2010.16402v2; cited, in published/ and paper.toml. No text or figure of the paper is carried",
			license: "none: facts, cited",
		},
	}, nil
}

func goEnv(root, name string) (string, error) { return output(root, "go", "env", name) }

func moduleDir(root, path string) (string, error) {
	return output(root, "go", "list", "-m", "-f", "{{.Dir}}", path)
}

func output(root string, words ...string) (string, error) {
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", strings.Join(words, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
