package report

import "fmt"

// Verdict is the judgement on a claim. Its zero value is invalid on purpose: a
// verdict that nobody gave must not read as one.
type Verdict string

// The verdicts, from best to none.
const (
	// Reproduced: every part of the claim points the claimed way, significantly.
	Reproduced Verdict = "reproduced"
	// DirectionOnly: it points the claimed way, but not significantly.
	DirectionOnly Verdict = "direction only"
	// NotReproduced: a part of the claim is significantly the other way round.
	NotReproduced Verdict = "not reproduced"
	// Inconclusive: there is no telling from these samples.
	Inconclusive Verdict = "inconclusive"
	// NotRun: a value that the claim speaks of has not been computed.
	NotRun Verdict = "not run"
)

// Verdicts lists every valid verdict in the order of the board.
func Verdicts() []Verdict {
	return []Verdict{Reproduced, DirectionOnly, NotReproduced, Inconclusive, NotRun}
}

// Valid says whether v is one of Verdicts.
func (v Verdict) Valid() bool {
	for _, w := range Verdicts() {
		if v == w {
			return true
		}
	}
	return false
}

// MarshalText refuses an invalid verdict, so that none reaches a report.
func (v Verdict) MarshalText() ([]byte, error) {
	if !v.Valid() {
		return nil, fmt.Errorf("verdict %q is not one of %q", string(v), Verdicts())
	}
	return []byte(v), nil
}

// UnmarshalText accepts valid verdicts only.
func (v *Verdict) UnmarshalText(text []byte) error {
	w := Verdict(text)
	if !w.Valid() {
		return fmt.Errorf("verdict %q is not one of %q", text, Verdicts())
	}
	*v = w
	return nil
}
