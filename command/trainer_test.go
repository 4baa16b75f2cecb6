package command

import (
	"slices"
	"testing"
)

func TestWords(t *testing.T) {
	for line, want := range map[string][]string{
		"":                             nil,
		"  python3\ttrain.py ":         {"python3", "train.py"},
		`sh 'a b' "c 'd'" e\ f ''`:     {"sh", "a b", "c 'd'", "e f", ""},
		`x--y="1 2"z "a\"b" 'a\b' \\ `: {"x--y=1 2z", `a"b`, `a\b`, `\`},
	} {
		if got, err := words(line); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v", line, got, err)
		}
	}
	for _, line := range []string{`"a`, `'`, `a\`} {
		if got, err := words(line); err == nil {
			t.Errorf("%q: %q", line, got)
		}
	}
}
