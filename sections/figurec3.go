package sections

import (
	"fmt"
	"math"
	"strconv"

	"lossxfer-report/compute"
	"lossxfer-report/compute/corrupt"
	"lossxfer-report/compute/shifted"
	"lossxfer-report/report"
)

func init() { register("figure-c3", figureC3) }

// figureC3 is accuracy by severity of corruption, one curve per objective: over all
// corruptions, and over those of each group. The table has the numbers of the former.
func figureC3(a *Ask) Draw {
	seeds := a.Preset.Shifted.Seeds
	columns := []report.Column{{ID: "s0", Label: "Clean", Unit: "%", Decimals: 1, Better: "higher"}}
	for s := 1; s <= corrupt.Severities; s++ {
		columns = append(columns, report.Column{ID: "s" + strconv.Itoa(s), Label: strconv.Itoa(s), Unit: "%", Group: "Severity", Decimals: 1, Better: "higher"})
	}
	columns = append(columns, report.Column{ID: "corrupted", Label: "Mean", Unit: "%", Group: "Severity", Decimals: 1, Better: "higher"})
	g := a.newGrid("figure-c3-accuracy", "Loss", columns)

	panels := append([]shifted.Group{{ID: "all", Label: "All corruptions"}}, shifted.Groups()...)
	curves := make([][][]Measure, len(panels)) // by panel, objective and severity
	for _, o := range a.Manifest.Objectives {
		var refs []compute.Ref[shifted.Errors]
		for seed := 1; seed <= seeds; seed++ {
			refs = append(refs, need(a, a.robustness(a.trained(o))(seed)))
		}
		for p, group := range panels {
			curves[p] = append(curves[p], bySeverity(refs, group.Corruptions))
		}
		all := bySeverity(refs, nil)
		g.add(report.Row{ID: o.ID, Label: o.Label}, "", append(all, meanOf(all[1:]))...)
	}
	return func(r *compute.Results) (Drawing, error) {
		_, src := a.shiftedSet(CorruptedSet)
		f := report.Figure{ID: "figure-c3-severity", Notes: []string{
			fmt.Sprintf("%d test images, the same for every corruption and severity; severity 0 is the images as they are. Means over the seeds 1 to %d of each objective, whose symbols and colours are the same in all panels.", a.images(src), seeds),
		}}
		for p, group := range panels {
			panel := a.severityPanel(r, group, curves[p])
			panel.NamedElsewhere = p > 0
			f.Panels = append(f.Panels, panel)
		}
		shareAccuracyScale(f.Panels)
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}, {Table: g.draw(r)}}}, nil
	}
}

// severityPanel draws a curve per objective over severities 0 to 5.
func (a *Ask) severityPanel(r *compute.Results, group shifted.Group, curves [][]Measure) report.Panel {
	p := report.Panel{
		ID: group.ID, Title: group.Label, Kind: report.PanelLine,
		X: report.Axis{Label: "Severity"}, Y: report.Axis{Label: "Accuracy", Unit: "%"},
	}
	for i, o := range a.Manifest.Objectives {
		var points []report.Point
		for s, m := range curves[i] {
			if v, ok := mean(m.Cell(r, nil)); ok {
				points = append(points, report.Point{X: float64(s), Y: v.Mean, YHalf: v.Half})
			}
		}
		p.Series = appendCurve(p.Series, o, points)
	}
	return p
}

// shareAccuracyScale gives panels one scale, from the ten below the least value, with
// its interval, to 100%.
func shareAccuracyScale(panels []report.Panel) {
	low, high := 100.0, 100.0
	for _, p := range panels {
		for _, s := range p.Series {
			for _, pt := range s.Points {
				least := pt.Y
				if pt.YHalf != nil {
					least -= *pt.YHalf
				}
				low = min(low, least)
			}
		}
	}
	low = max(0, 10*math.Floor(min(low, 90)/10))
	for i := range panels {
		panels[i].Y.Min, panels[i].Y.Max = &low, &high
	}
}
