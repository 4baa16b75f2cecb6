package data

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"testing"
)

var update = flag.Bool("update", false, "write the digests of all sets to testdata/digests.json")

// goldenSources are every split of every set, small, and the options that lead
// through other code.
func goldenSources() []Source {
	var all []Source
	for _, name := range Names() {
		for _, split := range []string{Train, Validation, Test} {
			all = append(all, Source{Name: name, Split: split, PerClass: 4})
		}
	}
	return append(all,
		Source{Name: "latin43", Split: Test, PerClass: 4, HeldOut: true},
		Source{Name: "latin43", Split: Test, PerClass: 4, Outline: true},
		Source{Name: "latin10", Split: Test, PerClass: 8, Size: 33},
	)
}

// A change of these digests is a change of every result that was computed on
// the set. Write them anew with -update, on purpose only.
func TestGoldenDigests(t *testing.T) {
	const file = "testdata/digests.json"
	got := map[string]string{}
	for _, src := range goldenSources() {
		sum := load(t, src).Digest()
		name := src.String()
		if src.Size != 0 {
			name += "/large"
		}
		got[name] = hex.EncodeToString(sum[:])
	}
	if *update {
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
		t.Errorf("%d digests in %s, there are %d sets", len(want), file, len(got))
	}
	for name, sum := range got {
		if want[name] != sum {
			t.Errorf("%s has digest %s, want %s", name, sum, want[name])
		}
	}
}

// The same bytes come from a processor without the instructions that Go's
// library would use.
func TestGoldenDigestsOnLesserProcessors(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, features := range []string{"cpu.avx512f=off,cpu.avx2=off,cpu.avx=off,cpu.fma=off", "cpu.all=off"} {
		cmd := exec.Command(self, "-test.run=^TestGoldenDigests$")
		cmd.Env = append(os.Environ(), "GODEBUG="+features)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("with GODEBUG=%s: %v\n%s", features, err, out)
		}
	}
}
