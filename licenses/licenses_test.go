package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// THIRD_PARTY.md has every module of the program, and is what this command writes.
func TestFileIsCurrent(t *testing.T) {
	committed, err := os.ReadFile("../THIRD_PARTY.md")
	if err != nil {
		t.Fatal(err)
	}
	parts, err := modules("..")
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) < 30 {
		t.Errorf("only %d modules were found", len(parts))
	}
	for _, p := range parts {
		if !bytes.Contains(committed, []byte("\n| "+p.name+" | "+p.version+" | ")) {
			t.Errorf("%s %s is part of the program and has no row in THIRD_PARTY.md", p.name, p.version)
		}
	}
	want, err := page("..")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(committed, want) {
		t.Error("THIRD_PARTY.md is not what its command writes: run `go run ./licenses`")
	}
}

// Every file with licences that lies in this repository stands in the table.
func TestOwnFilesAreListed(t *testing.T) {
	parts, err := others("..")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, p := range parts {
		listed = append(listed, p.files...)
	}
	for _, glob := range []string{"../templates/*/LICENSE*", "../templates/*/NOTICE*", "../templates/*/licenses/*", "../compute/*/LICENSE*", "../compute/*/embedded/LICENSE*"} {
		found, err := filepath.Glob(glob)
		if err != nil || len(found) == 0 {
			t.Errorf("%s: found %v, %v", glob, found, err)
		}
		for _, file := range found {
			if !slices.Contains(listed, file) {
				t.Errorf("%s is of no part", file)
			}
		}
	}
}

func TestIdentify(t *testing.T) {
	bsd3, err := read("../templates/echarts/licenses/LICENSE-zrender")
	if err != nil {
		t.Fatal(err)
	}
	mit, err := read("../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		bsd3:                   {"BSD-3-Clause"},
		mit:                    {"MIT"},
		mit + "\n" + bsd3:      {"BSD-3-Clause", "MIT"},
		"All rights reserved.": nil,
		"Redistribution and use\nin source and binary  forms": {"BSD-2-Clause"},
	} {
		if got := identify(text); !slices.Equal(got, want) {
			t.Errorf("%.40q: %v, not %v", text, got, want)
		}
	}
}

// A part without a licence, or with one that is not known, stops the command by its name.
func TestUnknownLicence(t *testing.T) {
	strange := filepath.Join(t.TempDir(), "LICENSE")
	if err := os.WriteFile(strange, []byte("You owe me a beer."), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := write([]part{{name: "bare"}, {name: "strange", files: []string{strange}}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"bare has no file", "strange: " + strange} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v\ndoes not say %q", err, want)
		}
	}
}
