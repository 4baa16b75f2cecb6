package report

// SearchRun is one network of a search.
type SearchRun struct {
	Seed int `json:"seed"`
	// Top1 is the fraction of the validation images that the network classifies
	// correctly; there is none if training diverged.
	Top1     *float64 `json:"validation_top1"`
	Diverged string   `json:"diverged,omitempty"` // how
}

// SearchPoint is one setting that was tried.
type SearchPoint struct {
	Hyper  Hyper       `json:"hyperparameters"`
	Beyond bool        `json:"beyond_grid,omitempty"` // tried because the grid's choice was at its border
	Runs   []SearchRun `json:"runs"`
}

// Mean is the mean validation accuracy of a setting. A setting of which a run
// diverged has none.
func (p SearchPoint) Mean() (mean float64, ok bool) {
	for _, r := range p.Runs {
		if r.Top1 == nil {
			return 0, false
		}
		mean += *r.Top1
	}
	return mean / float64(len(p.Runs)), len(p.Runs) > 0
}

// SearchCriterion is the rule by which ChooseSetting chooses, for people.
const SearchCriterion = "highest mean top-1 accuracy on the validation images of the pretraining classes; of equals the first"

// ChooseSetting returns the index of the setting with the highest mean validation
// accuracy, the first of equals, or -1 if there is none.
func ChooseSetting(points []SearchPoint) int {
	best, chosen := 0.0, -1
	for i, p := range points {
		if mean, ok := p.Mean(); ok && (chosen < 0 || mean > best) {
			best, chosen = mean, i
		}
	}
	return chosen
}

// Extension is the settings beyond the grid that have to be tried when a setting was
// chosen from it: for each hyper-parameter that has its lowest or highest value, the
// values below or above it, the others as chosen. It is called once: a choice at the
// border of what the extension added is reported as one.
func (o SearchObjective) Extension(chosen Hyper) []Hyper {
	below, above := o.Below.parameters(), o.Above.parameters()
	var more []Hyper
	for i, p := range o.Grid.parameters() {
		if len(p.values) < 2 { // held, not searched
			continue
		}
		var beyond []float64
		switch p.of(chosen) {
		case p.values[0]:
			beyond = below[i].values
		case p.values[len(p.values)-1]:
			beyond = above[i].values
		}
		for _, v := range beyond {
			h := chosen
			p.set(&h, v)
			more = append(more, h)
		}
	}
	return more
}

// Borders names the hyper-parameters of which a setting has the lowest or the highest
// value of all that were tried: a better one may lie beyond.
func Borders(points []SearchPoint, chosen Hyper) []string {
	var names []string
	for _, p := range (HyperGrid{}).parameters() {
		lower, higher := false, false
		for _, point := range points {
			lower = lower || p.of(point.Hyper) < p.of(chosen)
			higher = higher || p.of(point.Hyper) > p.of(chosen)
		}
		if lower != higher {
			names = append(names, p.name)
		}
	}
	return names
}
