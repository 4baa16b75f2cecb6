package command

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/imported"
)

// What earlier builds left in a folder may have been changed by anybody: none of it may
// crash a build, be believed though it is not whole, or lead out of the folder.

func FuzzDrawn(f *testing.F) {
	f.Add([]byte(`{"report":"00","program":"11","files":{"report.json":"","report.md":"","figures/figure-1.svg":"aa"}}`))
	f.Add([]byte(`{"files":{"../a":"","/dev/zero":"","c":""}}`))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		leave(t, dir, drawnFile, text)
		d, sum := readDrawn(dir)
		if sum == "" {
			return
		}
		for name := range d.Files {
			if !filepath.IsLocal(filepath.FromSlash(name)) {
				t.Errorf("%q is out of the folder", name)
			}
		}
		if d.stands(dir) {
			t.Error("files stand that are not there")
		}
	})
}

func FuzzUpToDate(f *testing.F) {
	f.Add([]byte(`{"asked":"asked","keys":"AAAA","store":"","report":"zz","drawn":"","preset":"smoke","total":1,"conclusion":{"items":"","counts":"","claims":[{"id":"P1","verdict":"x"}]}}`))
	dir := f.TempDir()
	a := &App{}
	store := cache.NewMemory()
	f.Fuzz(func(t *testing.T, text []byte) {
		leave(t, dir, upToDateFile, text)
		if _, ok := a.upToDate(dir, "asked", store); ok {
			t.Error("a folder without a report is called up to date")
		}
	})
}

func FuzzRun(f *testing.F) {
	key := cache.Key{1}
	f.Add([]byte(`{"build":{},"tasks":[{"key":"` + key.String() + `","kind":"k","label":"l","seconds":1e308},{"key":"x","seconds":-1}]}`))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		leave(t, dir, runFile, text)
		if err := writeRun(dir, buildResult{}, []taskTime{{Key: cache.Key{2}.String(), Kind: "k", Seconds: 1}}, []cache.Key{key}); err != nil {
			t.Fatal(err)
		}
		r, err := readRun(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range r.Tasks {
			if one.Key != key.String() && one.Key != (cache.Key{2}).String() {
				t.Errorf("a task of another report is kept: %q", one.Key)
			}
		}
	})
}

func leave(t *testing.T, dir, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Words that are quoted come apart as they were.
func FuzzWords(f *testing.F) {
	for _, line := range []string{`python3 train.py`, `a 'b c' "d\"e" \ f`, `'`, `\`, "", `""`, "a\tb\nc"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		got, err := words(line)
		if err != nil {
			return
		}
		var quoted []string
		for _, w := range got {
			quoted = append(quoted, "'"+strings.ReplaceAll(w, "'", `'\''`)+"'")
		}
		again, err := words(strings.Join(quoted, " "))
		if err != nil || !slices.Equal(again, got) {
			t.Errorf("%q is %q, quoted %q, %v", line, got, again, err)
		}
	})
}

// A ledger of imported files is a memory: whatever it says, a file is what it is, or an
// error that names it.
func FuzzLedger(f *testing.F) {
	dir := f.TempDir()
	ledger, file := filepath.Join(dir, "imported.json"), filepath.Join(dir, "none.safetensors")
	f.Add([]byte(`{"` + file + `":{"size":1,"modified":1,"digest":"00","held":{"arrays":{"x":{}}}}}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, text []byte) {
		leave(t, dir, filepath.Base(ledger), text)
		l := imported.OpenLedger(ledger)
		_, _, err := l.Look(file)
		var bad *arrays.Error
		if !errors.Is(err, fs.ErrNotExist) && !errors.As(err, &bad) {
			t.Errorf("a file that is not there: %v", err)
		}
		if err := l.Save(); err != nil {
			t.Error(err)
		}
	})
}
