// Package svg turns ECharts options into static SVG without a browser: ECharts runs
// in a JavaScript engine written in Go. The same options draw the interactive figure
// on the page, so there is one definition of a figure.
package svg

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"github.com/dop251/goja"

	"lossxfer-report/templates"
)

// maxCached bounds the drawings kept in memory: a process that draws a report again, after a
// change of a template for instance, finds most figures unchanged.
const maxCached = 512

// Engine draws. It is safe for use by several goroutines: each that draws has a runtime
// of its own, and keeps it for the next. A drawing does not depend on which.
type Engine struct {
	mu   sync.Mutex
	idle []*runtime
	done map[[sha256.Size]byte][]byte
}

// runtime is a JavaScript runtime with ECharts loaded.
type runtime struct {
	vm   *goja.Runtime
	draw goja.Callable
}

// program compiles ECharts once for the whole process (about 0.2 s).
var program = sync.OnceValues(func() (*goja.Program, error) {
	return goja.Compile("echarts.min.js", templates.ECharts, false)
})

// The little of a browser that ECharts asks for, and the function that draws. Timers
// never fire: animation is off and the drawing is complete when setOption returns.
const shim = `
var self = this, window = undefined;
function setTimeout() { return 0 }
function clearTimeout() {}
var console = {log: function () {}, warn: function () {}, error: function (m) { throw new Error(m) }};`

// The painter is asked rather than the chart: it leaves the hover rules out, which a still
// picture has no use for and which are worked out element by element.
const drawer = `
echarts.setPlatformAPI({measureText: function (text, font) { return {width: textWidth(text, font)} }});
(function (options, width, height) {
	var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height});
	try {
		chart.setOption(JSON.parse(options));
		return chart.getZr().painter.renderToString({useViewBox: true, cssEmphasis: false, cssAnimation: false});
	} finally {
		chart.dispose();
	}
})`

// textWidth tells ECharts how wide a text is, which it would ask a canvas.
func textWidth(vm *goja.Runtime) func(goja.FunctionCall) goja.Value {
	return func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(TextWidth(c.Argument(0).String(), fontSize(c.Argument(1).String())))
	}
}

// New loads ECharts.
func New() (*Engine, error) {
	r, err := load()
	if err != nil {
		return nil, err
	}
	return &Engine{idle: []*runtime{r}, done: make(map[[sha256.Size]byte][]byte)}, nil
}

// load makes a runtime (about 20 ms after the first time).
func load() (*runtime, error) {
	p, err := program()
	if err != nil {
		return nil, fmt.Errorf("compile ECharts: %w", err)
	}
	vm := goja.New()
	// Nothing drawn may depend on chance or on the clock.
	vm.SetRandSource(func() float64 { return 0.5 })
	vm.SetTimeSource(func() time.Time { return time.Unix(0, 0).UTC() })
	if _, err := vm.RunString(shim); err != nil {
		return nil, fmt.Errorf("prepare ECharts: %w", err)
	}
	if _, err := vm.RunProgram(p); err != nil {
		return nil, fmt.Errorf("load ECharts: %w", err)
	}
	if err := vm.Set("textWidth", textWidth(vm)); err != nil {
		return nil, fmt.Errorf("prepare ECharts: %w", err)
	}
	v, err := vm.RunString(drawer)
	if err != nil {
		return nil, fmt.Errorf("prepare drawing: %w", err)
	}
	draw, ok := goja.AssertFunction(v)
	if !ok {
		return nil, fmt.Errorf("prepare drawing: not a function")
	}
	return &runtime{vm, draw}, nil
}

// Figure is what to draw.
type Figure struct {
	ID            string // prefixes every id inside the SVG, so that several can stand in one page
	Title         string // what a screen reader says
	Options       []byte // an ECharts option object in JSON, animation off
	Width, Height int    // CSS pixels
}

// Draw returns the SVG of one figure. Equal figures give equal bytes, whatever was
// drawn before.
func (e *Engine) Draw(f Figure) ([]byte, error) {
	key := contentKey(f)
	r, out, err := e.take(key)
	if out != nil || err != nil {
		return out, err
	}
	v, err := r.draw(goja.Undefined(), r.vm.ToValue(string(f.Options)), r.vm.ToValue(f.Width), r.vm.ToValue(f.Height))
	if err == nil {
		out, err = clean(v.String(), f.ID, f.Title)
	}
	e.put(r, key, out)
	if err != nil {
		return nil, fmt.Errorf("draw figure %q: %w", f.ID, err)
	}
	return out, nil
}

// take returns a drawing that is there, or a runtime to make it with.
func (e *Engine) take(key [sha256.Size]byte) (*runtime, []byte, error) {
	e.mu.Lock()
	out, done := e.done[key]
	if n := len(e.idle); !done && n > 0 {
		r := e.idle[n-1]
		e.idle = e.idle[:n-1]
		e.mu.Unlock()
		return r, nil, nil
	}
	e.mu.Unlock()
	if done {
		return nil, out, nil
	}
	r, err := load()
	return r, nil, err
}

// put gives a runtime back and keeps the drawing; nil if there is none.
func (e *Engine) put(r *runtime, key [sha256.Size]byte, out []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.idle = append(e.idle, r)
	if out == nil {
		return
	}
	if len(e.done) >= maxCached {
		clear(e.done)
	}
	e.done[key] = out
}

// Key names the content of a figure: figures with one key have one drawing, as long as
// ECharts and this package stay what they are.
func Key(f Figure) string {
	key := contentKey(f)
	return hex.EncodeToString(key[:])
}

// contentKey quotes the names so that no two figures share a key.
func contentKey(f Figure) [sha256.Size]byte {
	head := fmt.Sprintf("%q %q %d %d ", f.ID, f.Title, f.Width, f.Height)
	return sha256.Sum256(append([]byte(head), f.Options...))
}
