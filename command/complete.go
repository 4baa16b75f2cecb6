package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/slurm"
	"lossxfer-report/report"
)

// completer offers words for what is being typed, each followed by a tab and what it is.
type completer = cobra.CompletionFunc

// complete has shells complete the values of flags and the arguments of all commands: what
// the manifest names, formats, data sets, files of the right kind.
func (a *App) complete(root *cobra.Command) {
	presets := a.named(func(m *report.Manifest) []string {
		return each(m.Presets, func(p report.Preset) string { return word(p.ID, p.Label) })
	})
	items := a.named(func(m *report.Manifest) []string {
		return each(m.Items, func(i report.ItemSpec) string { return word(i.ID, i.Title) })
	})
	objectives := a.named(func(m *report.Manifest) []string {
		return each(m.Objectives, func(o report.Objective) string { return word(o.ID, o.Label) })
	})
	verdicts := always("claims", "not-reproduced", "direction-only", "inconclusive", "not-run")
	flags := map[string]completer{
		"preset": presets, "only": listOf(items), "objective": listOf(objectives), "keep": listOf(presets),
		"split": always(data.Train, data.Validation, data.Test), "fail-on": listOf(verdicts),
		"executor": always(word(onThisMachine, "this machine"), word(onSlurm, "a Slurm cluster")), "slurm": settings,
		"addr": nothing, "manifest": files("toml"), "times": folders, "cache": folders, "to": folders, "dir": folders, "templates": folders, "beside": folders,
		// Of single commands, where another has the same flag for something else.
		"export only": listOf(objectives), "diff fail-on": always("any", "beyond-noise", "claims"),
		"diff format": always("text", "markdown", "html", "json"), "graph format": always("dot", "mermaid", "json"),
	}
	reports := files("html", "json")
	arguments := map[string]completer{
		"explain": items, "data show": a.dataSets, "data fetch": a.fetchable, "data add": nothing,
		"claims": reports, "verify": reports, "cache import": files("tar"), "cache export": files("tar"),
	}
	everyCommand(root, func(cmd *cobra.Command) {
		path := strings.TrimPrefix(cmd.CommandPath(), root.Name()+" ")
		if f := arguments[path]; f != nil {
			cmd.ValidArgsFunction = f
		} else if cmd != root && path != "diff" && path != "work" {
			cmd.ValidArgsFunction = nothing
		}
		register := func(flag *pflag.Flag) {
			f := flags[path+" "+flag.Name]
			if f == nil {
				f = flags[flag.Name]
			}
			if f != nil && flag.Value.Type() != "bool" {
				// It fails only for a flag that is not there.
				_ = cmd.RegisterFlagCompletionFunc(flag.Name, f)
			}
		}
		cmd.LocalFlags().VisitAll(register)
	})
}

func everyCommand(cmd *cobra.Command, f func(*cobra.Command)) {
	f(cmd)
	for _, sub := range cmd.Commands() {
		everyCommand(sub, f)
	}
}

// word is something to complete to, with what it is.
func word(id, what string) string { return id + "\t" + what }

func each[T any](all []T, f func(T) string) []string {
	var out []string
	for _, one := range all {
		out = append(out, f(one))
	}
	return out
}

// always offers the same words always.
func always(list ...string) completer {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return list, cobra.ShellCompDirectiveNoFileComp
	}
}

func nothing(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}

func files(extensions ...string) completer {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		return extensions, cobra.ShellCompDirectiveFilterFileExt
	}
}

func folders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// named offers what a manifest names, once.
func (a *App) named(list func(*report.Manifest) []string) completer {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		m, err := a.load()
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return list(m), cobra.ShellCompDirectiveNoFileComp
	}
}

// listOf completes the last word of a list with commas, to one that is not in it yet.
func listOf(one completer) completer {
	return func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before, last := "", typed
		if i := strings.LastIndexByte(typed, ','); i >= 0 {
			before, last = typed[:i+1], typed[i+1:]
		}
		have := strings.Split(before, ",")
		all, directive := one(cmd, nil, last)
		var out []string
		for _, w := range all {
			if id, _, _ := strings.Cut(w, "\t"); strings.HasPrefix(id, last) && !slices.Contains(have, id) {
				out = append(out, before+w)
			}
		}
		return out, directive
	}
}

// settings offers the keys of --slurm, whose values follow without a blank.
func settings(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	if strings.Contains(typed, "=") {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return each(slurm.Settings(), func(key string) string { return key + "=" }), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// dataSets offers the sets that data show shows.
func (a *App) dataSets(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	all, _, err := a.catalogue()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return each(all, func(d described) string { return word(d.Name, d.Title) }), cobra.ShellCompDirectiveNoFileComp
}

// fetchable offers published sets, and the presets that need some.
func (a *App) fetchable(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	m, err := a.load()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, d := range m.Stored {
		if len(d.Files) > 0 && !slices.Contains(args, d.ID) {
			out = append(out, word(d.ID, d.Label))
		}
	}
	for _, p := range m.Presets {
		if slices.ContainsFunc(m.Needs(p), func(d report.StoredSet) bool { return len(d.Files) > 0 }) && !slices.Contains(args, "@"+p.ID) {
			out = append(out, word("@"+p.ID, "all sets of preset "+p.ID))
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
