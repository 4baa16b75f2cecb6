package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/report"
	"lossxfer-report/sections"
)

// exportFlags are the flags of export alone.
type exportFlags struct {
	to    string
	only  []string
	seeds int
}

func (a *App) export() *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write trained networks, their features and logits as safetensors",
		Long: `Export writes the networks of a preset for use elsewhere, in Python for instance: final
layer, parameters of the trunk by name, penultimate features and labels of every data
set, logits of the pretraining classes, and activations of the layers. Networks that are
not in the cache are trained. The files have the layout that a [[source]] of the
manifest reads (docs/imports.md); source.toml beside them is such an entry. The same
networks give the same bytes.

With --only, only the named objectives are written; the networks of Table 4 are named
like cosine_softmax-tau-0.02.`,
		Example: `  lossxfer-report export --preset smoke --to networks
  lossxfer-report export --only softmax,cosine_softmax --seeds 1 --to networks`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runExport(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&a.preset, "preset", "", "scale of the experiments, a [preset] of the manifest (default the one it names)")
	cmd.Flags().StringVar(&f.to, "to", "", "folder of the files")
	cmd.Flags().StringSliceVar(&f.only, "only", nil, "objectives to write (default all, and the temperatures of Table 4)")
	cmd.Flags().IntVar(&f.seeds, "seeds", 0, "networks of each objective, with seeds from 1 (default as many as the preset has)")
	a.jobsFlag(cmd)
	a.trains.add(cmd)
	cmd.MarkFlagRequired("to")
	return cmd
}

func (a *App) runExport(ctx context.Context, f exportFlags) error {
	if f.seeds < 0 {
		return exit(ExitUsage, fmt.Errorf("--seeds %d: give a number of networks from 1 up", f.seeds))
	}
	if err := kernel.LevelError(); err != nil {
		return exit(ExitUsage, err)
	}
	_, study, err := a.loadStudy()
	if err != nil {
		return err
	}
	if _, ok := study.Sourced(); ok {
		return exit(ExitUsage, fmt.Errorf("preset %s trains no networks that could be written: its networks are files already", a.preset))
	}
	networks, err := chosenNetworks(study.Exported(), f)
	if err != nil {
		return exit(ExitUsage, err)
	}
	code, err := a.code()
	if err != nil {
		return err
	}
	trainer, err := a.trainer(study)
	if err != nil {
		return err
	}
	store, err := a.store()
	if err != nil {
		return err
	}
	plan := newPlan(code, trainer)
	all := planExport(plan, study, networks)
	if err := plan.Err(); err != nil {
		return exit(ExitFailure, err)
	}
	progress := a.newProgress()
	results, err := compute.Pool{Jobs: a.jobs}.Run(ctx, plan, store, follower{progress})
	progress.close()
	files := 0
	if err == nil {
		files, err = a.writeNetworks(ctx, study, all, results, f.to)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return exit(ExitInterrupted, errors.New("interrupted: networks that are trained are kept; the same command goes on from there"))
	case err != nil:
		return exit(ExitFailure, err)
	}
	if a.json {
		a.printJSON(map[string]any{"to": f.to, "networks": len(all), "files": files})
	} else if !a.quiet {
		fmt.Fprintf(a.stdout, "wrote %d files of %d networks to %s; %s is their entry for a manifest\n", files, len(all), f.to, filepath.Join(f.to, "source.toml"))
	}
	return nil
}

// writeNetworks writes the files of all networks, and the entry that reads them back. It
// returns how many files there are of networks.
func (a *App) writeNetworks(ctx context.Context, study *sections.Study, all []exported, r *compute.Results, to string) (files int, err error) {
	if err := os.MkdirAll(to, 0o777); err != nil {
		return 0, err
	}
	for _, e := range all {
		n, err := e.write(ctx, r, to)
		if err != nil {
			return files, err
		}
		files += n
		if n == 0 && !a.quiet {
			fmt.Fprintf(a.stderr, "%s seed %d diverged in training: nothing to write\n", e.name, e.model.Seed)
		}
	}
	entry, err := sourceEntry(study, to)
	if err != nil {
		return files, err
	}
	return files, cache.ReplaceBytes(filepath.Join(to, "source.toml"), entry)
}

// chosenNetworks applies the flags.
func chosenNetworks(all []sections.Exported, f exportFlags) ([]sections.Exported, error) {
	var names []string
	for _, e := range all {
		names = append(names, e.Name)
	}
	for _, name := range f.only {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("--only: no networks %q; there are %s", name, strings.Join(names, ", "))
		}
	}
	var chosen []sections.Exported
	for _, e := range all {
		if len(f.only) > 0 && !slices.Contains(f.only, e.Name) {
			continue
		}
		if f.seeds > 0 {
			e.Seeds = f.seeds
		}
		chosen = append(chosen, e)
	}
	return chosen, nil
}

// sourceEntry is the [[source]] that reads the files back.
func sourceEntry(s *sections.Study, to string) ([]byte, error) {
	layers, err := s.LayerNames()
	if err != nil {
		return nil, err
	}
	to, err = filepath.Abs(to)
	if err != nil {
		return nil, err
	}
	quoted := make([]string, len(layers)-1) // the last are the features, which need no name
	for i := range quoted {
		quoted[i] = fmt.Sprintf("%q", layers[i])
	}
	return fmt.Appendf(nil, `# Networks of preset %[1]s. To build the report from them, copy this entry into a manifest
# in the folder above this one, and add source = "exported" to [preset.%[1]s].

[[source]]
id = "exported"
label = "preset %[1]s, written to files"
note = "They were trained by this program and written by its command export."
path = %[4]q
setting = "%[2]s"
features = "{objective}/{seed}/{dataset}-{split}.safetensors"
final = "{objective}/{seed}/final.safetensors"
activations = "{objective}/{seed}/{dataset}-{split}-activations.safetensors"
layers = [%[3]s]
differs = []
`, s.Preset.ID, report.SettingHere, strings.Join(quoted, ", "), filepath.Base(to)), nil
}

// folder makes the folder of a network.
func folder(to, name string, seed int) (string, error) {
	dir := filepath.Join(to, name, fmt.Sprint(seed))
	return dir, os.MkdirAll(dir, 0o777)
}
