package command

import (
	"cmp"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/report"
)

// write writes the outputs of a report into a folder, with the drawings that the
// shelf has. It draws nothing if the folder holds what the same report looks like when
// drawn by this program: drawing is most of the time of a build that has nothing to compute.
func (a *App) write(r *report.Report, dir string, shelf report.Shelf) error {
	encoded, err := report.Encode(r)
	if err != nil {
		return err
	}
	program, err := sourceDigest(a.assets.Drawing)
	if err != nil {
		return err
	}
	want := drawn{Report: digest(encoded), Program: program}
	have, sum := readDrawn(dir)
	if sum != "" && have.Report == want.Report && have.Program == want.Program && have.stands(dir) {
		return nil
	}
	out, err := report.RenderFrom(r, shelf)
	if err != nil {
		return err
	}
	if err := writeFiles(encoded, out, dir); err != nil {
		return err
	}
	want.Files = map[string]string{
		"report.json": want.Report, "report.html": digest(out.HTML), "report.md": digest(out.Markdown), "badge.svg": digest(out.Badge),
	}
	for name, svg := range out.Figures {
		want.Files["figures/"+name] = digest(svg)
	}
	return writeJSON(filepath.Join(dir, drawnFile), want)
}

// writeInterim writes the outputs of a report whose results are still arriving, without
// static drawings: these would take the cores from what computes the results.
func (a *App) writeInterim(r *report.Report, dir string) error {
	encoded, err := report.Encode(r)
	if err != nil {
		return err
	}
	out, err := report.RenderInterim(r)
	if err != nil {
		return err
	}
	return writeFiles(encoded, out, dir)
}

func writeFiles(encoded []byte, out *report.Output, dir string) error {
	if err := cache.ReplaceBytes(filepath.Join(dir, "report.json"), encoded); err != nil {
		return err
	}
	return report.WriteDir(out, dir)
}

// drawn is what a folder of outputs was drawn from, and the digests of its files.
type drawn struct {
	Report  string            `json:"report"`  // SHA-256 of report.json
	Program string            `json:"program"` // SHA-256 of the sources that draw
	Files   map[string]string `json:"files"`   // SHA-256 of each file
}

// drawnFile is hidden: it is of no use to a reader of the report.
const drawnFile = ".drawn.json"

// readDrawn returns what a folder was drawn from and the digest of that file, which is
// empty if there is none that can be used.
func readDrawn(dir string) (drawn, string) {
	text, err := os.ReadFile(filepath.Join(dir, drawnFile))
	if err != nil {
		return drawn{}, ""
	}
	var d drawn
	if err := json.Unmarshal(text, &d); err != nil || len(d.Files) < 3 {
		return drawn{}, ""
	}
	for name := range d.Files {
		if !fs.ValidPath(name) {
			return drawn{}, "" // out of the folder
		}
	}
	return d, digest(text)
}

// stands says whether every file is there and unchanged.
func (d drawn) stands(dir string) bool {
	for name, want := range d.Files {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || digest(text) != want {
			return false
		}
	}
	return true
}

// run is out/run.json: what is known about builds that must not be in the report,
// because it differs between machines.
type run struct {
	Build buildResult `json:"build"`
	Made  made        `json:"made"`
	// Kinds are the sums over Tasks, the largest first.
	Kinds []kindTime `json:"kinds"`
	// Tasks are those that ran in this folder's builds, slowest first.
	Tasks []taskTime `json:"tasks"`
}

type made struct {
	Host   string    `json:"host"`
	Commit string    `json:"commit,omitempty"` // of the program, where it was built from a checkout with version control stamps
	Go     string    `json:"go"`
	CPU    string    `json:"instructions"` // the instruction set of the kernels
	Time   time.Time `json:"time"`
}

type taskTime struct {
	Key     string  `json:"key"`
	Kind    string  `json:"kind"`
	Label   string  `json:"label"`
	Seconds float64 `json:"seconds"`
}

// writeRun keeps the times of tasks that earlier builds into the folder ran and that
// the report still rests on.
func writeRun(dir string, b buildResult, walls []taskTime, rests []cache.Key) error {
	now := map[string]bool{}
	for _, t := range walls {
		now[t.Key] = true
	}
	still := make(map[string]bool, len(rests))
	for _, k := range rests {
		still[k.String()] = true
	}
	if old, err := readRun(dir); err == nil {
		for _, t := range old.Tasks {
			if still[t.Key] && !now[t.Key] {
				walls = append(walls, t)
			}
		}
	}
	if walls == nil {
		walls = []taskTime{}
	}
	slices.SortStableFunc(walls, func(x, y taskTime) int { return cmp.Compare(y.Seconds, x.Seconds) })
	here := cache.Here()
	return writeJSON(filepath.Join(dir, runFile), run{Build: b, Kinds: byKind(walls), Tasks: walls, Made: made{
		Host: here.Host, Commit: here.Commit, Go: runtime.Version(), CPU: kernel.Level().String(),
		Time: time.Now().UTC().Truncate(time.Second),
	}})
}

func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return cache.ReplaceBytes(path, append(text, '\n'))
}
