package report

import (
	"fmt"
	"slices"
)

// What a trainer may give beside the trained network.
const (
	GivesCurve       = "curve"       // how training went, pass by pass
	GivesCheckpoints = "checkpoints" // the network after the passes that a run asks for
)

// TrainerSpec is [trainer]: a command of the user's that trains networks in the program's
// place. See docs/trainer.md.
type TrainerSpec struct {
	// Command is the program and its arguments; the folder of a training follows. It runs
	// in the folder of the manifest.
	Command []string `toml:"command"`
	// Presets whose networks it trains. Those of others it trains with --trainer only.
	Presets []string `toml:"presets,optional"`
	// Version is what the user calls this state of the trainer. Command, version, the
	// content of the files and whether it gives a curve enter the key of every network it
	// trains, and nothing else of this table does.
	Version string `toml:"version,optional"`
	// Files by whose content the trainer is known, relative to the manifest. Without the
	// list they are the words of the command that name a file there.
	Files []string `toml:"files,optional"`
	// Gives lists what it gives beside the trained network, of GivesCurve and
	// GivesCheckpoints; without the list, both.
	Gives []string `toml:"gives,optional"`
	// Leaves names networks and augmentations that it leaves to the program: "inception",
	// "autoaugment", "mixup".
	Leaves []string `toml:"leaves,optional"`
	// AtATime is how many trainings may run side by side; without it, one.
	AtATime int `toml:"at_a_time,optional"`
	// TimeoutSeconds is how long one training may take; without it, as long as it takes.
	TimeoutSeconds int `toml:"timeout_seconds,optional"`
	// Environment names variables that it sees beside PATH, HOME and the like; "CUDA_*" is
	// all that begin so.
	Environment []string `toml:"environment,optional"`
}

// Trains says whether the trainer trains the networks of a preset without being asked.
func (t TrainerSpec) Trains(preset string) bool { return slices.Contains(t.Presets, preset) }

// Has says whether it gives something beside the trained network.
func (t TrainerSpec) Has(what string) bool { return t.Gives == nil || slices.Contains(t.Gives, what) }

// trainer checks what can be checked without the folder and the networks.
func (c *checker) trainer() error {
	if _, ok := c.t.root["trainer"]; !ok {
		return nil
	}
	s := c.m.Trainer
	if len(s.Command) == 0 || s.Command[0] == "" {
		return c.t.fail("trainer.command", `command is empty; write the program and its arguments: command = ["python3", "train.py"]`)
	}
	presets := ids(c.m.Presets, func(p Preset) string { return p.ID })
	for i, id := range s.Presets {
		if err := c.known(fmt.Sprintf("trainer.presets[%d]", i), "preset", id, presets); err != nil {
			return err
		}
	}
	for i, what := range s.Gives {
		if err := c.known(fmt.Sprintf("trainer.gives[%d]", i), "thing to give", what, []string{GivesCurve, GivesCheckpoints}); err != nil {
			return err
		}
	}
	if s.Has(GivesCheckpoints) && !s.Has(GivesCurve) {
		return c.t.fail("trainer.gives", `checkpoints without a curve; write gives = ["curve", "checkpoints"] or gives = []`)
	}
	if s.AtATime < 0 || s.AtATime > 1024 {
		return c.t.fail("trainer.at_a_time", "at_a_time is %d; write how many trainings may run side by side, from 1 up", s.AtATime)
	}
	if s.TimeoutSeconds < 0 {
		return c.t.fail("trainer.timeout_seconds", "timeout_seconds is %d; write a number of seconds, or leave it out for no limit", s.TimeoutSeconds)
	}
	for i, v := range s.Environment {
		if v == "" || v == "*" {
			return c.t.fail(fmt.Sprintf("trainer.environment[%d]", i), `%q; name a variable, or the beginning of several: "CUDA_*"`, v)
		}
	}
	return nil
}
