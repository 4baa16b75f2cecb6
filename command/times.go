package command

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"
)

// kindTime is how long the tasks of one kind took, as far as this machine has run them.
type kindTime struct {
	Kind    string  `json:"kind"`
	Tasks   int     `json:"tasks"`
	Seconds float64 `json:"seconds"` // of all of them, one after the other
	Share   float64 `json:"share"`   // of the seconds of all kinds
}

// byKind sums up times, the kind that took longest first.
func byKind(tasks []taskTime) []kindTime {
	kinds, total := []kindTime{}, 0.0
	for _, t := range tasks {
		i := slices.IndexFunc(kinds, func(k kindTime) bool { return k.Kind == t.Kind })
		if i < 0 {
			i = len(kinds)
			kinds = append(kinds, kindTime{Kind: t.Kind})
		}
		kinds[i].Tasks++
		kinds[i].Seconds += t.Seconds
		total += t.Seconds
	}
	for i := range kinds {
		if total > 0 {
			kinds[i].Share = kinds[i].Seconds / total
		}
	}
	slices.SortFunc(kinds, func(x, y kindTime) int {
		return cmp.Or(cmp.Compare(y.Seconds, x.Seconds), cmp.Compare(x.Kind, y.Kind))
	})
	return kinds
}

// runFile holds a run, in the folder of outputs.
const runFile = "run.json"

// readRun reads what earlier builds into a folder left; nothing if that is damaged.
func readRun(dir string) (run, error) {
	var r run
	text, err := os.ReadFile(filepath.Join(dir, runFile))
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err != nil {
		return run{}, err
	}
	return r, nil
}

// printTimes prints how long the tasks behind the report of a folder took.
func (a *App) printTimes(dir string) error {
	r, err := readRun(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return exit(ExitUsage, fmt.Errorf("--times: no build has left its times in %s", dir))
	}
	if err != nil {
		return exit(ExitFailure, fmt.Errorf("%s: %w", filepath.Join(dir, runFile), err))
	}
	kinds := byKind(r.Tasks)
	if a.json {
		a.printJSON(kinds)
		return nil
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "tasks\tseconds\tshare\t  kind")
	total := kindTime{Kind: "all"}
	for _, k := range kinds {
		fmt.Fprintf(w, "%d\t%.1f\t%.1f%%\t  %s\n", k.Tasks, k.Seconds, 100*k.Share, k.Kind)
		total.Tasks += k.Tasks
		total.Seconds += k.Seconds
	}
	fmt.Fprintf(w, "%d\t%.1f\t\t  %s\n", total.Tasks, total.Seconds, total.Kind)
	return w.Flush()
}
