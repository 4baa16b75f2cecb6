package command

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"lossxfer-report/compute"
	"lossxfer-report/sections"
)

func (a *App) list() *cobra.Command {
	var cost bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the paper's tables and figures, and what each costs",
		Example: `  lossxfer-report list
  lossxfer-report list --cost --preset standard
  lossxfer-report list --json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.runList(cost) },
	}
	cmd.Flags().StringVar(&a.preset, "preset", "", "scale of the experiments for --cost (default the manifest's)")
	cmd.Flags().BoolVar(&cost, "cost", false, "add the tasks and image-steps behind each item")
	return cmd
}

// listed is one item as list prints it.
type listed struct {
	ID         string `json:"id"`
	Kind       string `json:"kind"`
	Title      string `json:"title"`
	Section    string `json:"section"`
	Built      bool   `json:"built"`
	Tasks      int    `json:"tasks,omitempty"`
	ImageSteps int64  `json:"image_steps,omitempty"`
}

func (a *App) runList(cost bool) error {
	var items []listed
	if cost {
		p, err := a.plan()
		if err != nil {
			return err
		}
		for _, planned := range p.items {
			one := listed{ID: planned.Item.ID, Kind: planned.Item.Kind, Title: planned.Item.Title, Section: planned.Item.Section, Built: planned.Draw != nil}
			for _, t := range p.tasks.Behind(planned.Asked) {
				one.Tasks++
				one.ImageSteps += t.Steps
			}
			items = append(items, one)
		}
		return a.printList(items, cost)
	}
	m, err := a.load()
	if err != nil {
		return err
	}
	for _, item := range m.Items {
		items = append(items, listed{ID: item.ID, Kind: item.Kind, Title: item.Title, Section: item.Section, Built: sections.Built(item.ID)})
	}
	return a.printList(items, cost)
}

func (a *App) printList(items []listed, cost bool) error {
	if a.json {
		a.printJSON(items)
		return nil
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, i := range items {
		state := "built"
		if !i.Built {
			state = "not built yet"
		}
		if cost {
			state = "-\t-"
			if i.Built {
				state = fmt.Sprintf("%d tasks\t%d image-steps", i.Tasks, i.ImageSteps)
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", i.ID, state, i.Title)
	}
	if cost {
		fmt.Fprintf(w, "\t\tItems share tasks: a build costs less than the sum.\t\n")
	}
	return w.Flush()
}

func (a *App) status() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Say what is cached, stale and missing for each item",
		Example: `  lossxfer-report status
  lossxfer-report status --preset standard --json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.runStatus() },
	}
	a.planFlags(cmd)
	return cmd
}

// itemStatus is one item as status prints it.
type itemStatus struct {
	ID      string `json:"id"`
	Tasks   int    `json:"tasks"`
	Cached  int    `json:"cached"`
	Stale   int    `json:"stale"`
	Missing int    `json:"missing"`
	// ImageSteps is the training that is missing; items share tasks.
	ImageSteps int64 `json:"image_steps"`
}

func (a *App) runStatus() error {
	p, err := a.plan()
	if err != nil {
		return err
	}
	store, err := a.store()
	if err != nil {
		return err
	}
	nodes := compute.Examine(p.tasks, store)
	var all []itemStatus
	total := itemStatus{ID: "all"}
	asked := nodes
	if p.run != p.tasks {
		asked = compute.Examine(p.run, store)
	}
	for _, n := range asked {
		total.count(n)
	}
	for _, planned := range p.items {
		if planned.Draw == nil || !p.asked(planned.Item.ID) {
			continue
		}
		one := itemStatus{ID: planned.Item.ID}
		for _, t := range p.tasks.Behind(planned.Asked) {
			one.count(nodes[t.Index])
		}
		all = append(all, one)
	}
	all = append(all, total)
	if a.json {
		a.printJSON(all)
		return nil
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "item\ttasks\tcached\tstale\tmissing\timage-steps to train")
	for _, s := range all {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\n", s.ID, s.Tasks, s.Cached, s.Stale, s.Missing, s.ImageSteps)
	}
	return w.Flush()
}

func (s *itemStatus) count(n compute.NodeState) {
	if n.State == compute.IsTransient {
		return
	}
	s.Tasks++
	switch n.State {
	case compute.IsCached:
		s.Cached++
		return
	case compute.IsStale:
		s.Stale++
	default:
		s.Missing++
	}
	s.ImageSteps += n.Steps
}
