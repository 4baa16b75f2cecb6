package shifted

import (
	"bytes"
	"context"
	"encoding/hex"
	"flag"
	"os"
	"os/exec"
	"slices"
	"testing"

	"lossxfer-report/compute"
	"lossxfer-report/compute/corrupt"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/tasktest"
)

var update = flag.Bool("update", false, "write the digests of the corrupted sets to testdata/digests.json")

var cleanSet = data.Source{Name: "latin10", Split: data.Test, PerClass: 2}

// A change of these digests is a change of every error measured on the sets. Write
// them anew with -update, on purpose only.
func TestGoldenDigests(t *testing.T) {
	clean, got := load(t, cleanSet), map[string]string{}
	for _, name := range corrupt.Names() {
		set, err := Corrupt(context.Background(), clean, name)
		if err != nil {
			t.Fatal(err)
		}
		sum := set.Digest()
		got[set.Name] = hex.EncodeToString(sum[:])
	}
	tasktest.Digests(t, "testdata/digests.json", got, *update)
}

// The same bytes come from a processor without the instructions that Go's library
// would use.
func TestGoldenDigestsOnLesserProcessors(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestGoldenDigests$")
	cmd.Env = append(os.Environ(), "GODEBUG=cpu.all=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// A corrupted set has every image at every severity, mildest first, and an image's
// corruption does not depend on how many follow it.
func TestCorruptedSetsGoBySeverity(t *testing.T) {
	clean := load(t, cleanSet)
	longer := cleanSet
	longer.PerClass = 3
	more := load(t, longer)
	for _, name := range corrupt.Names() {
		set, err := Corrupt(context.Background(), clean, name)
		if err != nil {
			t.Fatal(err)
		}
		long, err := Corrupt(context.Background(), more, name)
		if err != nil {
			t.Fatal(err)
		}
		n, m := clean.Len(), more.Len()
		if set.Len() != 5*n || set.Name != "latin10/test/"+name || !slices.Equal(set.Classes, clean.Classes) || set.Norm != clean.Norm {
			t.Fatalf("%d images of %s", set.Len(), set.Name)
		}
		same := 0
		for s := range corrupt.Severities {
			for i := range n {
				image := set.Image(s*n + i)
				if !bytes.Equal(image, long.Image(s*m+i)) {
					t.Fatalf("%s at severity %d: image %d depends on those after it", name, s+1, i)
				}
				if set.Labels[s*n+i] != clean.Labels[i] {
					t.Fatalf("%s: image %d has another class", name, i)
				}
				if bytes.Equal(image, clean.Image(i)) {
					same++
				}
			}
		}
		if same > n {
			t.Errorf("%s leaves %d of %d images as they are", name, same, 5*n)
		}
	}
}

// Errors against a count by hand from the weights, for one corruption; the clean error
// is on the same images.
func TestRobustnessByHand(t *testing.T) {
	m := network(1, 0.02)
	p := tasktest.Plan()
	weights := compute.Need(p, m)
	errors := compute.Need(p, Robustness{m, cleanSet})
	diverging := compute.Need(p, Robustness{network(2, 1e30), cleanSet})
	r := run(t, p)
	w, got := tasktest.Value(t, r, weights), tasktest.Value(t, r, errors)
	clean := load(t, cleanSet)
	share := func(set *data.Set, from, to int) float64 {
		wrong := 0
		for _, hit := range right(t, w, m, set)[from:to] {
			if !hit {
				wrong++
			}
		}
		return float64(wrong) / float64(to-from)
	}
	if want := share(clean, 0, 20); got.Clean != want || got.N != 20 || !slices.Equal(got.Corruptions, corrupt.Names()) || len(got.Error) != 15 {
		t.Errorf("%+v, clean error by hand %v", got, want)
	}
	for _, name := range []string{"gaussian_noise", "contrast"} {
		set, err := Corrupt(context.Background(), clean, name)
		if err != nil {
			t.Fatal(err)
		}
		for s := range 5 {
			if got, want := got.Error[slices.Index(corrupt.Names(), name)][s], share(set, 20*s, 20*s+20); got != want {
				t.Errorf("%s at severity %d: error %v, by hand %v", name, s+1, got, want)
			}
		}
	}
	if v := tasktest.Value(t, r, diverging); v.Diverged == "" || v.Error != nil {
		t.Errorf("errors of a network without weights %+v", v)
	}
}

func TestColourIsRefused(t *testing.T) {
	if _, err := Corrupt(context.Background(), &data.Set{Name: "x", C: 3}, "fog"); err == nil {
		t.Error("a colour image was corrupted")
	}
	if _, err := Corrupt(context.Background(), load(t, cleanSet), "rain"); err == nil {
		t.Error("an unknown corruption")
	}
}
