package sections

import (
	"fmt"
	"slices"
	"strings"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/probe"
	"lossxfer-report/report"
)

func init() { register("figure-d2", figureD2) }

// figureD2 is linear transfer accuracy by pass of pretraining, a panel per task and one
// for their mean. The table says what stopping at the best pass would have given.
func figureD2(a *Ask) Draw {
	tasks, left := a.followedTasks()
	byTask := make([][]course, len(tasks))
	var means []course
	table := a.newGrid("figure-d2-stopping", "Loss", []report.Column{
		passColumn("pass", "Pass", "Best", a.Preset.Dynamics.Seeds),
		{ID: "best", Label: "Accuracy", Unit: "%", Group: "Best", Decimals: 1, Better: "higher"},
		{ID: "end", Label: "Accuracy", Unit: "%", Group: "At the end", Decimals: 1, Better: "higher"},
	})
	table.table.Notes = []string{"Mean over the tasks of the figure. Best: of the passes that are drawn, for each network by itself."}
	for _, o := range a.Manifest.Objectives {
		var all []course
		for i, t := range tasks {
			c := courseOf(a.probed(), func(pass int) Measure { return a.linearAfter(o, pass, t) })
			byTask[i], all = append(byTask[i], c), append(all, c)
		}
		mean := meanCourse(all)
		means = append(means, mean)
		table.add(report.Row{ID: o.ID, Label: o.Label}, "", mean.peakPass(), mean.peak(), mean.end())
	}
	return func(r *compute.Results) (Drawing, error) {
		y := report.Axis{Label: "Linear probe", Unit: "%"}
		f := report.Figure{ID: "figure-d2", Notes: a.courseNotes(a.Preset.Dynamics.Seeds)}
		if len(tasks) > 1 {
			f.Panels = append(f.Panels, a.coursePanel(r, report.MeanColumn, "Mean of these tasks", means, y))
		}
		for i, t := range tasks {
			f.Panels = append(f.Panels, a.coursePanel(r, t.ID, a.taskLabel(t.ID), byTask[i], y))
		}
		f.Notes = append(f.Notes, fmt.Sprintf("Features are probed after passes %s, with one regulariser at most for each power of ten in the preset's range.", numbers(a.probed())))
		if len(left) > 0 {
			f.Notes = append(f.Notes, "Left out at this preset: "+strings.Join(left, ", ")+".")
		}
		d := tables(r, table)
		d.Artifacts = append([]report.Artifact{{Figure: &f}}, d.Artifacts...)
		return d, nil
	}
}

// followedTasks is the downstream tasks that the preset follows, in the manifest's
// order, and the names of the others.
func (a *Ask) followedTasks() (tasks []data.Task, left []string) {
	for _, t := range a.Tasks {
		if slices.Contains(a.Preset.Dynamics.Tasks, t.ID) {
			tasks = append(tasks, t)
		} else {
			left = append(left, a.taskLabel(t.ID))
		}
	}
	return tasks, left
}

func (a *Ask) taskLabel(id string) string {
	for _, d := range a.Manifest.Downstream {
		if d.ID == id {
			return d.Label
		}
	}
	return id
}

// linearAfter is the accuracy of a linear probe of networks after a pass. The grid of
// regularisers is no finer than Table 1's, at the end too: all passes have the same.
func (a *Ask) linearAfter(o report.Objective, pass int, t data.Task) Measure {
	p := a.coarse()
	return measure(a, a.Preset.Dynamics.Seeds, func(seed int) compute.Task[probe.LinearResult] {
		return probe.Linear{Model: a.after(a.Model(o, seed), pass), Task: t, Regularisers: p.Regularisers, LogLow: p.LogLow, LogHigh: p.LogHigh}
	}, func(v probe.LinearResult) (float64, error) { return float64(100 * v.Accuracy), diverged(v.Diverged) })
}

// meanCourse is the mean of courses over the same passes.
func meanCourse(all []course) course {
	return courseOf(all[0].passes, func(pass int) Measure {
		k := slices.Index(all[0].passes, pass)
		var at []Measure
		for _, c := range all {
			at = append(at, c.at[k])
		}
		return meanOf(at)
	})
}

// numbers puts numbers into a sentence: "1, 2 and 20".
func numbers(list []int) string {
	words := strings.Fields(strings.Trim(fmt.Sprint(list), "[]"))
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
