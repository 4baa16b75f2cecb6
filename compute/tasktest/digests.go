package tasktest

import (
	"encoding/json"
	"os"
	"testing"
)

// Digests compares digests by name with those in a file, or writes the file. What they
// are of is a part of results, so they change on purpose only.
func Digests(t testing.TB, file string, got map[string]string, update bool) {
	t.Helper()
	if update {
		b, err := json.MarshalIndent(got, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]string
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	if len(want) != len(got) {
		t.Errorf("%d digests in %s, %d were made", len(want), file, len(got))
	}
	for name, sum := range got {
		if want[name] != sum {
			t.Errorf("%s has digest %s, want %s", name, sum, want[name])
		}
	}
}
