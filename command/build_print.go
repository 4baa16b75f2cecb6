package command

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"lossxfer-report/compute"
	"lossxfer-report/report"
)

func (a *App) printBuild(b buildResult, v conclusion) {
	if a.json {
		a.printJSON(b)
		return
	}
	if a.quiet {
		return
	}
	if b.Ran == 0 && b.NotRun == 0 && b.Failed == 0 {
		fmt.Fprintf(a.stdout, "nothing to run: all %d tasks are in the cache\n", b.Tasks)
	} else {
		fmt.Fprintf(a.stdout, "%d tasks: %d ran, %d were in the cache, %d failed, %d did not run\n", b.Tasks, b.Ran, b.Cached, b.Failed, b.NotRun)
	}
	fmt.Fprintf(a.stdout, "%s\n%s\n", v.Items, v.Counts)
	page := filepath.Join(b.Out, "report.html")
	if b.fresh {
		fmt.Fprintf(a.stdout, "%s is up to date\n", page)
		return
	}
	fmt.Fprintf(a.stdout, "wrote %s after %v\n", page, time.Duration(b.Seconds*float64(time.Second)).Round(100*time.Millisecond))
}

// warnOfStale names the discussions that are not on the page because their claims came out
// otherwise. A build of some items only says nothing of them: their verdicts may change.
func (a *App) warnOfStale(v conclusion) {
	if len(a.only) > 0 {
		return
	}
	for _, s := range v.Stale {
		fmt.Fprintf(a.stderr, "discussion not shown: %s; write it anew in the manifest\n", s)
	}
}

// itemLine counts the items by how far they got.
func itemLine(r *report.Report) string {
	count := map[report.Status]int{}
	for _, item := range r.Items {
		count[item.Status]++
	}
	line := fmt.Sprintf("items: %d of %d computed", count[report.Computed], len(r.Items))
	for _, s := range []report.Status{report.Incomplete, report.Failed, report.NotBuilt, report.NotHere} {
		if count[s] > 0 {
			line += fmt.Sprintf(", %d %s", count[s], s)
		}
	}
	return line
}

// verdictLine counts the claims by verdict.
func verdictLine(r *report.Report) string {
	count := report.CountVerdicts(r.Claims)
	var parts []string
	for _, v := range report.Verdicts() {
		if count[v] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[v], v))
		}
	}
	return "claims: " + strings.Join(parts, ", ")
}

func (a *App) printJSON(v any) { encodeJSON(a.stdout, v) }

func encodeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// printDryRun says what a build would run.
func (a *App) printDryRun(nodes []compute.NodeState) error {
	var steps int64
	type todo struct {
		Kind       string `json:"kind"`
		Label      string `json:"label"`
		Key        string `json:"key"`
		ImageSteps int64  `json:"image_steps,omitempty"`
	}
	list := []todo{}
	for _, n := range nodes {
		if n.Needed && (n.State == compute.IsMissing || n.State == compute.IsStale) {
			list = append(list, todo{n.Kind, n.Label, n.Key.String(), n.Steps})
			steps += n.Steps
		}
	}
	if a.json {
		a.printJSON(map[string]any{"would_run": list, "image_steps": steps})
		return nil
	}
	for _, t := range list {
		if !a.quiet {
			fmt.Fprintf(a.stdout, "%s  %s\n", t.Key[:12], t.Label)
		}
	}
	fmt.Fprintf(a.stdout, "%d tasks would run, %d image-steps of training\n", len(list), steps)
	return nil
}
