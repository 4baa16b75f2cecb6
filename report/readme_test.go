package report

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// The table of verdicts in the README is that of the committed report.
func TestReadmeHasTheVerdictsOfTheReferenceReport(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := verdictTable(referenceReport(t).Claims); !strings.Contains(string(readme), want) {
		t.Errorf("README.md should have this table:\n%s", want)
	}
}

// verdictTable lists claims by what they come to, and how many of those of which the paper
// prints numbers hold on these.
func verdictTable(claims []ClaimResult) string {
	var s strings.Builder
	s.WriteString("| verdict here | claims | hold on the paper's own numbers | which |\n| --- | --- | --- | --- |\n")
	for _, v := range Verdicts() {
		var ids []string
		printed, hold := 0, 0
		for _, c := range claims {
			if c.Verdict != v {
				continue
			}
			ids = append(ids, c.ID)
			if c.Published != nil {
				printed++
				if c.Published.Holds {
					hold++
				}
			}
		}
		if len(ids) > 0 {
			fmt.Fprintf(&s, "| %s | %d | %d of %d printed | %s |\n", v, len(ids), hold, printed, strings.Join(ids, ", "))
		}
	}
	return s.String()
}
