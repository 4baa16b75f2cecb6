package slurm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Commands is the queue of Slurm's own commands: sbatch, squeue, scancel, scontrol.
type Commands struct {
	// Env is the environment of the commands; nil is this process's.
	Env []string
}

// patience is how long a command may take. With the controller gone they block for a while
// of their own, and sbatch for two minutes where there is no room for more jobs.
const patience = 3 * time.Minute

// run runs a command of Slurm's and returns what it printed. What it complained of is the error.
func (c Commands) run(ctx context.Context, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = c.Env
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	switch {
	case err == nil:
		return out.String(), nil
	case errors.Is(err, exec.ErrNotFound):
		return "", fmt.Errorf("slurm: there is no %s here: build where jobs are submitted from, or without --executor slurm", name)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", fmt.Errorf("%w: %s took more than %v", ErrAway, name, patience)
	case ctx.Err() != nil:
		return "", ctx.Err()
	}
	said := strings.Join(strings.Fields(complaint.String()), " ")
	switch {
	case containsAny(said, "Unable to contact slurm controller", "Socket timed out", "Connection refused", "Zero Bytes were transmitted", "slurm_receive_msg", "Connection timed out", "Connection reset"):
		return "", fmt.Errorf("%w: %s", ErrAway, said)
	case containsAny(said, "AssocMaxSubmitJobLimit", "MaxSubmitJob", "job submit limit", "temporarily unable to accept job", "Resource temporarily unavailable", "try again"):
		return "", fmt.Errorf("%w: %s", ErrFull, said)
	}
	return "", fmt.Errorf("slurm: %s: %w: %s", name, err, said)
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// Submit implements Queue.
func (c Commands) Submit(ctx context.Context, script string, after []string) (string, error) {
	args := []string{"--parsable"}
	if len(after) > 0 {
		args = append(args, "--dependency=afterany:"+strings.Join(after, ":"))
	}
	out, err := c.run(ctx, "sbatch", append(args, script)...)
	if err != nil {
		return "", err
	}
	id, _, _ := strings.Cut(strings.TrimSpace(out), ";") // the cluster's name may follow
	if _, err := strconv.Atoi(id); err != nil {
		return "", fmt.Errorf("slurm: sbatch printed %q where a job's number belongs", out)
	}
	return id, nil
}

// Look implements Queue. Names, not numbers: a number may be somebody else's after the
// controller lost its memory, and an array whose submission was cut short has none.
func (c Commands) Look(ctx context.Context, names []string) ([]Element, error) {
	out, err := c.run(ctx, "squeue", "--noheader", "--array", "--states=all", "--name="+strings.Join(names, ","), "--format=%F|%K|%T|%j|%r")
	if err != nil {
		return nil, err
	}
	return parseQueue(out)
}

// parseQueue reads lines of number|index|state|name|reason.
func parseQueue(out string) ([]Element, error) {
	var all []Element
	for line := range strings.Lines(out) {
		f := strings.SplitN(strings.TrimSpace(line), "|", 5)
		if len(f) != 5 {
			return nil, fmt.Errorf("slurm: squeue printed %q where number|index|state|name|reason belongs", line)
		}
		if f[1] == "N/A" {
			continue // what was cancelled of an array before it began, all in one
		}
		indices, err := parseIndices(f[1])
		if err != nil {
			return nil, fmt.Errorf("slurm: squeue printed %q: %w", line, err)
		}
		for _, i := range indices {
			all = append(all, Element{Array: f[3], ID: f[0], Index: i, State: f[2], Why: f[4]})
		}
	}
	return all, nil
}

// Cancel implements Queue. A job that has ended already is no error.
func (c Commands) Cancel(ctx context.Context, ids []string, pendingOnly bool) error {
	if len(ids) == 0 {
		return nil
	}
	args := ids
	if pendingOnly {
		args = append([]string{"--state=PENDING"}, ids...)
	}
	_, err := c.run(ctx, "scancel", args...)
	if err != nil && strings.Contains(err.Error(), "Invalid job id") {
		return nil
	}
	return err
}

// usualMaxArray is Slurm's own default of MaxArraySize.
const usualMaxArray = 1001

// MaxArray implements Queue. An array of more elements than the controller keeps jobs in mind
// would never be taken.
func (c Commands) MaxArray(ctx context.Context) (int, error) {
	out, err := c.run(ctx, "scontrol", "show", "config")
	if err != nil {
		return 0, err
	}
	most := 0
	for line := range strings.Lines(out) {
		name, value, _ := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); name == "MaxArraySize" || name == "MaxJobCount" {
			if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n > 0 && (most == 0 || n < most) {
				most = n
			}
		}
	}
	if most == 0 {
		most = usualMaxArray
	}
	return most, nil
}
