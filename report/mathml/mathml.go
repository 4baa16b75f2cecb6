// Package mathml turns LaTeX formulas into MathML while a page is made, so that readers
// see them without a script and screen readers read them. KaTeX does it, in a JavaScript
// engine written in Go.
package mathml

import (
	"fmt"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"lossxfer-report/templates"
)

// converter is one runtime with KaTeX loaded (about 50 ms), and what it has converted.
type converter struct {
	mu     sync.Mutex
	vm     *goja.Runtime
	render goja.Callable
	done   map[string]string
}

var shared = sync.OnceValues(load)

// Errors are thrown, never shown in red in place of the formula; "trust" would allow
// links and raw attributes.
const renderer = `(function (latex) {
	return katex.renderToString(latex, {output: 'mathml', displayMode: true, throwOnError: true, strict: 'error', trust: false});
})`

func load() (*converter, error) {
	vm := goja.New()
	if _, err := vm.RunString("var self = this, window = this, document = undefined;"); err != nil {
		return nil, fmt.Errorf("prepare KaTeX: %w", err)
	}
	if _, err := vm.RunScript("katex.min.js", templates.KaTeX); err != nil {
		return nil, fmt.Errorf("load KaTeX: %w", err)
	}
	v, err := vm.RunString(renderer)
	if err != nil {
		return nil, fmt.Errorf("prepare KaTeX: %w", err)
	}
	render, ok := goja.AssertFunction(v)
	if !ok {
		return nil, fmt.Errorf("prepare KaTeX: not a function")
	}
	return &converter{vm: vm, render: render, done: make(map[string]string)}, nil
}

// Display converts a formula that stands on lines of its own into a <math> element. The
// LaTeX is our own: an error is a slip in it.
func Display(latex string) (string, error) {
	c, err := shared()
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if out, ok := c.done[latex]; ok {
		return out, nil
	}
	v, err := c.render(goja.Undefined(), c.vm.ToValue(latex))
	if err != nil {
		return "", fmt.Errorf("formula %q: %w", latex, err)
	}
	out, err := bare(v.String())
	if err != nil {
		return "", fmt.Errorf("formula %q: %w", latex, err)
	}
	c.done[latex] = out
	return out, nil
}

// bare takes away the wrapping, the name space that HTML does not need, and the LaTeX,
// which the page shows nowhere.
func bare(katex string) (string, error) {
	_, rest, opened := strings.Cut(katex, "<semantics>")
	body, _, closed := strings.Cut(rest, "<annotation")
	if !opened || !closed || !strings.HasPrefix(body, "<m") {
		return "", fmt.Errorf("KaTeX gave no MathML: %.80s", katex)
	}
	if strings.Contains(body, `mathcolor="#cc0000"`) {
		return "", fmt.Errorf("a command that is not trusted")
	}
	return `<math display="block">` + core(body) + "</math>", nil
}
