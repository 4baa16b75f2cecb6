package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"lossxfer-report/compute/slurm"
)

// work is the command that elements of a job array run.
func (a *App) work() *cobra.Command {
	var index int
	cmd := &cobra.Command{
		Use:   "work FOLDER",
		Short: "Compute the tasks of one element of a job array",
		Long: `Work is what build --executor slurm has the nodes of a cluster run: it computes the tasks
that one element of a job array was given, from results that are in the cache. Its own
place in the array it has from Slurm. It is of use by hand to see why an element failed.

Exit codes: 0 all of its tasks are in the cache, 1 something failed, 2 bad flags, 4 tasks
were left alone since results that they need are not there, 130 interrupted.`,
		Example: `  lossxfer-report work CACHE/slurm/arrays/lossxfer-0123456789ab --element 3 --cache CACHE --preset standard`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("element") {
				var err error
				if index, err = strconv.Atoi(os.Getenv("SLURM_ARRAY_TASK_ID")); err != nil {
					return exit(ExitUsage, errors.New("--element: which element of the array? Slurm says it in SLURM_ARRAY_TASK_ID, which is not set"))
				}
			}
			return a.runWork(cmd.Context(), args[0], index)
		},
	}
	a.planFlags(cmd)
	a.jobsFlag(cmd)
	cmd.Flags().IntVar(&index, "element", 0, "element of the array, from 0 (default what Slurm says)")
	cmd.Flags().StringVar(&a.beside, "beside", "", "folder that paths in the manifest are relative to, where it is a copy")
	return cmd
}

func (a *App) runWork(ctx context.Context, folder string, index int) error {
	store, err := a.store()
	if err != nil {
		return err
	}
	p, err := a.plan()
	if err != nil {
		return err
	}
	progress := a.newProgress()
	err = slurm.Work(ctx, p.tasks, store, folder, index, a.jobs, follower{progress})
	progress.close()
	var waiting *slurm.Waiting
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return exit(ExitInterrupted, fmt.Errorf("interrupted: %w", err))
	case errors.As(err, &waiting):
		return exit(ExitIncomplete, err)
	}
	return exit(ExitFailure, err)
}
