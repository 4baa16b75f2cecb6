package report

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestBadgeCountsReproducedClaims(t *testing.T) {
	for want, claims := range map[string][]ClaimResult{
		"2 of 6 claims reproduced": sampleClaims(),
		"0 of 0 claims reproduced": nil,
		"0 of 1 claims reproduced": {{Verdict: DirectionOnly}},
	} {
		badge := string(Badge(claims))
		if !strings.Contains(badge, "<title>"+want+"</title>") {
			t.Errorf("%s", badge)
		}
		d := xml.NewDecoder(strings.NewReader(badge))
		for {
			_, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if strings.Count(badge, "http") != 1 { // the name space
			t.Errorf("the badge asks a host: %s", badge)
		}
	}
}
