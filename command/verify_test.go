package command

import (
	"strings"
	"testing"
)

func TestDigestsAreComparedByTheDigitsOfTheReport(t *testing.T) {
	here := strings.Repeat("0123456789abcdef", 4)
	for was, want := range map[string]bool{
		here: true, here[:32]: true, here[:31]: false, "": false, here[:31] + "0": false, here + "0": false,
	} {
		if got := (result{Was: was, Is: here}).same(); got != want {
			t.Errorf("%q: %v", was, got)
		}
	}
}
