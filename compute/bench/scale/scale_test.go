//go:build linux

package main

import (
	"math"
	"strings"
	"testing"
)

// Every analysis runs on what write makes, and finds something.
func TestAnalyses(t *testing.T) {
	dir := t.TempDir()
	if err := (size{N: 640, D: 24, K: 8}).write(dir); err != nil {
		t.Fatal(err)
	}
	for _, a := range analyses {
		in, err := open(dir, 1e-3)
		if err != nil {
			t.Fatal(err)
		}
		work, err := a.read(in)
		if err != nil {
			t.Fatal(err)
		}
		if in.N != 640 || in.D != 24 || in.K != 8 {
			t.Fatalf("%s: read %v", a.name, in.size)
		}
		v, note, err := work()
		if err != nil || !(v > 0) || math.IsInf(v, 0) || note == "" {
			t.Errorf("%s: %v %q, %v", a.name, v, note, err)
		}
	}
	if peak, err := peakMemory(); err != nil || !(peak > 1) {
		t.Errorf("peak memory %v MiB, %v", peak, err)
	}
}

func TestParseSize(t *testing.T) {
	if s, err := parseSize("50000x2048x1000"); err != nil || s != (size{50000, 2048, 1000}) || s.learned() != 40000 {
		t.Errorf("%v, %v", s, err)
	}
	for word, want := range map[string]string{"5000x512": "give examples", "5000x512x1x1": "give examples", "5000xax3": `"a"`, "5000x1x3": `"1"`, "1000x8x900": "800", "200x8x2": "160"} {
		if _, err := parseSize(word); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", word, err, want)
		}
	}
}
