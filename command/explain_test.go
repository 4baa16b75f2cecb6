package command

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

// edited is a tree in which one file is another.
type edited struct {
	fs.FS
	name string
	text []byte
}

func (e edited) Open(name string) (fs.File, error) {
	if name == e.name {
		return fstest.MapFS{name: {Data: e.text}}.Open(name)
	}
	return e.FS.Open(name)
}

// After a change of the code behind some results, explain names the package, for these and
// no others, and lists them first.
func TestExplainNamesChangedCode(t *testing.T) {
	root := os.DirFS("..")
	const file = "compute/represent/separation.go"
	text, err := fs.ReadFile(root, file)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	a := &App{
		assets: Assets{Sources: root, Drawing: root, Module: "lossxfer-report", Manifest: root},
		stdout: &out, stderr: io.Discard, preset: "smoke", cache: t.TempDir(), only: []string{"table-3"}, json: true,
	}
	p, err := a.plan()
	if err != nil {
		t.Fatal(err)
	}
	store, err := a.store()
	if err != nil {
		t.Fatal(err)
	}
	// Explain reads no result.
	memory := forgedStore(t, compute.Examine(p.run, cache.NewMemory()), func(any) ([]byte, bool) { return []byte("x"), true })
	for _, k := range p.run.StoredKeys() {
		e, err := memory.Get(k)
		if err != nil {
			t.Fatal(err)
		}
		blob, err := memory.Read(e)
		if err == nil {
			_, err = store.Put(e, blob)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	explained := func(text []byte) (missing int, all []explained) {
		t.Helper()
		out.Reset()
		a.assets.Sources = edited{root, file, text}
		if err := a.runExplain("table-3"); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out.Bytes(), &all); err != nil {
			t.Fatal(err)
		}
		for i, e := range all {
			if e.State == compute.IsCached {
				continue
			}
			if missing++; missing != i+1 {
				t.Errorf("%s is %s and comes after %d others, some of them cached", e.Label, e.State, i)
			}
		}
		return missing, all
	}
	if n, all := explained(append(bytes.Clone(text), "\n// A comment.\n"...)); n != 0 || len(all) == 0 {
		t.Errorf("a comment makes %d of %d tasks run", n, len(all))
	}
	n, all := explained(append(bytes.Clone(text), "\nvar another = 1\n"...))
	if n == 0 || n == len(all) {
		t.Fatalf("%d of %d tasks have to run", n, len(all))
	}
	for _, e := range all {
		if touched := strings.HasPrefix(e.Kind, "represent."); touched != (e.State == compute.IsMissing) {
			t.Errorf("%s is %s", e.Kind, e.State)
		}
		if e.State == compute.IsMissing && (len(e.Changes) != 1 || e.Changes[0].Part != "code compute/represent") {
			t.Errorf("%s: %v", e.Label, e.Changes)
		}
	}
}
