package report

import (
	"os"
	"slices"
	"strings"
	"testing"
)

const trainerTable = "\n[trainer]\ncommand = [\"python3\", \"train.py\"]\npresets = [\"smoke\"]\ngives = [\"curve\"]\nat_a_time = 2\n"

func TestTrainerTable(t *testing.T) {
	m, err := ParseManifest("paper.toml", programText(t)+trainerTable, os.DirFS("../published"))
	if err != nil {
		t.Fatal(err)
	}
	s := m.Trainer
	if !s.Trains("smoke") || s.Trains("quick") || !s.Has(GivesCurve) || s.Has(GivesCheckpoints) || s.AtATime != 2 || s.Files != nil {
		t.Errorf("%+v", s)
	}
	if d := (TrainerSpec{}); !d.Has(GivesCurve) || !d.Has(GivesCheckpoints) || d.Trains("smoke") {
		t.Error("what is not written")
	}
	for _, c := range []struct{ old, new, want string }{
		{`command = ["python3", "train.py"]` + "\n", "", `[trainer]: key "command" is missing`},
		{`["python3", "train.py"]`, `[]`, `command is empty; write the program and its arguments`},
		{`["python3", "train.py"]`, `"python3 train.py"`, `write a list: command = […]`},
		{`["smoke"]`, `["smok"]`, `unknown preset "smok"; did you mean "smoke"?`},
		{`["curve"]`, `["curves"]`, `unknown thing to give "curves"; did you mean "curve"?`},
		{`["curve"]`, `["checkpoints"]`, `checkpoints without a curve`},
		{`at_a_time = 2`, `at_a_time = -1`, `at_a_time is -1; write how many trainings may run side by side`},
		{`at_a_time = 2`, `timeout_seconds = -1`, `timeout_seconds is -1`},
		{`at_a_time = 2`, `environment = ["*"]`, `name a variable`},
		{`at_a_time = 2`, `shell = true`, `unknown key "shell"`},
	} {
		bad := strings.Replace(trainerTable, c.old, c.new, 1)
		if _, err := ParseManifest("paper.toml", programText(t)+bad, os.DirFS("../published")); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.new, err, c.want)
		}
	}
}

func TestReportSaysWhoTrained(t *testing.T) {
	by := Trainer{Command: "python3 train.py", Version: "3", Networks: 5, Of: 9}
	r := &Report{Deviations: []string{"one"}}
	r.TrainedBy(by)
	if r.Trainer.Networks != 5 || len(r.Deviations) != 2 || !strings.HasPrefix(r.Deviations[1], "5 of the 9 networks were trained by an external command, “python3 train.py” (version 3), not by") {
		t.Errorf("%+v", r)
	}
	shared := append(make([]string, 0, 5), "first")
	for _, c := range []struct {
		runs, of int
		want     []string
	}{
		{0, 4, []string{"first"}},
		{4, 4, []string{"first", "Its 4 networks were trained by “python3 train.py” (version 3)."}},
		{1, 1, []string{"first", "Its network was trained by “python3 train.py” (version 3)."}},
		{1, 3, []string{"first", "1 of its 3 networks was trained by “python3 train.py” (version 3)."}},
	} {
		i := Item{ItemSpec: ItemSpec{Differs: shared}}
		i.TrainedBy(by, c.runs, c.of)
		if !slices.Equal(i.Differs, c.want) {
			t.Errorf("%q", i.Differs)
		}
	}
	if extra := shared[:2][1]; extra != "" {
		t.Errorf("the manifest's own list has become %q", extra)
	}
}
