package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// published is what Python made of the same files (testdata/make_published.py).
type published struct {
	Sets map[string]map[string]map[string][]string
	Fits map[string]map[string]string
}

func reference(t testing.TB) published {
	t.Helper()
	var p published
	b, err := os.ReadFile("testdata/published.json")
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// request is for one of the sets in testdata.
func request(reader string) Request {
	r := Request{Name: reader, Reader: reader, Side: 32, Files: map[string]string{}}
	entries, _ := os.ReadDir("testdata")
	for _, e := range entries {
		r.Files[e.Name()] = filepath.Join("testdata", e.Name())
	}
	return r
}

// TestPublishedSets: every published format gives the very images that Pillow and NumPy
// read, each in its split and class.
func TestPublishedSets(t *testing.T) {
	want := reference(t)
	ctx := context.Background()
	for reader, shape := range map[string]struct {
		classes, channels int
		rounds            [3]int
		first             string // class
	}{
		"cifar10": {10, 3, [3]int{2, 0, 1}, "airplane"}, "cifar100": {100, 3, [3]int{2, 0, 1}, "class 0"},
		"mnist": {10, 1, [3]int{3, 0, 1}, "0"}, "pets": {3, 3, [3]int{4, 0, 2}, "Abyssinian"}, "flowers": {102, 3, [3]int{1, 1, 1}, "pink primrose"},
	} {
		dir := t.TempDir()
		s, err := Make(ctx, dir, request(reader))
		if err != nil {
			t.Error(err)
			continue
		}
		rounds := [3]int{s.Splits[0].Rounds, s.Splits[1].Rounds, s.Splits[2].Rounds}
		if len(s.Classes) != shape.classes || s.Channels != shape.channels || rounds != shape.rounds || s.Classes[0] != shape.first || len(s.Unread) > 0 {
			t.Errorf("%s: %d classes from %q, %d channels, rounds %v, unread %v", reader, len(s.Classes), s.Classes[0], s.Channels, rounds, s.Unread)
		}
		for i, split := range []string{"train", "validation", "test"} {
			if rounds[i] == 0 {
				continue
			}
			pixels, err := s.Read(ctx, dir, split, rounds[i])
			if err != nil {
				t.Fatal(err)
			}
			size := len(pixels) / (rounds[i] * len(s.Classes))
			for k := range rounds[i] * len(s.Classes) {
				sum := sha256.Sum256(pixels[k*size : (k+1)*size])
				known := want.Sets[reader][split][strconv.Itoa(k%len(s.Classes))]
				if !slices.Contains(known, hex.EncodeToString(sum[:])) {
					t.Errorf("%s: %s image %d is none of Pillow's %d of its class", reader, split, k, len(known))
					break
				}
			}
		}
	}
}

// TestFit: pictures without loss come out as from Pillow to the byte. JPEG decoders
// round otherwise, by a level at most; where colour is stored at half the resolution,
// libjpeg interpolates it and Go's decoder repeats it.
func TestFit(t *testing.T) {
	tolerance := map[string]struct {
		mean float64
		most int
	}{
		"444.jpg": {0.2, 1}, "grey.jpg": {0.2, 1}, "cmyk.jpg": {0.2, 1}, "420.jpg": {4, 16}, "progressive.jpg": {4, 16},
	}
	for name, sides := range reference(t).Fits {
		file, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for side, want := range sides {
			n, _ := strconv.Atoi(side)
			got, err := square(file, n)
			b, _ := hex.DecodeString(want)
			if err != nil || len(got) != len(b) {
				t.Errorf("%s at %d: %d bytes, %v", name, n, len(got), err)
				continue
			}
			mean, most := apart(got, b)
			if mean > tolerance[name].mean || most > tolerance[name].most {
				t.Errorf("%s at %d: differs by %.2f on average, %d at most", name, n, mean, most)
			}
			t.Logf("%s at %d: differs by %.2f on average, %d at most", name, n, mean, most)
		}
	}
}

// fit is what Pillow makes of a picture at a size.
func fit(t *testing.T, name, side string) []byte {
	t.Helper()
	b, err := hex.DecodeString(reference(t).Fits[name][side])
	if err != nil || len(b) == 0 {
		t.Fatalf("%s at %s: %d bytes, %v", name, side, len(b), err)
	}
	return b
}

// apart is by how much pixels differ, on average and at most.
func apart(a, b []byte) (mean float64, most int) {
	sum := 0
	for i := range b {
		d := int(a[i]) - int(b[i])
		sum, most = sum+max(d, -d), max(most, d, -d)
	}
	return float64(sum) / float64(len(b)), most
}

// TestTorchvision: torchvision's own readers give the images and labels that published.json
// has, so that ours are held against a reader that nobody here has written.
func TestTorchvision(t *testing.T) {
	if testing.Short() {
		t.Skip("importing PyTorch takes seconds")
	}
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import torchvision, scipy").Run() != nil {
			continue
		}
		out, err := exec.Command(python, "testdata/read_by_torchvision.py").CombinedOutput()
		if err != nil || strings.Count(string(out), "agree") != 7 {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	t.Skip("no python3 with torchvision here (Debian: python3-torchvision, python3-scipy)")
}

// TestReaders: every reader has a name, and only those.
func TestReaders(t *testing.T) {
	for _, name := range Readers() {
		if _, ok := readers[name]; !ok && name != FolderReader {
			t.Errorf("%s has no reader", name)
		}
	}
	if len(Readers()) != len(readers)+1 {
		t.Errorf("%d names, %d readers", len(Readers()), len(readers))
	}
	if _, err := Make(context.Background(), t.TempDir(), Request{Name: "x", Reader: "food101", Side: 32}); err == nil {
		t.Error("an unknown reader was taken")
	}
}
