package report

import (
	"regexp"
	"strconv"
	"testing"
	"unicode/utf16"
)

// TestColoursCoverTheText holds that the runs are as long as what they colour, letters
// outside the basic plane included, and that the words that matter have a colour.
func TestColoursCoverTheText(t *testing.T) {
	const text = "package p\n\n// 𝔼 is a comment.\nfunc f() string { return \"τ\" + `𝔼` }\n"
	runs, err := colour("Go", text)
	if err != nil {
		t.Fatal(err)
	}
	units, at := utf16.Encode([]rune(text)), 0
	found := map[string]string{}
	for _, run := range regexp.MustCompile(`\D\d+`).FindAllString(runs, -1) {
		n, err := strconv.Atoi(run[1:])
		if err != nil || at+n > len(units) {
			t.Fatalf("run %s of %s", run, runs)
		}
		found[run[:1]] += string(utf16.Decode(units[at : at+n]))
		at += n
	}
	if at != len(units) {
		t.Errorf("%d of %d units are coloured", at, len(units))
	}
	for class, want := range map[string]string{"k": "packagefuncstringreturn", "c": "// 𝔼 is a comment.", "s": "\"τ\"`𝔼`", "f": "f"} {
		if found[class] != want {
			t.Errorf("class %s has %q, want %q", class, found[class], want)
		}
	}
}
