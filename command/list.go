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
	var speed float64
	var times string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the paper's tables and figures, and what each costs",
		Example: `  lossxfer-report list
  lossxfer-report list --cost --preset large
  lossxfer-report list --times out
  lossxfer-report list --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("times") {
				return a.printTimes(times)
			}
			return a.runList(cost, speed)
		},
	}
	cmd.Flags().StringVar(&a.preset, "preset", "", "scale of the experiments for --cost (default the manifest's)")
	cmd.Flags().BoolVar(&cost, "cost", false, "add the tasks and image-steps behind each item, and core-hours")
	cmd.Flags().Float64Var(&speed, "speed", compute.Speed, "image-steps that a core trains in a second, for --cost")
	cmd.Flags().StringVar(&times, "times", "", "print instead how long each kind of task took in the builds into this folder")
	cmd.MarkFlagsMutuallyExclusive("cost", "times")
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
	// CoreHours is an estimate for an empty cache.
	CoreHours float64 `json:"core_hours,omitempty"`
}

func (a *App) runList(cost bool, speed float64) error {
	if !(speed > 0) {
		return exit(ExitUsage, fmt.Errorf("--speed: %v; give the image-steps that a core trains in a second", speed))
	}
	var items []listed
	if cost {
		p, err := a.plan()
		if err != nil {
			return err
		}
		var asked []compute.Asked
		add := func(one listed, asked []compute.Asked) {
			for _, t := range p.tasks.Behind(asked) {
				one.Tasks++
				one.ImageSteps += t.Steps
			}
			one.CoreHours = coreHours(compute.Load{Tasks: one.Tasks, Steps: one.ImageSteps}, speed)
			items = append(items, one)
		}
		for _, planned := range p.items {
			add(listed{ID: planned.Item.ID, Kind: planned.Item.Kind, Title: planned.Item.Title, Section: planned.Item.Section, Built: planned.Draw != nil}, planned.Asked)
			asked = append(asked, planned.Asked...)
		}
		add(listed{ID: "all", Kind: "report", Title: "The whole report; items share tasks", Built: true}, asked)
		return a.printList(items, speed)
	}
	m, err := a.load()
	if err != nil {
		return err
	}
	for _, item := range m.Items {
		items = append(items, listed{ID: item.ID, Kind: item.Kind, Title: item.Title, Section: item.Section, Built: sections.Built(item.ID)})
	}
	return a.printList(items, 0)
}

// printList prints items, with what they cost if a speed is given.
func (a *App) printList(items []listed, speed float64) error {
	if a.json {
		a.printJSON(items)
		return nil
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, i := range items {
		state := ""
		if !i.Built {
			state = "(cannot be drawn yet) "
		}
		if speed > 0 {
			state = "-\t-\t-"
			if i.Built {
				state = fmt.Sprintf("%d tasks\t%d image-steps\t%.2f core-hours", i.Tasks, i.ImageSteps, i.CoreHours)
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", i.ID, state, i.Title)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if speed > 0 {
		fmt.Fprintf(a.stdout, "Core-hours are estimated for an empty cache: %v image-steps a second and core (--speed), and %d more for every task.\n", speed, compute.SmallTask)
	}
	return nil
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
