package report

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// The tables of verdicts in the README are those of the committed report of standard and of
// what the command claims said of a report of quick.
func TestReadmeHasTheVerdicts(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../examples/quick/claims.json")
	if err != nil {
		t.Fatal(err)
	}
	var quick struct {
		Claims []ClaimResult `json:"claims"`
	}
	if err := json.Unmarshal(text, &quick); err != nil {
		t.Fatal(err)
	}
	for _, claims := range [][]ClaimResult{referenceReport(t).Claims, quick.Claims} {
		if want := verdictTable(claims); !strings.Contains(string(readme), want) {
			t.Errorf("README.md should have this table:\n%s", want)
		}
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
