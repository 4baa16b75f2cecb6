// Package command is the command line of lossxfer-report.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit codes of every command.
const (
	ExitOK          = 0
	ExitFailure     = 1
	ExitUsage       = 2 // bad flags or a bad manifest
	ExitDiffers     = 3 // for commands that compare
	ExitIncomplete  = 4 // a valid report, but something in it is missing
	ExitInterrupted = 130
)

// Assets are what the binary carries, embedded at the root of the module.
type Assets struct {
	// Sources holds go.mod, go.sum and the Go and assembly sources of the packages
	// that compute results: they enter the keys of the cache.
	Sources fs.FS
	// Drawing holds the sources of the packages that draw a report. They say whether
	// a drawn report is still what this program would draw.
	Drawing fs.FS
	// Module is the module's path, as its packages import each other.
	Module string
	// Manifest holds paper.toml and the published values it names.
	Manifest fs.FS
	// Program holds everything the program is made from, the above included: a build
	// leaves its report in the cache under the digest of it.
	Program []fs.FS
	// License is the program's own licence, ThirdParty the notices of what it carries.
	License, ThirdParty string
}

// App is one invocation: its streams and the flags that all commands share.
type App struct {
	assets         Assets
	stdout, stderr io.Writer

	manifest string // path of another manifest; empty for the embedded one
	beside   string // where that manifest was, if it is a copy
	preset   string
	cache    string
	only     []string
	trains   trainerFlag
	jobs     int
	quiet    bool
	json     bool
}

// codeError carries an exit code through cobra.
type codeError struct {
	code int
	err  error
}

func (e *codeError) Error() string { return e.err.Error() }
func (e *codeError) Unwrap() error { return e.err }

// exit wraps err so that the program ends with the code.
func exit(code int, err error) error { return &codeError{code, err} }

// Run executes the command line and returns the exit code. It never calls os.Exit.
func Run(args []string, assets Assets, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	out := &output{w: stdout}
	app := &App{assets: assets, stdout: out, stderr: stderr}
	root := app.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(stderr)
	used, err := root.ExecuteContextC(ctx)
	if out.err != nil {
		err = exit(ExitFailure, out.err)
	}
	if err == nil {
		return ExitOK
	}
	var coded *codeError
	byCobra := !errors.As(err, &coded)
	if byCobra {
		// What cobra itself refuses is a usage error.
		coded = &codeError{ExitUsage, err}
	}
	if msg := coded.Error(); msg != "" {
		fmt.Fprintf(stderr, "lossxfer-report: %s\n", msg)
	}
	if byCobra {
		fmt.Fprintf(stderr, "Usage: %s\nRun '%s --help' for more.\n", used.UseLine(), used.CommandPath())
	}
	return coded.code
}

func (a *App) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "lossxfer-report COMMAND",
		Short: "Regenerate “Why Do Better Loss Functions Lead to Less Transferable Features?”",
		Long: `lossxfer-report trains networks under the nine objectives of Kornblith, Chen, Lee and
Norouzi (NeurIPS 2021), measures what the paper measures, and writes one report with
every published number beside its own and a verdict for every claim.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if a.json && printsText(cmd) {
				return exit(ExitUsage, fmt.Errorf("--json: %s has nothing to print as JSON", cmd.CommandPath()))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if show, _ := cmd.Flags().GetBool("version"); show {
				// Not cobra's own flag: hashing the program for it would slow every start.
				a.printVersion()
				return nil
			}
			return cmd.Help()
		},
	}
	root.Flags().Bool("version", false, "print the version of the program")
	flags := root.PersistentFlags()
	flags.StringVar(&a.manifest, "manifest", "", "a paper.toml in place of the one in the binary")
	flags.StringVar(&a.cache, "cache", "", "folder of the results (default $LOSSXFER_CACHE, or lossxfer-report in the user's cache folder)")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "no progress and no summaries")
	flags.BoolVar(&a.json, "json", false, "print JSON, for programs")
	root.AddCommand(a.build(), a.claims(), a.list(), a.status(), a.explain(), a.graph(), a.diff(), a.verify(), a.data(), a.cacheCommand())
	root.AddCommand(a.search(), a.serve(), a.export(), a.work(), a.licenses())
	a.complete(root)
	return root
}

// printsText says whether a command has nothing for programs: help, the scripts of shells,
// and what elements of a job array run.
func printsText(cmd *cobra.Command) bool {
	if cmd.HasSubCommands() {
		version, _ := cmd.Flags().GetBool("version")
		return !version
	}
	return cmd.Name() == "work" || cmd.HasParent() && cmd.Parent().Name() == "completion"
}

// jobsFlag adds the flag of the commands that run tasks.
func (a *App) jobsFlag(cmd *cobra.Command) {
	cmd.Flags().VarP((*jobs)(&a.jobs), "jobs", "j", "tasks at a time (default one per core)")
}

// jobs is a number of tasks at a time; 0 is one per core.
type jobs int

func (j *jobs) String() string { return strconv.Itoa(int(*j)) }
func (j *jobs) Type() string   { return "int" }

func (j *jobs) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return errors.New("give a number of tasks to run at a time, or 0 for one per core")
	}
	*j = jobs(n)
	return nil
}

// planFlags adds the flags of the commands that make a plan.
func (a *App) planFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.preset, "preset", "", "scale of the experiments, a [preset] of the manifest (default the one it names)")
	cmd.Flags().StringSliceVar(&a.only, "only", nil, "items to compute, for instance table-1,figure-5 (default all)")
	a.trains.add(cmd)
	// An empty list is what the flag's library makes of an empty word.
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Flags().Changed("only") && len(a.only) == 0 {
			return exit(ExitUsage, errors.New("--only: name an item, for instance table-3; list shows them"))
		}
		return nil
	}
}
