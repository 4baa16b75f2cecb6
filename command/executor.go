package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/slurm"
	"lossxfer-report/report"
)

// The executors of --executor.
const (
	onThisMachine = "local"
	onSlurm       = "slurm"
)

// executorFlags say where tasks run.
type executorFlags struct {
	name     string
	settings []string // of the cluster, KEY=VALUE
}

func (f *executorFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.name, "executor", onThisMachine, "where tasks run: local, or slurm, see docs/slurm.md")
	cmd.Flags().StringArrayVar(&f.settings, "slurm", nil,
		"KEY=VALUE, a setting of [slurm] in the manifest, for this build; may be repeated. Keys: "+strings.Join(slurm.Settings(), ", "))
}

// check refuses what no executor knows.
func (f *executorFlags) check() error {
	switch {
	case f.name != onThisMachine && f.name != onSlurm:
		return exit(ExitUsage, fmt.Errorf("--executor: there is no %q; there are %s and %s", f.name, onThisMachine, onSlurm))
	case f.name == onThisMachine && len(f.settings) > 0:
		return exit(ExitUsage, errors.New("--slurm: tasks run on this machine; add --executor slurm"))
	}
	return nil
}

// executor is what runs the tasks of a plan.
func (a *App) executor(f buildFlags, p *plan, store *cache.FS, note func(string)) (compute.Executor, error) {
	if f.executor.name == onThisMachine {
		return compute.Pool{Jobs: a.jobs, KeepGoing: f.keepGoing}, nil
	}
	return a.cluster(f, p, store, note)
}

// cluster is the executor of --executor slurm.
func (a *App) cluster(f buildFlags, p *plan, store *cache.FS, note func(string)) (slurm.Executor, error) {
	e := slurm.Executor{KeepGoing: f.keepGoing, Note: note}
	var err error
	if e.Options, err = clusterOptions(p.study.Manifest.Slurm, f.executor.settings); err != nil {
		return e, exit(ExitUsage, err)
	}
	if a.jobs > 0 && e.CPUs == 0 {
		e.CPUs = a.jobs
	}
	if e.Folder, err = filepath.Abs(store.Dir()); err != nil {
		return e, exit(ExitFailure, err)
	}
	e.Words = []string{"work", "--cache", e.Folder, "--preset", a.preset}
	if a.trains.given {
		e.Words = append(e.Words, "--trainer", a.trains.text)
	}
	if a.manifest == "" {
		return e, nil
	}
	files, err := a.manifestFiles()
	if err != nil {
		return e, exit(ExitFailure, err)
	}
	home, err := filepath.Abs(a.manifestDir())
	if err != nil {
		return e, exit(ExitFailure, err)
	}
	e.Files = files
	e.Words = append(e.Words, "--manifest", filepath.Join(e.FilesDir(), filepath.Base(a.manifest)), "--beside", home)
	return e, nil
}

// clusterOptions are the settings of the manifest and, over them, those of the flags.
func clusterOptions(s report.SlurmSpec, flags []string) (slurm.Options, error) {
	var o slurm.Options
	given := map[string][]string{"setup": s.Setup, "options": s.Options}
	for name, value := range map[string]string{
		"partition": s.Partition, "time": s.Time, "memory": s.Memory, "program": s.Program,
		"element": s.Element, "poll": s.Poll, "settle": s.Settle, "on_interrupt": s.OnInterrupt,
	} {
		if value != "" {
			given[name] = []string{value}
		}
	}
	for name, n := range map[string]int{"cpus": s.CPUs, "limit": s.Limit, "attempts": s.Attempts} {
		if n != 0 {
			given[name] = []string{fmt.Sprint(n)}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		for _, value := range given[name] {
			if err := o.Set(name, value); err != nil {
				return o, fmt.Errorf("[slurm]: %w", err)
			}
		}
	}
	for _, f := range flags {
		name, value, ok := strings.Cut(f, "=")
		if !ok {
			return o, fmt.Errorf("--slurm: %q; write KEY=VALUE, for instance partition=main", f)
		}
		if err := o.Set(name, value); err != nil {
			return o, fmt.Errorf("--slurm: %w", err)
		}
	}
	return o, nil
}

// manifestFiles are the manifest and what stands beside it and is read with it, for nodes
// that read them while the user goes on editing.
func (a *App) manifestFiles() (map[string][]byte, error) {
	dir := a.manifestDir()
	files := map[string][]byte{}
	add := func(name string) error {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			files[filepath.ToSlash(name)] = b
		}
		return err
	}
	if err := add(filepath.Base(a.manifest)); err != nil {
		return nil, err
	}
	if err := add(report.SearchFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	published, err := os.ReadDir(filepath.Join(dir, publishedDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, f := range published {
		if f.Type().IsRegular() {
			if err := add(filepath.Join(publishedDir, f.Name())); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

// previewCluster prints the scripts that a build on the cluster would hand in.
func (a *App) previewCluster(ctx context.Context, e slurm.Executor, p *plan, store cache.Store) error {
	all, err := e.Preview(ctx, p.run, store)
	if err != nil {
		return exit(ExitFailure, err)
	}
	if a.json {
		a.printJSON(map[string]any{"would_submit": all})
		return nil
	}
	tasks, elements := 0, 0
	for _, s := range all {
		fmt.Fprintf(a.stdout, "# %d tasks in %d elements", s.Tasks, s.Elements)
		if len(s.After) > 0 {
			fmt.Fprintf(a.stdout, ", after %s", strings.Join(s.After, ", "))
		}
		fmt.Fprintf(a.stdout, "\n%s\n", s.Script)
		tasks += s.Tasks
		elements += s.Elements
	}
	fmt.Fprintf(a.stdout, "%d tasks would go to the cluster in %d elements of %d job arrays\n", tasks, elements, len(all))
	return nil
}
