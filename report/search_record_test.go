package report

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

func sampleSearch() *SearchRecord {
	found := SearchedObjective{ID: "dropout"}
	for i, keep := range []float64{0.5, 0.7} {
		for seed := range 2 {
			v := 0.5 + 0.125*float64(i) + 0.0625*float64(seed)
			found.Add(Hyper{Keep: keep}, i == 1, SearchRun{Seed: 101 + seed, Top1: &v})
		}
	}
	found.Choose()
	return &SearchRecord{
		Date: "2026-01-31", Preset: "quick", Criterion: SearchCriterion, Classes: "latin43", TrainImages: 2580, ValidationImages: 5160, Passes: 20,
		Objectives: []SearchedObjective{{ID: "softmax", Points: []SearchPoint{}}, found},
	}
}

func TestSearchRecord(t *testing.T) {
	r := sampleSearch()
	o, ok := r.Objective("dropout")
	if choice, chosen := o.Choice(); !ok || !chosen || choice.Hyper.Keep != 0.7 || !choice.Beyond || !reflect.DeepEqual(o.AtBorder, []string{"keep"}) {
		t.Errorf("chosen %v, border %v", choice, o.AtBorder)
	}
	if o, ok := r.Objective("softmax"); !ok || o.Chosen != nil {
		t.Error("softmax has nothing to choose")
	}
	if _, ok := r.Objective("dropuot"); ok {
		t.Error("found what is not there")
	}
	text := EncodeSearch(r)
	again, err := ParseSearch(text)
	if err != nil || !bytes.Equal(EncodeSearch(again), text) {
		t.Errorf("read back as %v, %v", again, err)
	}
	for name, c := range map[string]struct{ old, new, want string }{
		"no JSON":         {"{", "<", "not a record of a search"},
		"unknown key":     {`"date"`, `"day": 1, "date"`, `unknown field "day"`},
		"no date":         {`"2026-01-31"`, `"yesterday"`, `date "yesterday"`},
		"another choice":  {`"chosen": 1`, `"chosen": 0`, "objective dropout: the choice is not what follows"},
		"beyond the end":  {`"chosen": 1`, `"chosen": 7`, "objective dropout: the choice is not what follows"},
		"no border":       {`"at_border"`, `"at_borders"`, `unknown field`},
		"accuracy":        {`"validation_top1": 0.625`, `"validation_top1": 62.5`, "ρ = 0.7, seed 101: want an accuracy from 0 to 1"},
		"missing":         {`"validation_top1": 0.625`, `"validation_top1": null`, "or the reason why there is none"},
		"better accuracy": {`"validation_top1": 0.5625`, `"validation_top1": 1`, "the choice is not what follows"},
		"something after": {"\n}\n", "\n}\n{}", "something follows"},
	} {
		damaged := strings.Replace(string(text), c.old, c.new, 1)
		if _, err := ParseSearch([]byte(damaged)); damaged == string(text) || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func FuzzParseSearch(f *testing.F) {
	f.Add(EncodeSearch(sampleSearch()))
	f.Add([]byte(`{"date":"2026-01-31","objectives":[{"id":"a","settings":[{"runs":[]}],"chosen":-1}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := ParseSearch(text)
		if err != nil {
			return
		}
		for _, o := range r.Objectives {
			o.Choice()
		}
		again, err := ParseSearch(EncodeSearch(r))
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Errorf("%v, %v", again, err)
		}
	})
}

// The manifest carries the record beside it, and what a page says of the choice
// follows from it.
func TestManifestReadsTheRecord(t *testing.T) {
	files := fstest.MapFS{"paper.toml": {Data: []byte(programText(t))}}
	if err := addPublished(files); err != nil {
		t.Fatal(err)
	}
	without, err := LoadManifest(files, "paper.toml")
	if err != nil || without.Searched != nil {
		t.Fatalf("without a record: %v, %v", without, err)
	}
	files[SearchFile] = &fstest.MapFile{Data: EncodeSearch(sampleSearch())}
	with, err := LoadManifest(files, "paper.toml")
	if err != nil || with.Searched == nil {
		t.Fatal(err)
	}
	if with.Digest == without.Digest {
		t.Error("the digest does not see the record")
	}
	dropout, _ := with.Objective("dropout")
	if s := dropout.Searched; s.Date != "2026-01-31" || s.Space != "ρ = 0.5, 0.7; 2 networks each" || !strings.Contains(s.Criterion, "validation") {
		t.Errorf("%+v", s)
	}
	softmax, _ := with.Objective("softmax")
	if s := softmax.Searched; s.Date != "" || !strings.Contains(s.Space, "no hyper-parameters") {
		t.Errorf("%+v", s)
	}
	files[SearchFile] = &fstest.MapFile{Data: []byte("{}")}
	var bad *ManifestError
	if _, err := LoadManifest(files, "paper.toml"); !errors.As(err, &bad) || bad.File != SearchFile {
		t.Errorf("a bad record: %v", err)
	}
}

func addPublished(files fstest.MapFS) error {
	entries, err := os.ReadDir("../published")
	for _, e := range entries {
		text, err := os.ReadFile("../published/" + e.Name())
		if err != nil {
			return err
		}
		files["published/"+e.Name()] = &fstest.MapFile{Data: text}
	}
	return err
}

// What the manifest trains with is what the search chose, and what was tried is what
// the manifest says is tried.
func TestHyperparametersAreTheSearchs(t *testing.T) {
	m := program(t)
	if m.Searched == nil || m.Searched.Preset != m.Search.Preset || m.Searched.Criterion != SearchCriterion {
		t.Fatalf("record %+v", m.Searched)
	}
	for _, o := range m.Objectives {
		found, ok := m.Searched.Objective(o.ID)
		if !ok && o.Equation == 0 {
			continue // one beside the paper's, and the page says that it was not searched
		}
		if !ok {
			t.Errorf("%s is not in the record", o.ID)
			continue
		}
		choice, _ := found.Choice() // of nothing: no hyper-parameters
		for _, p := range m.Presets {
			if p.Source == "" && o.Here[p.ID] != choice.Hyper {
				t.Errorf("%s at %s: %s, the search chose %s", o.ID, p.ID, o.Here[p.ID].Text(), choice.Hyper.Text())
			}
		}
		space, searched := m.Search.objective(o.ID)
		if !searched {
			continue
		}
		seeds := space.Seeds
		if seeds == nil {
			seeds = m.Search.Seeds
		}
		grid := space.Grid.Settings()
		want := append(grid, space.Extension(grid[ChooseSetting(found.Points[:len(grid)])])...)
		if len(found.Points) != len(want) {
			t.Errorf("%s: %d settings in the record, %d in the manifest", o.ID, len(found.Points), len(want))
			continue
		}
		for i, p := range found.Points {
			var ran []int
			for _, r := range p.Runs {
				ran = append(ran, r.Seed)
			}
			if p.Hyper != want[i] || p.Beyond != (i >= len(grid)) || !reflect.DeepEqual(ran, seeds) {
				t.Errorf("%s: setting %d is %+v, want %s with seeds %v", o.ID, i, p, want[i].Text(), seeds)
			}
		}
	}
}
