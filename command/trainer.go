package command

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/external"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
	"lossxfer-report/sections"
)

// trainerFlag is --trainer: a command line, or empty for the program itself.
type trainerFlag struct {
	text  string
	given bool
}

func (f *trainerFlag) add(cmd *cobra.Command) {
	cmd.Flags().Var(f, "trainer", "command that trains the networks, see docs/trainer.md; '' trains them here (default: what [trainer] of the manifest says)")
}
func (f *trainerFlag) String() string { return f.text }
func (f *trainerFlag) Type() string   { return "command" }

func (f *trainerFlag) Set(text string) error {
	f.text, f.given = text, true
	_, err := words(text)
	return err
}

// words splits a command line as a shell does, quotes and backslashes included, and
// nothing else of a shell.
func words(line string) ([]string, error) {
	var out []string
	var word strings.Builder
	var quote rune
	within, escaped := false, false
	for _, c := range line {
		switch {
		case escaped:
			word.WriteRune(c)
			escaped = false
		case c == '\\' && quote != '\'':
			within, escaped = true, true
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(c)
		case c == '\'' || c == '"':
			within, quote = true, c
		case c == ' ' || c == '\t' || c == '\n':
			if within {
				out = append(out, word.String())
				word.Reset()
			}
			within = false
		default:
			within = true
			word.WriteRune(c)
		}
	}
	if quote != 0 || escaped {
		return nil, errors.New("a quote or backslash at the end has nothing to close it")
	}
	if within {
		out = append(out, word.String())
	}
	return out, nil
}

// trainer is the external command that trains the networks of a study, or nil.
func (a *App) trainer(s *sections.Study) (*external.Setup, error) {
	var command []string
	if a.trains.given {
		var err error
		if command, err = words(a.trains.text); err != nil {
			return nil, exit(ExitUsage, fmt.Errorf("--trainer: %w", err))
		}
		if len(command) == 0 {
			return nil, nil
		}
	}
	t, err := s.Trainer(a.manifestDir(), command)
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	return t, nil
}

// newPlan is an empty plan in which the trainer, if there is one, trains.
func newPlan(code compute.CodeHasher, t *external.Setup) *compute.Plan {
	p := compute.NewPlan(code)
	if t != nil {
		sections.SubstituteTrainer(p, *t)
	}
	return p
}

// credit says in a report which of the training runs that it has the trainer did.
func credit(t *external.Setup, r *report.Report) {
	if t == nil {
		return
	}
	by := report.Trainer{Command: t.Trainer.String(), Version: t.Trainer.Version}
	for _, f := range t.Trainer.Files {
		by.Files = append(by.Files, report.TrainerFile{Name: f.Name, SHA256: f.SHA256})
	}
	count := func(task report.TaskRef) (trained, run int) {
		switch {
		case task.Digest == "": // not run yet
		case task.Kind == external.Kind:
			return 1, 1
		case task.Kind == train.Model{}.Kind():
			return 0, 1
		}
		return 0, 0
	}
	for _, task := range r.Tasks {
		trained, run := count(task)
		by.Networks += trained
		by.Of += run
	}
	for i := range r.Items {
		trained, runs := 0, 0
		for _, task := range r.Items[i].Tasks {
			a, b := count(r.Tasks[task])
			trained += a
			runs += b
		}
		r.Items[i].TrainedBy(by, trained, runs)
	}
	if by.Networks > 0 {
		r.TrainedBy(by)
	}
}

// keepTrained copies networks that an external command trained from the cache to another
// store: they cannot be computed again to the same bits.
func keepTrained(tasks []report.TaskRef, from, to cache.Store) error {
	for _, t := range tasks {
		if t.Kind != external.Kind || t.Digest == "" {
			continue
		}
		key, err := cache.ParseKey(t.Key)
		if err != nil {
			continue // of no result
		}
		e, err := from.Get(key)
		if err == nil {
			var blob []byte
			if blob, err = from.Read(e); err == nil {
				_, err = to.Put(e, blob)
			}
		}
		if err != nil {
			return fmt.Errorf("the network %.12s was trained by an external command, which need not come to the same bits again, and the cache does not have it: import it with cache import", t.Key)
		}
	}
	return nil
}
