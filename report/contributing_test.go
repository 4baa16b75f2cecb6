package report

import (
	"os"
	"strings"
	"testing"
)

// The entries that CONTRIBUTING.md tells to add to paper.toml are ones that it takes,
// whatever presets it has by now.
func TestContributingAddsToTheManifest(t *testing.T) {
	guide, err := os.ReadFile("../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := os.ReadFile("../paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	text, blocks := string(manifest), 0
	within := false
	for line := range strings.Lines(string(guide)) {
		switch bare := strings.TrimSpace(line); {
		case bare == "```toml":
			within, blocks = true, blocks+1
			text += "\n"
		case strings.HasPrefix(bare, "```"):
			within = false
		case within:
			text += strings.TrimPrefix(line, "   ")
		}
	}
	m, err := ParseManifest("paper.toml", text, os.DirFS("../published"))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := m.Objective("feature_penalty"); !ok || blocks < 5 {
		t.Errorf("%d blocks, objective among them: %v", blocks, ok)
	}
}
