package command

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// completions are the words that a shell offers for what has been typed, and the directive
// that ends them: it shows those alone that begin with the last word.
func completions(t *testing.T, typed ...string) []string {
	t.Helper()
	var out bytes.Buffer
	root := os.DirFS("..")
	assets := Assets{Sources: root, Drawing: root, Module: "lossxfer-report", Manifest: root}
	if code := Run(append([]string{"__complete"}, typed...), assets, &out, &bytes.Buffer{}); code != ExitOK {
		t.Fatalf("%q: exit code %d", typed, code)
	}
	var words []string
	for line := range strings.Lines(out.String()) {
		w, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(w, typed[len(typed)-1]) || strings.HasPrefix(w, ":") {
			words = append(words, w)
		}
	}
	return words
}

func TestCompletion(t *testing.T) {
	t.Setenv("LOSSXFER_DATA", t.TempDir())
	const noFiles, noBlank, fileKinds, onlyFolders = ":4", ":6", ":8", ":16"
	for _, c := range []struct {
		typed []string
		want  []string // some of the words
		not   string
		end   string
	}{
		{[]string{"build", "--preset", ""}, []string{"smoke", "quick", "standard"}, "", noFiles},
		{[]string{"build", "--preset", "sm"}, []string{"smoke"}, "standard", noFiles},
		{[]string{"build", "--only", ""}, []string{"table-3", "figure-5"}, "", noFiles},
		{[]string{"build", "--only", "table-3,figure-"}, []string{"table-3,figure-5"}, "table-3,table-3", noFiles},
		{[]string{"build", "--only", "table-3,table-"}, []string{"table-3,table-1"}, "table-3,table-3", noFiles},
		{[]string{"build", "--fail-on", ""}, []string{"claims", "direction-only", "inconclusive", "not-run"}, "any", noFiles},
		{[]string{"claims", "--fail-on", "claims,n"}, []string{"claims,not-run", "claims,not-reproduced"}, "", noFiles},
		{[]string{"build", "--executor", ""}, []string{"local", "slurm"}, "", noFiles},
		{[]string{"build", "--executor", "slurm", "--slurm", "p"}, []string{"partition=", "poll=", "program="}, "time=", noBlank},
		{[]string{"build", "--slurm", "partition=m"}, nil, "partition=", noFiles},
		{[]string{"build", ""}, nil, "", noFiles},
		{[]string{"--manifest", ""}, []string{"toml"}, "", fileKinds},
		{[]string{"--cache", ""}, nil, "", onlyFolders},
		{[]string{"explain", "figure-"}, []string{"figure-5"}, "table-3", noFiles},
		{[]string{"explain", "figure-5", ""}, nil, "table-3", noFiles},
		{[]string{"explain", "--preset", ""}, []string{"smoke"}, "", noFiles},
		{[]string{"diff", "--format", ""}, []string{"text", "markdown", "html", "json"}, "dot", noFiles},
		{[]string{"diff", "--fail-on", ""}, []string{"any", "beyond-noise", "claims"}, "not-run", noFiles},
		{[]string{"graph", "--format", ""}, []string{"dot", "mermaid", "json"}, "html", noFiles},
		{[]string{"data", "show", ""}, []string{"greek", "latin43", "sketch"}, "", noFiles},
		{[]string{"data", "show", "--split", ""}, []string{"train", "validation", "test"}, "", noFiles},
		{[]string{"data", "fetch", ""}, []string{"cifar10", "@cifar"}, "@smoke", noFiles},
		{[]string{"data", "fetch", "cifar10", ""}, []string{"@cifar"}, "cifar10", noFiles},
		{[]string{"cache", "gc", "--keep", "quick,"}, []string{"quick,standard"}, "quick,quick", noFiles},
		{[]string{"cache", "import", ""}, []string{"tar"}, "", fileKinds},
		{[]string{"search", "--objective", "softmax,"}, []string{"softmax,dropout"}, "softmax,softmax", noFiles},
		{[]string{"export", "--only", ""}, []string{"softmax"}, "table-3", noFiles},
		{[]string{"verify", ""}, []string{"html", "json"}, "", fileKinds},
		{[]string{"list", "--times", ""}, nil, "", onlyFolders},
	} {
		got := completions(t, c.typed...)
		for _, w := range append(c.want, c.end) {
			if !slices.Contains(got, w) {
				t.Errorf("%q: %q is not among %q", c.typed, w, got)
			}
		}
		if c.not != "" && slices.Contains(got, c.not) {
			t.Errorf("%q: %q is among %q", c.typed, c.not, got)
		}
	}
}

// The names come from the manifest that is given.
func TestCompletionReadsTheManifest(t *testing.T) {
	text, err := os.ReadFile("../paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(t.TempDir(), "mine.toml")
	const item = `[[item]]
id = "figure-g1"
kind = "figure"
number = "G.1"
title = "Class separation against accuracy"
section = "Appendix G"
shows = "Class separation."
stand_in = "As in Table 3."
differs = []

`
	text = bytes.Replace(text, []byte("[[claim]]"), []byte(item+"[[claim]]"), 1)
	if err := os.WriteFile(mine, text, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := completions(t, "--manifest", mine, "build", "--only", "figure-g"); !slices.Contains(got, "figure-g1") {
		t.Errorf("%q", got)
	}
	os.WriteFile(mine, []byte("nonsense"), 0o644)
	if got := completions(t, "--manifest", mine, "build", "--preset", ""); !slices.Equal(got, []string{":4"}) {
		t.Errorf("with a manifest that cannot be read: %q", got)
	}
}
