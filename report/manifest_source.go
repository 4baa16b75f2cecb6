package report

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Source is networks that were trained elsewhere: files of their features and final
// layers. A preset that names a source trains nothing; what the files do not give is
// missing on its page, with the reason. The layout of the files is in docs/imports.md.
type Source struct {
	ID    string `toml:"id" json:"id"`
	Label string `toml:"label" json:"label"` // "the authors' networks"
	Note  string `toml:"note" json:"note"`   // which networks these are, who trained them, on what
	// Path is the folder of the files, relative to the manifest.
	Path string `toml:"path" json:"path"`
	// Setting says what the networks were trained and tried on: SettingPaper or
	// SettingHere.
	Setting string `toml:"setting" json:"setting"`
	// Features, Final and Activations are the names of files in that folder, with
	// {objective}, {seed}, {dataset} and {split} in them, and {array} where every array
	// has a file of its own. Without Activations, those of
	// layers are looked for in the files of the features.
	Features    string `toml:"features" json:"features"`
	Final       string `toml:"final" json:"final"`
	Activations string `toml:"activations,optional" json:"activations,omitempty"`
	// Layers are the layers whose activations the files have, in the order of the
	// network, without the penultimate features, which are always the last.
	Layers []string `toml:"layers,optional" json:"layers,omitempty"`
	// Differs is what differs from the paper. Under SettingPaper it takes the place of
	// Paper.Deviations, under SettingHere it is added.
	Differs []string `toml:"differs" json:"differs"`
}

// The settings of a source.
const (
	// SettingPaper: ImageNet and the paper's downstream data sets, under the IDs of
	// [[paper.dataset]]. They take the place of [[downstream]]; where a claim names a task
	// of ours it speaks of the data set that the task plays.
	SettingPaper = "paper"
	// SettingHere: the data sets of [[downstream]] and the preset's pretraining classes.
	SettingHere = "here"
)

// Source returns the source of a preset; ok is false for one that trains networks.
func (m *Manifest) Source(p Preset) (Source, bool) {
	i := slices.IndexFunc(m.Sources, func(s Source) bool { return s.ID == p.Source })
	if p.Source == "" || i < 0 {
		return Source{}, false
	}
	return m.Sources[i], true
}

// PaperSetting says whether a preset has the paper's own data sets.
func (m *Manifest) PaperSetting(p Preset) bool {
	s, ok := m.Source(p)
	return ok && s.Setting == SettingPaper
}

// introduction says whose networks a page is about.
func (s Source) introduction() string {
	return fmt.Sprintf("No network was trained for this report: features and final layers are those of %s. %s", s.Label, s.Note)
}

// paperTasks are the paper's data sets as downstream tasks.
func (c *checker) paperTasks() []Dataset {
	var tasks []Dataset
	for _, d := range c.m.Paper.Datasets {
		tasks = append(tasks, Dataset{
			ID: d.ID, Label: d.Label, What: "The paper's data set itself.", Plays: []string{d.ID}, Measure: d.Measure,
		})
	}
	return tasks
}

// introduce makes the manifest one about the networks of a source. In the paper's
// setting nothing stands in for anything: where a claim names a task of ours it speaks of
// the data set that the task plays.
func (c *checker) introduce(s Source) {
	m := c.m
	if !slices.ContainsFunc(m.Downstream, func(d Dataset) bool { return d.ID == m.Attributes.Task }) {
		m.Attributes.Task = "" // no data set has several labels an image
	}
	if s.Setting == SettingHere {
		m.Paper.Deviations = slices.Concat([]string{s.introduction()}, m.Paper.Deviations, s.Differs)
		return
	}
	c.plays = map[string]string{}
	for _, d := range c.all {
		if len(d.Plays) > 0 {
			c.plays[d.ID] = d.Plays[0]
		}
	}
	m.Paper.StandIn, m.Paper.Deviations = s.introduction(), s.Differs
	for i := range m.Items {
		m.Items[i].StandIn, m.Items[i].Differs = "", nil
	}
}

// played is the ID under which a row or a column is known: that of a data set of the
// paper in place of the task that plays it.
func (c *checker) played(id string) string {
	if name, ok := c.plays[id]; ok {
		return name
	}
	return id
}

// playedRows puts the data sets of the paper in the place of rows that a table does not
// have because they are tasks which play them; each once.
func (c *checker) playedRows(rows, known []string) []string {
	var out []string
	for _, r := range rows {
		id, without := strings.CutPrefix(r, "-")
		if name := c.played(id); !contains(known, id) && contains(known, name) {
			r = name
			if without {
				r = "-" + name
			}
			if contains(out, r) {
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

// arrayPlace stands for the names of arrays, where each has a file of its own.
const arrayPlace = "{array}"

// places are what may stand in the name of a file.
var places = regexp.MustCompile(`\{[^{}]*\}`)

// sources checks [[source]] and the presets that name one.
func (c *checker) sources() error {
	if err := c.unique("source", ids(c.m.Sources, func(s Source) string { return s.ID })); err != nil {
		return err
	}
	for i, s := range c.m.Sources {
		path := fmt.Sprintf("source[%d]", i)
		if err := c.known(path+".setting", "setting", s.Setting, []string{SettingPaper, SettingHere}); err != nil {
			return err
		}
		of := []string{"{objective}", "{seed}"}
		all := append(slices.Clone(of), "{dataset}", "{split}")
		for _, p := range []struct {
			key, pattern string
			wants        []string
		}{{"features", s.Features, all}, {"final", s.Final, of}, {"activations", s.Activations, all}} {
			if p.key == "activations" && p.pattern == "" {
				continue
			}
			if err := c.pattern(path+"."+p.key, p.key, p.pattern, p.wants); err != nil {
				return err
			}
		}
		if err := c.unique(path+".layers", s.Layers); err != nil {
			return err
		}
	}
	known := ids(c.m.Sources, func(s Source) string { return s.ID })
	for _, p := range c.m.Presets {
		if p.Source == "" {
			continue
		}
		if err := c.known("preset."+p.ID+".source", "source", p.Source, known); err != nil {
			return err
		}
	}
	return nil
}

// pattern checks that the name of a file says which it is.
func (c *checker) pattern(path, key, pattern string, wants []string) error {
	found := places.FindAllString(pattern, -1)
	for _, place := range found {
		if !slices.Contains(wants, place) && place != arrayPlace {
			return c.t.fail(path, "%s has %s in it; it may have %s", key, place, strings.Join(append(slices.Clone(wants), arrayPlace), ", "))
		}
	}
	for _, place := range wants {
		if !slices.Contains(found, place) {
			return c.t.fail(path, "%s is %q, the same for every %s; put %s into it", key, pattern, strings.Trim(place, "{}"), place)
		}
	}
	if i := strings.Index(pattern, arrayPlace); i >= 0 && (strings.Contains(pattern[i:], "/") || strings.Count(pattern, arrayPlace) > 1) {
		return c.t.fail(path, "%s is %q; put %s once into the name of the file", key, pattern, arrayPlace)
	}
	if !fs.ValidPath(pattern) {
		return c.t.fail(path, "%s is %q; write a path inside the folder of the source, with / between its parts", key, pattern)
	}
	return nil
}
