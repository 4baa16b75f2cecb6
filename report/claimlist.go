package report

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
