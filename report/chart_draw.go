package report

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"lossxfer-report/report/svg"
)

// drawing is one panel in both its forms.
type drawing struct {
	panel   *Panel
	name    string // unique in the report: id of the panel on the page, name of its file
	size    chartSize
	options []byte // ECharts options for the page
	svg     []byte // the same, drawn; nil where the caller wants none
}

// Shelf keeps drawings from one process to the next: most figures are the same from one
// build to the next, and drawing them is most of the time of a page. It is used by several
// goroutines at once.
type Shelf interface {
	// Drawing returns what was kept under a key, nil if nothing was. It stands in the
	// page as it is, so it has to be sound in the sense of svg.Sound.
	Drawing(key string) []byte
	// Keep is handed each drawing that the shelf did not have.
	Keep(key string, drawing []byte)
}

// engine is shared by all reports of the process: loading ECharts costs 0.2 s, and it
// remembers what it has drawn.
var engine = sync.OnceValues(svg.New)

// layOut makes the options of a figure's panels in order. Names already taken in the
// report get a number.
func layOut(f *Figure, taken map[string]bool) ([]drawing, error) {
	var out []drawing
	panels := nameAlike(f.Panels)
	for i := range panels {
		p := &panels[i]
		size := sizeOf(p, len(panels))
		options, err := chartOptions(p, size)
		if err != nil {
			return nil, fmt.Errorf("figure %q: %w", f.ID, err)
		}
		out = append(out, drawing{panel: p, name: fileName(f, p, taken), size: size, options: options})
	}
	return out, nil
}

// drawStills draws panels that the shelf, which may be nil, does not have, one on each core,
// those with the most to draw first: a large one at the end would leave the other cores
// waiting.
func drawStills(all []*drawing, shelf Shelf) error {
	defer roomToDraw()()
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b *drawing) int { return len(b.options) - len(a.options) })
	var next atomic.Int64
	var done sync.WaitGroup
	errs := make([]error, len(all))
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		done.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(all)); i = next.Add(1) - 1 {
				all[i].svg, errs[i] = drawStill(all[i], shelf)
			}
		})
	}
	done.Wait()
	return errors.Join(errs...)
}

func drawStill(d *drawing, shelf Shelf) ([]byte, error) {
	figure := d.still()
	if text := nothing(d.panel); text != "" {
		return svg.Placeholder(figure, text), nil
	}
	key := svg.Key(figure)
	if shelf != nil {
		if kept := shelf.Drawing(key); kept != nil {
			return kept, nil
		}
	}
	e, err := engine()
	if err != nil {
		return nil, err
	}
	out, err := e.Draw(figure)
	if err == nil && shelf != nil {
		shelf.Keep(key, out)
	}
	return out, err
}

// still is what the engine is given to draw.
func (d *drawing) still() svg.Figure {
	return svg.Figure{ID: d.name, Title: describe(d.panel), Options: d.options, Width: d.size.width, Height: d.size.height}
}

// fileName is the figure's ID, with the panel's where there are several.
func fileName(f *Figure, p *Panel, taken map[string]bool) string {
	name := f.ID
	if len(f.Panels) > 1 && p.ID != "" {
		name = p.ID
		if !strings.HasPrefix(name, f.ID) {
			name = f.ID + "-" + p.ID
		}
	}
	base := svg.Slug(name)
	for n := 2; taken["chart-"+base]; n++ {
		base = svg.Slug(name) + "-" + strconv.Itoa(n)
	}
	taken["chart-"+base] = true
	return base
}
