package command

import (
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Every command says what it does and shows examples, whose commands, flags and numbers
// of arguments exist.
func TestExamplesAreCommands(t *testing.T) {
	a := &App{stdout: io.Discard, stderr: io.Discard}
	root := a.root()
	examples := 0
	var visit func(*cobra.Command)
	visit = func(cmd *cobra.Command) {
		if cmd.Short == "" {
			t.Errorf("%s has no short description", cmd.CommandPath())
		}
		if cmd.Example == "" && !cmd.HasSubCommands() {
			t.Errorf("%s has no example", cmd.CommandPath())
		}
		for line := range strings.Lines(cmd.Example) {
			if _, err := commandIn(root, line); err != nil {
				t.Errorf("%s, example %q: %v", cmd.CommandPath(), strings.TrimSpace(line), err)
			}
			examples++
		}
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	for _, sub := range root.Commands() {
		visit(sub)
	}
	if examples < 10 {
		t.Errorf("only %d examples were looked at", examples)
	}
}

// commandIn finds the command that a line of a shell calls, and checks its flags.
func commandIn(root *cobra.Command, line string) (*cobra.Command, error) {
	_, call, _ := strings.Cut(line, "lossxfer-report")
	call, _, _ = strings.Cut(call, "|")
	call, _, _ = strings.Cut(call, ">")
	cmd, args, err := root.Find(strings.Fields(call))
	if err != nil {
		return nil, err
	}
	if err := cmd.ParseFlags(args); err != nil {
		return nil, err
	}
	return cmd, cmd.ValidateArgs(cmd.Flags().Args())
}
