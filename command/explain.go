package command

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

func (a *App) explain() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "explain ITEM|KEY",
		Short: "Say why tasks are cached, stale or missing",
		Long: `explain ITEM lists the tasks behind a table or figure and, for those whose result is not
in the cache, what has changed against the nearest result that is. explain KEY prints what
the key of one task is made of; its first four digits or more suffice.`,
		Example: `  lossxfer-report explain figure-5
  lossxfer-report explain 3fa94c
  lossxfer-report explain table-3 --preset smoke --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.runExplain(args[0]) },
	}
	cmd.Flags().StringVar(&a.preset, "preset", "", "scale of the experiments, a [preset] of the manifest (default the one it names)")
	a.trains.add(cmd)
	return cmd
}

// explained is a task as explain prints it.
type explained struct {
	Key     string            `json:"key"`
	Kind    string            `json:"kind"`
	Label   string            `json:"label"`
	State   compute.State     `json:"state"`
	Reason  string            `json:"reason,omitempty"`
	Steps   int64             `json:"image_steps,omitempty"`
	Nearest string            `json:"nearest,omitempty"` // key of the stored result it differs least from
	Changes []compute.Change  `json:"changes,omitempty"` // against the nearest
	Parts   []cache.Part      `json:"parts,omitempty"`
	Needs   []string          `json:"needs,omitempty"` // keys
	Made    *cache.Provenance `json:"made,omitempty"`
}

// urgency is the order of states in a list.
var urgency = map[compute.State]int{compute.IsMissing: 0, compute.IsStale: 1, compute.IsCached: 2, compute.IsTransient: 3}

func (a *App) runExplain(what string) error {
	p, err := a.plan()
	if err != nil {
		return err
	}
	store, err := a.store()
	if err != nil {
		return err
	}
	nodes := compute.Examine(p.tasks, store)
	var history *compute.History
	explain := func(n compute.NodeState) explained {
		e := explained{Key: n.Key.String(), Kind: n.Kind, Label: n.Label, State: n.State, Reason: n.Reason, Steps: n.Steps}
		if n.State != compute.IsMissing && n.State != compute.IsStale {
			return e
		}
		if history == nil {
			history = compute.NewHistory(notOf(p.tasks.Keys(), store.All()))
		}
		if was, changes, ok := history.Predecessor(n.Parts(), n.Kind); ok {
			e.Nearest, e.Changes = was.Key.String(), changes
		}
		return e
	}
	for _, planned := range p.items {
		if planned.Item.ID != what {
			continue
		}
		if planned.Draw == nil {
			return exit(ExitUsage, fmt.Errorf("%s is listed in the manifest but not built yet", what))
		}
		behind := p.tasks.Behind(planned.Asked)
		slices.SortFunc(behind, func(x, y compute.Behind) int {
			return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Index, y.Index)) // as planned, not by key
		})
		var all []explained
		for _, t := range behind {
			all = append(all, explain(nodes[t.Index]))
		}
		// What has to run comes first: the list may be long.
		slices.SortStableFunc(all, func(x, y explained) int { return cmp.Compare(urgency[x.State], urgency[y.State]) })
		if !a.json {
			fmt.Fprintf(a.stdout, "%s at preset %s: %s\n", what, a.preset, inStates(all))
		}
		return a.printExplained(all)
	}
	var found []compute.NodeState
	prefix := strings.ToLower(what)
	for _, n := range nodes {
		if len(prefix) >= 4 && strings.HasPrefix(n.Key.String(), prefix) {
			found = append(found, n)
		}
	}
	switch {
	case len(found) == 1:
		e := explain(found[0])
		e.Parts = found[0].Parts()
		for _, k := range found[0].Needs() {
			e.Needs = append(e.Needs, k.String())
		}
		if !found[0].Made.Time.IsZero() {
			e.Made = &found[0].Made
		}
		return a.printKey(e)
	case len(found) > 1:
		return exit(ExitUsage, fmt.Errorf("%d tasks have keys that start with %s: give more digits", len(found), what))
	}
	if _, err := p.study.Manifest.Item(what); err != nil {
		return exit(ExitUsage, fmt.Errorf("%w (and no task at preset %s has a key that starts so; give four digits or more)", err, a.preset))
	}
	return nil
}

// inStates counts tasks by their state.
func inStates(all []explained) string {
	count := map[compute.State]int{}
	for _, e := range all {
		count[e.State]++
	}
	parts := []string{fmt.Sprintf("%d tasks", len(all))}
	for _, s := range slices.SortedFunc(maps.Keys(count), func(x, y compute.State) int { return cmp.Compare(urgency[x], urgency[y]) }) {
		parts = append(parts, fmt.Sprintf("%d %s", count[s], s))
	}
	return strings.Join(parts, ", ")
}

// notOf leaves out the results that a plan has a task for: none of them is what another of
// its tasks was before.
func notOf(plan map[cache.Key]bool, all iter.Seq2[cache.Entry, error]) iter.Seq2[cache.Entry, error] {
	return func(yield func(cache.Entry, error) bool) {
		for e, err := range all {
			if (err != nil || !plan[e.Key]) && !yield(e, err) {
				return
			}
		}
	}
}

// printExplained lists tasks; neighbours with the same changes share one line of them.
func (a *App) printExplained(all []explained) error {
	if a.json {
		a.printJSON(all)
		return nil
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	last := ""
	for _, e := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", e.Key[:12], e.State, e.Kind, e.Label)
		why := e.why()
		if why != "" && why != last {
			fmt.Fprintf(w, "\t\t\t  %s\n", why)
		}
		last = why
	}
	return w.Flush()
}

// most is how many changes a line of text shows.
const most = 4

// why says in a line what keeps a task from being cached.
func (e explained) why() string {
	switch {
	case e.State == compute.IsCached || e.State == compute.IsTransient:
		return ""
	case e.State == compute.IsStale:
		return e.Reason
	case e.Nearest == "":
		return "not computed yet, nor was anything of its kind with other settings"
	}
	var parts []string
	for i, c := range e.Changes {
		if i == most {
			parts = append(parts, fmt.Sprintf("and %d more", len(e.Changes)-most))
			break
		}
		parts = append(parts, c.String())
	}
	return fmt.Sprintf("against %s: %s", e.Nearest[:12], strings.Join(parts, "; "))
}

func (a *App) printKey(e explained) error {
	if a.json {
		a.printJSON(e)
		return nil
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "key\t%s\ntask\t%s\nstate\t%s\n", e.Key, e.Label, e.State)
	if e.Made != nil {
		fmt.Fprintf(w, "made\t%s on %s, commit %s\n", e.Made.Time.UTC().Format("2006-01-02 15:04:05 UTC"), orNone(e.Made.Host), orNone(e.Made.Commit))
	}
	if why := e.why(); why != "" {
		fmt.Fprintf(w, "why\t%s\n", why)
	}
	for _, part := range e.Parts {
		fmt.Fprintf(w, "%s\t%s\n", part.Name, part.Value)
	}
	return w.Flush()
}

func orNone(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}
