package command

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"lossxfer-report/report"
	"lossxfer-report/sections"
)

// TestEveryItemHasItsInput holds that each item that is drawn shows the section that
// draws it.
func TestEveryItemHasItsInput(t *testing.T) {
	root := os.DirFS("..")
	m, err := report.LoadManifest(root, "paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	inputs, err := readInputs(m, []fs.FS{root})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range m.Items {
		in := inputs[item.ID]
		if !strings.HasPrefix(in.Entry, "[[item]]") || in.Line < 2 {
			t.Errorf("%s: line %d, entry %.40q", item.ID, in.Line, in.Entry)
		}
		if sections.Built(item.ID) && !strings.Contains(in.Source, `register("`+item.ID+`"`) {
			t.Errorf("%s: the source in %q is not its section", item.ID, in.File)
		}
	}
}
