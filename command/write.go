package command

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
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

// write writes the three outputs of a report into a folder. It draws nothing if the
// folder holds what the same report looks like when drawn by this program: drawing is
// most of the time of a build that has nothing to compute.
func (a *App) write(r *report.Report, dir string) error {
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
	ok := sum != ""
	if ok && have.Report == want.Report && have.Program == want.Program && have.stands(dir) {
		return nil
	}
	if want.Drawer, err = drawerDigest(a.assets.Drawing); err != nil {
		return err
	}
	if ok && have.Drawer == want.Drawer {
		if err := have.recall(dir); err != nil {
			return err
		}
	}
	out, err := report.Render(r)
	if err != nil {
		return err
	}
	if err := cache.ReplaceBytes(filepath.Join(dir, "report.json"), encoded); err != nil {
		return err
	}
	if err := report.WriteDir(out, dir); err != nil {
		return err
	}
	want.Files = map[string]string{
		"report.json": want.Report, "report.html": digest(out.HTML), "report.md": digest(out.Markdown), "badge.svg": digest(out.Badge),
	}
	want.Keys = out.Keys
	for name, svg := range out.Figures {
		want.Files["figures/"+name] = digest(svg)
	}
	return writeJSON(filepath.Join(dir, drawnFile), want)
}

// drawn is what a folder of outputs was drawn from, and the digests of its files.
type drawn struct {
	Report  string            `json:"report"`  // SHA-256 of report.json
	Program string            `json:"program"` // SHA-256 of the sources that draw
	Files   map[string]string `json:"files"`   // SHA-256 of each file
	Drawer  string            `json:"drawer"`  // SHA-256 of the sources that figures are drawn with
	Keys    map[string]string `json:"keys"`    // what each figure is a drawing of
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

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// sourceDigest is the SHA-256 over the names and contents of all files.
func sourceDigest(fsys fs.FS) (string, error) {
	sums := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		sums[name] = digest(text)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("the sources in the program cannot be read: %w", err)
	}
	return digestOf(sums), nil
}
