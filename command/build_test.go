package command

import (
	"strings"
	"testing"
)

// A build says which discussions its verdicts have made wrong; one of some items only has
// verdicts that may change.
func TestBuildNamesStaleDiscussions(t *testing.T) {
	for only, want := range map[string]string{"": "discussion not shown: P1 is reproduced; its discussion was written for inconclusive; write it anew in the manifest\n", "table-1": ""} {
		var stderr strings.Builder
		a := &App{stderr: &stderr}
		if only != "" {
			a.only = []string{only}
		}
		a.warnOfStale(conclusion{Stale: []string{"P1 is reproduced; its discussion was written for inconclusive"}})
		if stderr.String() != want {
			t.Errorf("--only %q: %q, want %q", only, stderr.String(), want)
		}
	}
}
