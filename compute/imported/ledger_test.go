package imported

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A ledger remembers a file until size or time change, forgets what is gone, and is
// empty when damaged.
func TestLedger(t *testing.T) {
	old := write(t, "a.safetensors", floats(FeaturesArray, []int{2, 1}, 1, 2), labels(0, 3))
	path := filepath.Join(t.TempDir(), "imported.json")
	past := time.Now().Add(-time.Hour)
	if err := os.Chtimes(old.Path, past, past); err != nil {
		t.Fatal(err)
	}
	l := OpenLedger(path)
	file, held, err := l.Look(old.Path)
	if err != nil || file != old || held.Labels.N != 2 || held.Labels.Classes != 4 || held.Arrays[FeaturesArray].DType != "F32" {
		t.Fatalf("%+v, %+v, %v", file, held, err)
	}
	if err := l.Save(); err != nil {
		t.Fatal(err)
	}
	// What is remembered is not read again: other bytes of the same size and time are
	// found out by whoever reads the file.
	text, err := os.ReadFile(old.Path)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)-1]++
	change := func(at time.Time) {
		if err := os.WriteFile(old.Path, text, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(old.Path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	change(past)
	if file, _, err := OpenLedger(path).Look(old.Path); err != nil || file != old {
		t.Errorf("%+v, %v", file, err)
	}
	change(past.Add(time.Second))
	if file, _, err := OpenLedger(path).Look(old.Path); err != nil || file.Digest == old.Digest {
		t.Errorf("changed file: %+v, %v", file, err)
	}
	// A file that was written just now is not remembered.
	fresh := OpenLedger("")
	change(time.Now())
	if _, _, err := fresh.Look(old.Path); err != nil || len(fresh.entries) != 0 {
		t.Errorf("%v, %v", fresh.entries, err)
	}

	if err := os.Remove(old.Path); err != nil {
		t.Fatal(err)
	}
	l = OpenLedger(path)
	if _, _, err := l.Look(old.Path); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	l.changed = true
	if err := l.Save(); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "{}" {
		t.Errorf("%s, %v", text, err)
	}
	for _, damaged := range []string{"", "{", "null", `{"a": 3}`} {
		if err := os.WriteFile(path, []byte(damaged), 0o666); err != nil {
			t.Fatal(err)
		}
		if l := OpenLedger(path); len(l.entries) != 0 || l.entries == nil {
			t.Errorf("%q: %v", damaged, l.entries)
		}
	}
}

// Labels that are no class indices are named.
func TestLabelsThatAreNone(t *testing.T) {
	for want, all := range map[string][]int64{
		"label -1 of image 1 is no class index; class indices count from 0": {0, -1},
		"label 4611686018427387904 of image 0 is no class index":            {1 << 62, 0},
	} {
		_, _, err := OpenLedger("").Look(unchecked(t, "bad.safetensors", labels(all...)))
		if err == nil || !strings.Contains(err.Error(), `: array "labels": `+want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
