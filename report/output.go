package report

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lossxfer-report/report/svg"
)

// Output is a report as a reader gets it, beside report.json.
type Output struct {
	HTML     []byte            // report.html: one file that asks the network for nothing
	Markdown []byte            // report.md, which shows figures/*.svg
	Figures  map[string][]byte // static drawings by file name without folder: "figure-5.svg"
	Badge    []byte            // badge.svg: how many claims are reproduced
}

// Render makes the page, the Markdown and the figures. It is a pure function of the
// report: equal reports give equal bytes. It refuses a report with a value that is not
// finite, a table whose rows do not fit its columns, a repeated ID, or prose that names
// a number nobody computed.
func Render(r *Report) (*Output, error) { return RenderFrom(r, nil) }

// RenderFrom does what Render does, and draws nothing that the shelf has; none, nil, has
// nothing.
func RenderFrom(r *Report, shelf Shelf) (*Output, error) {
	return renderDrawn(r, func(all []*drawing) error { return drawStills(all, shelf) })
}

// notDrawn stands in the place of static drawings on a page of RenderInterim.
const notDrawn = "This drawing is made when the build has ended."

// RenderInterim does what Render does for a report whose results are still arriving: the
// interactive figures are on its page, but no static drawings, which take most of the time.
func RenderInterim(r *Report) (*Output, error) {
	return renderDrawn(r, func(all []*drawing) error {
		for _, d := range all {
			d.svg = svg.Placeholder(d.still(), notDrawn)
		}
		return nil
	})
}

// renderDrawn lays the figures out, has them drawn, and writes everything around them.
func renderDrawn(r *Report, draw func([]*drawing) error) (*Output, error) {
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("report.json: %w", err)
	}
	packed := later(func() ([]byte, error) { return packReport(r) })
	drawings, err := layOutAll(r)
	if err != nil {
		return nil, err
	}
	out := &Output{Figures: make(map[string][]byte), Badge: Badge(r.Claims)}
	var all []*drawing
	for _, list := range drawings {
		for i := range list {
			all = append(all, &list[i])
		}
	}
	if err := draw(all); err != nil {
		return nil, err
	}
	for _, d := range all {
		out.Figures[d.name+".svg"] = d.svg
	}
	if out.HTML, err = renderHTML(r, packed, drawings); err != nil {
		return nil, fmt.Errorf("report.html: %w", err)
	}
	if out.Markdown, err = renderMarkdown(r, drawings); err != nil {
		return nil, fmt.Errorf("report.md: %w", err)
	}
	return out, nil
}

// layOutAll lays every figure of the report out, in order.
func layOutAll(r *Report) (map[*Figure][]drawing, error) {
	out := make(map[*Figure][]drawing)
	taken := make(map[string]bool)
	for i := range r.Items {
		for _, a := range r.Items[i].Artifacts {
			if a.Figure == nil {
				continue
			}
			list, err := layOut(a.Figure, taken)
			if err != nil {
				return nil, fmt.Errorf("item %q: %w", r.Items[i].ID, err)
			}
			out[a.Figure] = list
		}
	}
	return out, nil
}

// WriteDir writes the output into a folder: report.html, report.md, figures/*.svg and
// badge.svg.
// Each file is complete or as it was before, and drawings of earlier builds that this
// one does not have are removed. Files that did not change keep their time.
func WriteDir(out *Output, dir string) error {
	figures := filepath.Join(dir, "figures")
	if err := os.MkdirAll(figures, 0o755); err != nil {
		return err
	}
	// Figures before the texts that show them.
	for _, name := range slices.Sorted(maps.Keys(out.Figures)) {
		if err := writeFile(filepath.Join(figures, name), out.Figures[name]); err != nil {
			return err
		}
	}
	if err := writeFile(filepath.Join(dir, "report.md"), out.Markdown); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, "badge.svg"), out.Badge); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, "report.html"), out.HTML); err != nil {
		return err
	}
	return removeOldFigures(figures, out.Figures)
}

// partial marks a file that is being written; one left by a killed build is removed by
// the next.
const partial = ".partial-"

func writeFile(path string, data []byte) error {
	if old, err := os.ReadFile(path); err == nil && string(old) == string(data) {
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(path), partial+"*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func removeOldFigures(dir string, current map[string][]byte) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		_, keep := current[e.Name()]
		ours := strings.HasSuffix(e.Name(), ".svg") || strings.HasPrefix(e.Name(), partial)
		if keep || !ours || e.IsDir() {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
