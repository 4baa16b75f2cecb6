package report

import "fmt"

// CountVerdicts counts claims by verdict; a verdict that no claim has is in it with 0.
func CountVerdicts(claims []ClaimResult) map[Verdict]int {
	count := map[Verdict]int{}
	for _, v := range Verdicts() {
		count[v] = 0
	}
	for _, c := range claims {
		count[c.Verdict]++
	}
	return count
}

// Read reads a report.json, or the one inside a report.html, that may come from
// anyone.
func Read(data []byte) (*Report, error) {
	for _, c := range data {
		switch c {
		case ' ', '\t', '\r', '\n':
			continue
		case '{':
			return Decode(data)
		}
		break
	}
	inside, err := ExtractJSON(data)
	if err != nil {
		return nil, fmt.Errorf("neither report.json nor report.html: %w", err)
	}
	return Decode(inside)
}
