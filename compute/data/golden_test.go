package data

import (
	"encoding/hex"
	"flag"
	"os"
	"os/exec"
	"testing"

	"lossxfer-report/compute/tasktest"
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
	got := map[string]string{}
	for _, src := range goldenSources() {
		sum := load(t, src).Digest()
		name := src.String()
		if src.Size != 0 {
			name += "/large"
		}
		got[name] = hex.EncodeToString(sum[:])
	}
	tasktest.Digests(t, "testdata/digests.json", got, *update)
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
