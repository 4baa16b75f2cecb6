package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/external"
	"lossxfer-report/compute/imported"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/report"
	"lossxfer-report/sections"
)

// plan is a preset of the manifest, planned: what every command but the simplest
// starts from.
type plan struct {
	study *sections.Study
	run   *compute.Plan // the tasks of the items that were asked for
	tasks *compute.Plan // the tasks of all items: what is in the cache is drawn, asked for or not
	items []sections.Planned
	asked func(id string) bool
	// inputs are what a reader sees of each item's making, by its ID.
	inputs map[string]*report.Input
	// trainer trains the networks in the program's place; nil if none does.
	trainer *external.Setup
}

// reliesOnFiles says whether the plan depends on files that may change without the program
// or the manifest: data sets of the data folder, networks trained elsewhere, a trainer.
func (p *plan) reliesOnFiles() bool {
	_, sourced := p.study.Sourced()
	return sourced || p.trainer != nil || len(p.study.Manifest.Needs(p.study.Preset)) > 0
}

// load reads the manifest. A manifest of the user's own may leave out the published
// values and the record of the search: those the program carries then stand in.
func (a *App) load() (*report.Manifest, error) {
	root, name := a.assets.Manifest, "paper.toml"
	if a.manifest != "" {
		dir := filepath.Dir(a.manifest)
		root, name = withProgram{os.DirFS(dir), a.assets.Manifest}, filepath.Base(a.manifest)
	}
	m, err := report.LoadManifest(root, name)
	var bad *report.ManifestError
	if errors.As(err, &bad) && a.manifest != "" {
		bad.File = filepath.Join(filepath.Dir(a.manifest), bad.File)
	}
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	m.Dir = a.manifestDir()
	if err := sections.Check(m); err != nil {
		return nil, exit(ExitUsage, err)
	}
	return m, nil
}

// manifestDir is what paths in the manifest are relative to, empty for the current folder.
func (a *App) manifestDir() string {
	switch {
	case a.beside != "":
		return a.beside
	case a.manifest != "":
		return filepath.Dir(a.manifest)
	}
	return ""
}

// publishedDir holds the published values, beside the manifest.
const publishedDir = "published"

// withProgram is a folder in which what stands beside a manifest is the program's
// where the folder does not have it.
type withProgram struct {
	fs.FS
	program fs.FS
}

func (w withProgram) Open(name string) (fs.File, error) {
	first, _, _ := strings.Cut(name, "/")
	if first == publishedDir || first == report.SearchFile {
		if _, err := fs.Stat(w.FS, first); errors.Is(err, fs.ErrNotExist) {
			return w.program.Open(name)
		}
	}
	return w.FS.Open(name)
}

// loadStudy reads the manifest and turns it into a study at the chosen preset, or the one
// that the manifest names.
func (a *App) loadStudy() (*report.Manifest, *sections.Study, error) {
	m, err := a.load()
	if err != nil {
		return nil, nil, err
	}
	if a.preset == "" {
		a.preset = m.DefaultPreset
	}
	study, err := sections.NewStudy(m, a.preset)
	if err != nil {
		return nil, nil, exit(ExitUsage, err)
	}
	return m, study, nil
}

// plan asks the sections of the chosen items for their tasks.
func (a *App) plan() (*plan, error) {
	if err := kernel.LevelError(); err != nil {
		return nil, exit(ExitUsage, err)
	}
	m, study, err := a.loadStudy()
	if err != nil {
		return nil, err
	}
	ledger, err := a.ledger()
	if err != nil {
		return nil, err
	}
	study.Remember(ledger)
	for _, id := range a.only {
		if _, err := m.Item(id); err != nil {
			return nil, exit(ExitUsage, fmt.Errorf("--only: %w", err))
		}
		if !slices.Contains(sections.IDs(), id) {
			return nil, exit(ExitUsage, fmt.Errorf("--only: %s is listed in the manifest but not built yet; built are %s", id, strings.Join(sections.IDs(), ", ")))
		}
	}
	code, err := a.code()
	if err != nil {
		return nil, err
	}
	trainer, err := a.trainer(study)
	if err != nil {
		return nil, err
	}
	p := &plan{study: study, trainer: trainer, tasks: newPlan(code, trainer), asked: func(id string) bool {
		return len(a.only) == 0 || slices.Contains(a.only, id)
	}}
	p.items = sections.Plan(p.tasks, study, func(string) bool { return true })
	p.run = p.tasks
	if len(a.only) > 0 {
		p.run = newPlan(code, trainer)
		sections.Plan(p.run, study, p.asked)
	}
	if err := p.tasks.Err(); err != nil {
		return nil, exit(ExitFailure, err)
	}
	if found, ok := study.Sourced(); ok {
		// What was read is known from now on, also if something in it is wrong.
		if err := errors.Join(found.Err, ledger.Save()); err != nil {
			return nil, exit(ExitFailure, err)
		}
	}
	if p.inputs, err = readInputs(m, a.assets.Program); err != nil {
		return nil, exit(ExitFailure, err)
	}
	return p, nil
}

// ledgerFile is where the contents of imported files are remembered, in the folder of
// results.
const ledgerFile = "imported.json"

// ledger opens the memory of imported files.
func (a *App) ledger() (*imported.Ledger, error) {
	s, err := a.store()
	if err != nil {
		return nil, err
	}
	return imported.OpenLedger(filepath.Join(s.Dir(), ledgerFile)), nil
}

// code hashes the sources behind tasks.
func (a *App) code() (compute.CodeHasher, error) {
	code, err := compute.NewCode(a.assets.Sources, a.assets.Module, runtime.Version())
	if err != nil {
		return nil, exit(ExitFailure, err)
	}
	return code, nil
}

// store opens the folder of results.
func (a *App) store() (*cache.FS, error) {
	dir := a.cache
	if dir == "" {
		var err error
		if dir, err = cache.Default(); err != nil {
			return nil, exit(ExitFailure, fmt.Errorf("no folder for results: %w; name one with --cache", err))
		}
	}
	s, err := cache.Open(dir)
	if err != nil {
		return nil, exit(ExitFailure, errors.New("the folder of results cannot be used: "+err.Error()))
	}
	return s, nil
}
