package sections

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/overlap"
	"lossxfer-report/report"
)

func init() { register("table-f1", tableF1) }

// tableF1 is how far the classes of each downstream task are pretraining classes: by
// name, and by how well a network with its own final layer does that only renames its
// predictions; beside the linear probe of the same networks.
func tableF1(a *Ask) Draw {
	softmax, _ := a.Manifest.Objective("softmax")
	m := a.trained(softmax)
	g := a.newGrid("table-f1", "Task", []report.Column{
		{ID: "classes", Label: "Classes"},
		{ID: "semantic_overlap", Label: "Shared classes"},
		{ID: "assignment_acc", Label: "Assignment", Unit: "%", Group: "Accuracy", Decimals: 1},
		{ID: "linear_acc", Label: "Linear probe", Unit: "%", Group: "Accuracy", Decimals: 1},
	})
	counts := make([][2]int, len(a.Tasks))
	for i, t := range a.Tasks {
		d := a.Manifest.Downstream[i]
		counts[i] = [2]int{a.classes(t.Train), len(a.shared(d))}
		played, label := "", d.Label
		if len(d.Plays) > 0 {
			played = d.Plays[0]
			label += " (paper: " + a.paperName(played) + ")"
		}
		g.add(report.Row{ID: d.ID, Label: label}, played,
			nil, nil, a.assignment(a.Preset.Seeds, m, t), a.linear(a.Preset.Seeds, m, t))
	}
	return func(r *compute.Results) (Drawing, error) {
		d := tables(r, g)
		table := d.Artifacts[0].Table
		for i := range table.Rows {
			for j, n := range counts[i] {
				c := &table.Rows[i].Cells[j]
				c.Text, c.Missing = strconv.Itoa(n), ""
			}
		}
		for i, task := range a.Manifest.Downstream {
			if counts[i][1] > 0 {
				table.Notes = append(table.Notes, task.Label+": "+task.SharedWhy)
			}
			for _, d := range a.unplaced() {
				if slices.Contains(task.Plays, d.ID) {
					table.Notes = append(table.Notes, a.unplacedRow(task, d))
				}
			}
		}
		return d, nil
	}
}

// unplacedRow gives the paper's row of a data set that a task plays only beside another.
func (a *Ask) unplacedRow(task report.Dataset, played report.PaperDataset) string {
	note := fmt.Sprintf("%s also stands for %s", task.Label, played.Label)
	published, _ := a.Manifest.PublishedTable("table-f1")
	var cells []string
	for _, column := range []struct{ id, format string }{
		{"classes", "%s classes"}, {"semantic_overlap", "%s of them shared"}, {"assignment_acc", "%s%% by assignment"}, {"linear_acc", "%s%% by a linear probe"},
	} {
		if v := published.Cell(played.ID, column.id); v != nil {
			cells = append(cells, fmt.Sprintf(column.format, strconv.FormatFloat(v.Value, 'f', v.Decimals, 64)))
		}
	}
	if cells != nil {
		note += ", of which the paper says: " + strings.Join(cells, ", ")
	}
	return note + "."
}

// shared lists the classes of a downstream task that are pretraining classes here, by
// the manifest's list.
func (a *Ask) shared(d report.Dataset) []string {
	known := a.pretrainingClasses()
	var out []string
	for _, name := range d.Shared {
		if slices.Contains(known, name) {
			out = append(out, name)
		}
	}
	return out
}

// assignment is the accuracy of a network's own predictions, renamed.
func (a *Ask) assignment(seeds int, m models, t data.Task) Measure {
	return measure(a, seeds, func(seed int) compute.Task[overlap.Result] {
		return overlap.Overlap{Model: m(seed), Task: t}
	}, func(v overlap.Result) (float64, error) { return 100 * v.Accuracy, diverged(v.Diverged) })
}
