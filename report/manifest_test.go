package report

import (
	"os"
	"testing"
)

// theManifest loads the manifest of the program.
func theManifest(t testing.TB) *Manifest {
	t.Helper()
	m, err := LoadManifest(os.DirFS(".."), "paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestManifestOfTheProgram(t *testing.T) {
	m := theManifest(t)
	tables, figures := 0, 0
	for _, item := range m.Items {
		switch item.Kind {
		case KindTable:
			tables++
		case KindFigure:
			figures++
		}
	}
	if tables < 18 || figures < 21 {
		t.Errorf("%d tables and %d figures, want at least the paper's 18 and 21", tables, figures)
	}
	if len(m.Objectives) < 9 || len(m.Temperatures.Rows) != 8 || len(m.Paper.Datasets) != 8 || len(m.Downstream) < 8 {
		t.Errorf("%d objectives, %d temperatures, %d data sets, %d tasks", len(m.Objectives), len(m.Temperatures.Rows), len(m.Paper.Datasets), len(m.Downstream))
	}
	for _, id := range []string{"smoke", "quick", "standard", "large"} {
		if _, err := m.Preset(id); err != nil {
			t.Error(err)
		}
	}
	if p, _ := m.Preset("smoke"); p.Judges {
		t.Error("the smoke preset decides claims")
	}
	files, err := os.ReadDir("../published")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(m.Published) {
		t.Errorf("%d published tables are used of %d in the folder", len(m.Published), len(files))
	}
}
