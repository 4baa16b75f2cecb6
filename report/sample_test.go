package report

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"
)

// sampleObjectives have numbers of the size that small networks give: top-1, R², mean
// linear transfer, mean nearest-neighbour transfer.
var sampleObjectives = []struct {
	id, label               string
	top1, r2, linear, nears float64
}{
	{"softmax", "Softmax", 94.4, .776, 63.8, 58.9},
	{"label_smoothing", "Label smoothing", 95.8, .692, 63.8, 60.9},
	{"sigmoid", "Sigmoid", 96.4, .783, 63.2, 59.0},
	{"extra_final_layer_l2", "Extra final-layer L²", 95.1, .820, 63.0, 57.1},
	{"dropout", "Dropout", 94.7, .791, 62.8, 57.8},
	{"logit_penalty", "Logit penalty", 96.1, .750, 63.7, 60.7},
	{"logit_normalization", "Logit normalisation", 95.6, .694, 63.2, 60.9},
	{"cosine_softmax", "Cosine softmax", 95.1, .789, 60.6, 57.2},
	{"squared_error", "Squared error", 97.2, .873, 60.6, 58.2},
}

var sampleTasks = []string{"greek", "symbols", "digits", "typeface_unseen", "typeface_seen", "style", "rotation", "scale", "mixed", "mnist", "fashion"}

func ptr(v float64) *float64 { return &v }

// sampleCell has three seeds around a mean, and their exact summary.
func sampleCell(mean, spread float64, published *Published) Cell {
	c := Cell{Published: published, Summary: &Summary{N: 3, Mean: mean, Half: ptr(spread * 2.48)}}
	for seed, offset := range []float64{-1, 0, 1} {
		c.Samples = append(c.Samples, Sample{Seed: seed + 1, Value: ptr(mean + offset*spread)})
	}
	return c
}

// samplePublished reads a published table as the product does.
func samplePublished(t testing.TB, id string) PublishedTable {
	t.Helper()
	text, err := os.ReadFile("../published/" + id + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	p, err := parsePublished(id, string(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sampleReport is a whole report with every kind of thing a page can show: computed,
// partial, failed and unbuilt items, tables with groups, marks, gaps and published
// values, and the three kinds of panels.
func sampleReport(t testing.TB) *Report {
	t.Helper()
	r := &Report{
		SchemaVersion: SchemaVersion,
		Paper: Paper{
			Title:   "Why Do Better Loss Functions Lead to Less Transferable Features?",
			Authors: []string{"Simon Kornblith", "Ting Chen", "Honglak Lee", "Mohammad Norouzi"},
			Venue:   "Advances in Neural Information Processing Systems (NeurIPS) 2021", Year: 2021,
			ArXiv: "2010.16402v2", Review: "8twKpG5s8Qh",
			Summary: "Objectives that give better classifiers than softmax cross-entropy give features that separate the classes more and transfer worse.",
			Setting: "ResNet-50 on ImageNet, eight networks for each of nine objectives; transfer to eight image data sets.",
			StandIn: "A small residual network on 28×28 images of characters set in real typefaces; transfer to eleven tasks.",
			PM:      "standard error of the mean over 8 networks",
		},
		Preset: Preset{
			ID: "quick", Label: "a quarter of an hour on two cores", Judges: true, Seeds: 3, TemperatureSeeds: 2,
			Note:        "Three seeds and a small training set; enough for the direction of the larger effects.",
			Pretraining: Pretraining{Classes: "latin43", PerClass: 60, ValidationPerClass: 120, TestPerClass: 120},
			Schedule:    Schedule{Passes: 20, Batch: 32, LearningRate: 0.1, Momentum: 0.9, WeightDecay: 5e-5, WarmUp: 0.1, EMA: 0.02, Shift: 1},
			Probe:       Probe{Regularisers: 15, LogLow: -6, LogHigh: 5}, KNN: KNN{K: 5, Metric: "cosine", Weighting: "uniform"},
		},
		ManifestDigest: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
		CodeDigest:     "b66b25aeb4df84e33199dc21694014d336d222cbd9deb0e5a7c14bd6aa0d0fd0",
		Deviations: []string{
			"28×28 images of characters stand in for ImageNet, and eleven small tasks for the eight transfer data sets.",
			"A network of 0.2 million parameters with 256 penultimate features stands in for ResNet-50 with 2,048.",
			"Three seeds per objective instead of eight.",
			"Cosine decay of the learning rate, so the last epoch is kept; the paper stops early under exponential decay.",
		},
		Cost: Cost{Tasks: 1164, ImageSteps: 2_218_800},
	}
	for i, o := range sampleObjectives {
		r.Objectives = append(r.Objectives, Objective{
			ID: o.id, Label: o.label, Equation: i + 1,
			Published: PublishedHyper{Text: "α = 0.1", Epochs: 146 + i},
			Searched:  Search{Date: "2026-11-23", Space: "0.05, 0.1, 0.2", Criterion: "validation top-1"},
			Here:      map[string]Hyper{"quick": {Alpha: 0.1}},
		})
	}
	for _, id := range sampleTasks {
		r.Downstream = append(r.Downstream, Dataset{ID: id, Label: id, What: "characters that no preset pretrains on", Plays: []string{"food101"}, Why: "new classes of the same kind", Measure: "top1"})
	}
	r.Tasks = sampleTaskRefs()
	r.Items = sampleItems(t)
	r.Claims = sampleClaims()
	return r
}

func sampleItems(t testing.TB) []Item {
	spec := func(id, kind, number, section, title, shows string) ItemSpec {
		return ItemSpec{
			ID: id, Kind: kind, Number: number, Section: section, Title: title, Shows: shows,
			StandIn: "Characters stand in for ImageNet.", Differs: []string{"Three seeds instead of eight.", "Eleven tasks instead of eight data sets."},
		}
	}
	done := func(s ItemSpec, artifacts ...Artifact) Item {
		tasks := sampleTaskIndices()
		return Item{ItemSpec: s, Status: Computed, Artifacts: artifacts, Tasks: tasks, Cost: Cost{Tasks: len(tasks), ImageSteps: 1_393_200}}
	}
	table1 := done(spec("table-1", KindTable, "1", "3.1", "Accuracy on the pretraining task and on other tasks with fixed features",
		"How well each objective's networks classify what they were trained on, and how well a linear classifier or nearest neighbours on their features do on other tasks."),
		Artifact{Table: sampleTransfer("table-1-linear", "Linear classifier", true)},
		Artifact{Table: sampleTransfer("table-1-knn", "Nearest neighbours", false)})
	table1.Values = map[string]float64{"knn_rank_agreement": 0.93}
	table1.Notes = []string{"Two of the linear classifiers did not converge."}
	figure1 := done(spec("figure-1", KindFigure, "1", "3.1", "Better classifiers do not transfer better", "Mean transfer accuracy against pretraining accuracy, one point per objective."),
		Artifact{Figure: sampleScatter(t, "figure-1")})
	table3 := done(spec("table-3", KindTable, "3", "3.3", "Class separation", "R², the share of the variance of the penultimate features that lies between classes."),
		Artifact{Table: sampleSeparation(t)})
	table3.Values = map[string]float64{"spearman": -0.82}
	figure2 := done(spec("figure-2", KindFigure, "2", "3.2", "Similarity of layers between objectives", "Linear CKA between the last blocks of networks trained under each pair of objectives."),
		Artifact{Figure: sampleHeat("figure-2")}, Artifact{Table: sampleRows("figure-2-objectives-mean", []string{"same", "different", "untrained"}, []string{"stem", "features"})})
	figure3 := done(spec("figure-3", KindFigure, "3", "3.2", "Sparsity of the layers", "Share of non-zero activations by depth."), Artifact{Figure: sampleLines("figure-3", 7)},
		Artifact{Table: sampleRows("figure-3-nonzero", []string{"softmax", "cosine_softmax", "squared_error"}, []string{"features"})})
	figure3.Status, figure3.Reason = Incomplete, "11 of 27 tasks have not run yet"
	figure4 := done(spec("figure-4", KindFigure, "4", "3.3", "Distances within and between classes", "Density of the cosine distances between penultimate features."), Artifact{Figure: sampleLines("figure-4", 101)})
	tableA1 := done(spec("table-a1", KindTable, "A.1", "A.1", "Hyper-parameters", "What each objective was trained with."), Artifact{Table: sampleHyper()})
	failed := done(spec("table-4", KindTable, "4", "3.4", "Temperature of cosine softmax", "Accuracy, R² and transfer as the temperature rises."))
	failed.Status, failed.Reason = Failed, "train.model cosine softmax τ = 0.02 seed 1: the loss became NaN in pass 3; lower the learning rate or set clip_norm"
	items := []Item{table1, figure1}
	unbuilt := func(id, kind, number, section string) {
		s := spec(id, kind, number, section, "What "+kind+" "+number+" of the paper is about", "What it shows, in a sentence of our own that is about as long as this one.")
		items = append(items, Item{ItemSpec: s, Status: NotBuilt})
	}
	unbuilt("table-2", KindTable, "2", "3.1")
	items = append(items, figure2, figure3, table3, figure4, failed)
	figure6 := done(spec("figure-6", KindFigure, "6", "3.4", "Relearned classes", "Accuracy of a probe that relearns the classes, against class separation."), Artifact{Figure: sampleScatter(t, "figure-6")},
		Artifact{Table: sampleRows("figure-6-table", []string{"softmax", "squared_error"}, []string{"original", "relearned"})})
	figure6.Status, figure6.Reason = Incomplete, "9 of 27 tasks have not run yet"
	items = append(items, figure6, tableA1)
	for i := range items {
		in := &Input{Entry: "[[item]]\nid = \"" + items[i].ID + "\" # its entry\n", Line: 500 + i}
		if items[i].Status == Computed {
			in.File, in.Source = "sections/"+items[i].ID+".go", "package sections\n\n// draw draws.\nfunc draw() string { return `</script>` }\n"
		}
		items[i].Input = in
	}
	for i := range 7 {
		unbuilt(fmt.Sprintf("figure-c%d", i+1), KindFigure, fmt.Sprintf("C.%d", i+1), "C.1")
	}
	return items
}

// sampleRows is the table beside a figure that its prose speaks of.
func sampleRows(id string, rows, columns []string) *Table {
	t := &Table{ID: id, Corner: "Networks"}
	for _, c := range columns {
		t.Columns = append(t.Columns, Column{ID: c, Label: c, Decimals: 3})
	}
	for i, r := range rows {
		row := Row{ID: r, Label: r}
		for range columns {
			row.Cells = append(row.Cells, sampleCell(0.8-0.2*float64(i), 0.02, nil))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// sampleTaskIndices puts every task behind an item.
func sampleTaskIndices() []int {
	var indices []int
	for i := range sampleTaskRefs() {
		indices = append(indices, i)
	}
	return indices
}

func sampleTaskRefs() []TaskRef {
	var tasks []TaskRef
	for _, o := range sampleObjectives {
		for seed := 1; seed <= 3; seed++ {
			spec, _ := json.Marshal(map[string]any{
				"arch": map[string]any{"name": "glyphnet", "height": 28}, "objective": map[string]any{"name": o.id},
				"seed": seed, "schedule": map[string]any{"passes": 20, "batch": 32},
			})
			tasks = append(tasks, TaskRef{
				Key: fmt.Sprintf("%064x", len(tasks)*7919), Kind: "train.model", Spec: spec, ImageSteps: 51600,
				Digest: fmt.Sprintf("%064x", len(tasks)),
			})
		}
	}
	return tasks
}

func sampleTransfer(id, caption string, linear bool) *Table {
	t := &Table{ID: id, Caption: caption, Corner: "Objective"}
	t.Columns = []Column{{ID: "top1", Label: "top-1", Unit: "%", Group: "Pretraining", Decimals: 1, Better: "higher"}}
	for _, task := range sampleTasks {
		t.Columns = append(t.Columns, Column{ID: task, Label: task, Unit: "%", Group: "Transfer", Decimals: 1, Better: "higher"})
	}
	t.Columns = append(t.Columns, Column{ID: "mean", Label: "mean", Unit: "%", Group: "Transfer", Decimals: 1, Better: "higher"})
	for i, o := range sampleObjectives {
		base := o.nears
		if linear {
			base = o.linear
		}
		row := Row{ID: o.id, Label: o.label, Cells: []Cell{sampleCell(o.top1, 0.2, &Published{Value: 77 + float64(i)/10, Decimals: 1})}}
		for j := range sampleTasks {
			row.Cells = append(row.Cells, sampleCell(base+float64((j*37+i*11)%29)-14, 0.4, nil))
		}
		row.Cells = append(row.Cells, sampleCell(base, 0.3, &Published{Value: 75.95 - float64(i), Decimals: 2}))
		t.Rows = append(t.Rows, row)
	}
	t.Rows[8].Cells[0].Mark = "best"
	t.Rows[2].Cells[0].Mark = "tied"
	t.Rows[4].Cells[3] = Cell{Missing: "diverged"}
	t.Rows[7].Cells[5].Summary.N = 2
	return t
}

func sampleSeparation(t testing.TB) *Table {
	p := samplePublished(t, "table-3")
	out := &Table{ID: "table-3", Corner: "Objective", Columns: []Column{
		{ID: "top1", Label: "top-1", Unit: "%", Decimals: 1, Better: "higher"},
		{ID: "R2", Label: "R²", Decimals: 3, Comparable: true},
	}, Notes: []string{"R² by equation (11) on the training images."}}
	for _, o := range sampleObjectives {
		out.Rows = append(out.Rows, Row{ID: o.id, Label: o.label, Cells: []Cell{
			sampleCell(o.top1, 0.2, p.Cell(o.id, "top1")), sampleCell(o.r2, 0.004, p.Cell(o.id, "R2")),
		}})
	}
	return out
}

func sampleHyper() *Table {
	out := &Table{ID: "table-a1", Corner: "Objective", Columns: []Column{{ID: "here", Label: "Here"}, {ID: "paper", Label: "In the paper"}}}
	for _, o := range sampleObjectives {
		out.Rows = append(out.Rows, Row{ID: o.id, Label: o.label, Cells: []Cell{{Text: "α = 0.1"}, {Text: "146 epochs"}}})
	}
	out.Rows[0].Group, out.Rows[1].Group = "Cross-entropy", "Cross-entropy"
	return out
}

func sampleScatter(t testing.TB, id string) *Figure {
	p3, p1 := samplePublished(t, "table-3"), samplePublished(t, "table-1-linear")
	ours, theirs := Series{ID: "ours", Label: "this build"}, Series{ID: "published", Label: "the paper", Published: true}
	for i, o := range sampleObjectives {
		ours.Points = append(ours.Points, Point{X: o.r2, Y: o.linear, XHalf: ptr(.008), YHalf: ptr(.5 + float64(i)*.05), Label: o.label})
		mean := 0.0
		for _, column := range []string{"food101", "cifar10", "cifar100", "birdsnap", "sun397", "cars", "pets", "flowers"} {
			mean += p1.Cell(o.id, column).Value / 8
		}
		theirs.Points = append(theirs.Points, Point{X: p3.Cell(o.id, "R2").Value, Y: mean, Label: o.label})
	}
	x, y := Axis{Label: "class separation R²"}, Axis{Label: "mean linear transfer", Unit: "%"}
	return &Figure{ID: id, Caption: "Mean transfer accuracy of a linear classifier against class separation.", Panels: []Panel{
		{ID: "ours", Title: "Here", Kind: PanelScatter, X: x, Y: y, Series: []Series{ours}},
		{ID: "paper", Title: "In the paper", Kind: PanelScatter, X: x, Y: y, Series: []Series{theirs}},
	}}
}

func sampleHeat(id string) *Figure {
	h := &Heat{Min: 0, Max: 1}
	for i, o := range sampleObjectives {
		h.X, h.Y = append(h.X, o.label), append(h.Y, o.label)
		row := make([]*float64, len(sampleObjectives))
		for j := range row {
			row[j] = ptr(1 - math.Abs(float64(i-j))/10 - float64((i*j)%5)/20)
		}
		h.Values = append(h.Values, row)
	}
	h.Values[3][5] = nil
	return &Figure{ID: id, Caption: "CKA at the last block.", Panels: []Panel{
		{ID: id, Kind: PanelHeatmap, X: Axis{Label: "objective of one network"}, Y: Axis{Label: "of the other"}, Heat: h},
	}}
}

func sampleLines(id string, n int) *Figure {
	p := Panel{ID: id, Kind: PanelLine, X: Axis{Label: "block"}, Y: Axis{Label: "non-zero activations", Unit: "%"}}
	for i, o := range sampleObjectives {
		s := Series{ID: o.id, Label: o.label}
		for k := range n {
			x := float64(k) * 7 / float64(n)
			pt := Point{X: x, Y: 95 - float64(i)*6*x/7 - 20*x/7 + 8*math.Abs(x-3)}
			if n < 20 {
				pt.YHalf = ptr(1 + float64(i)/3)
			}
			s.Points = append(s.Points, pt)
		}
		p.Series = append(p.Series, s)
	}
	return &Figure{ID: id, Caption: "A line for each objective.", Panels: []Panel{p}}
}

func sampleClaims() []ClaimResult {
	claim := func(id, text string, v Verdict, items ...string) ClaimResult {
		return ClaimResult{
			Claim:   Claim{ID: id, Text: text, Section: "3.1", Items: items, Family: "main", Predicate: Predicate{Kind: "greater"}},
			Verdict: v,
			Evidence: Evidence{
				Text: "Softmax is ahead of seven of the eight other objectives, by 0.1 to 3.2 points.",
				Test: "paired t test over seeds", N: 3, P: ptr(0.013), PHolm: ptr(0.00001),
				Parts: []Part{
					{Label: "softmax − sigmoid", Effect: ptr(0.6), Low: ptr(0.1), High: ptr(1.1), P: ptr(0.03), Holds: true},
					{Label: "softmax − squared error", Note: "squared error diverged"},
				},
			},
			Published: &Outcome{Holds: true, Text: "75.95 against at most 74.58"},
		}
	}
	return []ClaimResult{
		claim("P1", "Every objective but squared error classifies better than softmax.", DirectionOnly, "table-1", "table-3"),
		claim("P6", "Softmax features transfer best on average.", Reproduced, "table-1"),
		claim("P10", "Softmax separates the classes least.", NotReproduced, "table-3"),
		claim("P12", "The more the classes are separated, the worse the features transfer.", Inconclusive, "figure-1"),
		claim("P14", "R² rises with the temperature.", NotRun, "table-4"),
		claim("P40", "R² is the between-class share of the variance.", Reproduced),
	}
}
