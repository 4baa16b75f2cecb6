package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"

	"lossxfer-report/cache"
	"lossxfer-report/report"
)

// write writes the three outputs of a report into a folder.
func write(r *report.Report, dir string) error {
	encoded, err := report.Encode(r)
	if err != nil {
		return err
	}
	out, err := report.Render(r)
	if err != nil {
		return err
	}
	if err := replace(filepath.Join(dir, "report.json"), encoded); err != nil {
		return err
	}
	return report.WriteDir(out, dir)
}

// run is out/run.json: what is known about one build that must not be in the
// report, because it differs between machines.
type run struct {
	Build buildResult      `json:"build"`
	Made  cache.Provenance `json:"made"`
	Tasks []taskTime       `json:"tasks"` // those that ran, slowest first
}

type taskTime struct {
	Kind    string  `json:"kind"`
	Label   string  `json:"label"`
	Seconds float64 `json:"seconds"`
}

func writeRun(dir string, b buildResult, walls []taskTime) error {
	sort.SliceStable(walls, func(i, j int) bool { return walls[i].Seconds > walls[j].Seconds })
	text, err := json.MarshalIndent(run{Build: b, Made: cache.Here(), Tasks: walls}, "", "  ")
	if err != nil {
		return err
	}
	return replace(filepath.Join(dir, "run.json"), append(text, '\n'))
}

// replace writes a file that is whole or not there, whatever happens.
func replace(path string, text []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".lossxfer-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(text); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Chmod(0o644); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
