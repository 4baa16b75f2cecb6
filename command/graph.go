package command

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

func (a *App) graph() *cobra.Command {
	var format string
	var tasks bool
	cmd := &cobra.Command{
		Use:   "graph",
		Short: "Print what depends on what, as DOT, Mermaid or JSON",
		Long: `graph prints the kinds of tasks behind the items and what they need of each other, with
their numbers; with --tasks every task is a node of its own.`,
		Example: `  lossxfer-report graph | dot -Tsvg > graph.svg
  lossxfer-report graph --only figure-6 --tasks --format mermaid`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.runGraph(format, tasks) },
	}
	a.planFlags(cmd)
	cmd.Flags().StringVar(&format, "format", "dot", "dot, mermaid or json")
	cmd.Flags().BoolVar(&tasks, "tasks", false, "a node for every task in place of every kind")
	return cmd
}

// graphNode is a task, or all tasks of a kind.
type graphNode struct {
	ID    string   `json:"id"`
	Label string   `json:"label"`
	Tasks int      `json:"tasks"`
	Needs []string `json:"needs,omitempty"`
}

func (a *App) runGraph(format string, tasks bool) error {
	write, ok := map[string]func([]graphNode){"dot": a.writeDOT, "mermaid": a.writeMermaid, "json": func(n []graphNode) { a.printJSON(n) }}[format]
	if !ok {
		return exit(ExitUsage, fmt.Errorf("--format: unknown format %q; give dot, mermaid or json", format))
	}
	if a.json {
		write = func(n []graphNode) { a.printJSON(n) }
	}
	p, err := a.plan()
	if err != nil {
		return err
	}
	write(graphOf(compute.Examine(p.run, cache.NewMemory()), tasks))
	return nil
}

// graphOf makes nodes of a plan's tasks, sorted.
func graphOf(all []compute.NodeState, tasks bool) []graphNode {
	name := func(n compute.NodeState) (id, label string) {
		if tasks {
			return n.Kind + " " + n.Key.String()[:12], n.Label
		}
		return n.Kind, n.Kind
	}
	ids := map[cache.Key]string{}
	for _, n := range all {
		ids[n.Key], _ = name(n)
	}
	nodes, needs := map[string]*graphNode{}, map[string]map[string]bool{}
	for _, n := range all {
		id, label := name(n)
		if nodes[id] == nil {
			nodes[id], needs[id] = &graphNode{ID: id, Label: label}, map[string]bool{}
		}
		nodes[id].Tasks++
		for _, k := range n.Needs() {
			needs[id][ids[k]] = true
		}
	}
	out := make([]graphNode, 0, len(nodes))
	for id, n := range nodes {
		n.Needs = slices.Sorted(maps.Keys(needs[id]))
		out = append(out, *n)
	}
	slices.SortFunc(out, func(x, y graphNode) int { return cmp.Compare(x.ID, y.ID) })
	return out
}

// caption is what stands in a node.
func (n graphNode) caption() string {
	if n.Tasks == 1 {
		return n.Label
	}
	return fmt.Sprintf("%s × %d", n.Label, n.Tasks)
}

func (a *App) writeDOT(nodes []graphNode) {
	fmt.Fprintln(a.stdout, "digraph tasks {\n  rankdir = LR\n  node [shape = box]")
	for _, n := range nodes {
		fmt.Fprintf(a.stdout, "  %q [label = %q]\n", n.ID, n.caption())
		for _, need := range n.Needs {
			fmt.Fprintf(a.stdout, "  %q -> %q\n", need, n.ID)
		}
	}
	fmt.Fprintln(a.stdout, "}")
}

func (a *App) writeMermaid(nodes []graphNode) {
	id := strings.NewReplacer(".", "_", " ", "_")
	fmt.Fprintln(a.stdout, "flowchart LR")
	for _, n := range nodes {
		fmt.Fprintf(a.stdout, "  %s[\"%s\"]\n", id.Replace(n.ID), strings.ReplaceAll(n.caption(), `"`, "#quot;"))
		for _, need := range n.Needs {
			fmt.Fprintf(a.stdout, "  %s --> %s\n", id.Replace(need), id.Replace(n.ID))
		}
	}
}
