package library

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// example is a set of two classes with 5 and 4 training and 3 and 2 test images; image
// i is 64 pixels of the level i.
func example(t testing.TB, dir, name string, level uint8) *Set {
	t.Helper()
	places := []Place{
		{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 1}, {0, 1}, {0, 1}, {0, 1},
		{2, 0}, {2, 0}, {2, 0}, {2, 1}, {2, 1},
	}
	w, err := NewWriter(dir, Set{Name: name, Classes: []string{"a", "b"}, Side: 8, Channels: 1}, places, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(places) - 1; i >= 0; i-- { // in any order
		if err := w.Put(i, filled(level+uint8(i))); err != nil {
			t.Fatal(err)
		}
	}
	s, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func filled(level uint8) []uint8 {
	p := make([]uint8, 64)
	for i := range p {
		p[i] = level
	}
	return p
}

// TestRounds: splits are balanced, no image is in two, and each is of its class.
func TestRounds(t *testing.T) {
	dir := t.TempDir()
	s := example(t, dir, "two", 0)
	if s.Splits[0].Rounds != 3 || s.Splits[1].Rounds != 1 || s.Splits[2].Rounds != 2 || s.Splits[0].LeftOut != 1 || s.Splits[2].LeftOut != 1 {
		t.Fatalf("splits %+v", s.Splits)
	}
	seen := map[uint8]bool{}
	for i, name := range splits {
		pixels, err := s.Read(context.Background(), dir, name, s.Splits[i].Rounds)
		if err != nil {
			t.Fatal(err)
		}
		for k := 0; k < len(pixels); k += 64 {
			level := pixels[k]
			class := 0
			if level >= 5 && level < 9 || level >= 12 {
				class = 1
			}
			if seen[level] || class != k/64%2 || (level >= 9) != (name == "test") {
				t.Errorf("%s image %d is image %d", name, k/64, level)
			}
			seen[level] = true
		}
	}
	// A smaller selection is a prefix.
	few, err := s.Read(context.Background(), dir, "train", 1)
	if err != nil || len(few) != 128 {
		t.Errorf("%d bytes, %v", len(few), err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "sets", ".new-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestDigestIsOfTheContents: the same images have the same digest under any name, others
// another, and the name then has the new ones.
func TestDigestIsOfTheContents(t *testing.T) {
	dir := t.TempDir()
	a, b := example(t, dir, "one", 0), example(t, dir, "other", 0)
	if a.Digest != b.Digest {
		t.Error("equal sets have different digests")
	}
	c := example(t, dir, "one", 1)
	if c.Digest == a.Digest {
		t.Error("other images have the same digest")
	}
	found, err := Find(dir, "one")
	if err != nil || found.Digest != c.Digest {
		t.Errorf("found %v, %v", found, err)
	}
	if _, err := os.Stat(imageFile(dir, "one", a.Digest, "train")); !os.IsNotExist(err) {
		t.Errorf("the images of the old set are still there: %v", err)
	}
}

// TestDamage: a changed, cut or missing file of images is an error, as is an index that
// does not fit its digest.
func TestDamage(t *testing.T) {
	ctx := context.Background()
	for name, damage := range map[string]func(path string, b []byte) error{
		"has SHA-256":       func(path string, b []byte) error { b[len(b)-1] ^= 1; return os.WriteFile(path, b, 0o666) },
		"bytes in place of": func(path string, b []byte) error { return os.WriteFile(path, b[:len(b)-1], 0o666) },
		"another header":    func(path string, b []byte) error { b[7]++; return os.WriteFile(path, b, 0o666) },
		"no such file":      func(path string, b []byte) error { return os.Remove(path) },
	} {
		dir := t.TempDir()
		s := example(t, dir, "set", 0)
		path := imageFile(dir, "set", s.Digest, "test")
		b, err := os.ReadFile(path)
		if err == nil {
			err = damage(path, b)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Read(ctx, dir, "test", 1); err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "fetch or add the set again") {
			t.Errorf("%s: %v", name, err)
		}
	}
	dir := t.TempDir()
	example(t, dir, "set", 0)
	path := indexFile(dir, "set")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(path, []byte(strings.Replace(string(b), `"a"`, `"c"`, 1)), 0o666)
	if _, err := Find(dir, "set"); err == nil || !strings.Contains(err.Error(), "its digest is") {
		t.Errorf("a changed index: %v", err)
	}
	if _, err := Find(dir, "none"); !errors.Is(err, ErrMissing) {
		t.Errorf("a missing set: %v", err)
	}
	if _, err := Find(dir, "../set"); err == nil {
		t.Error("a name that is a path was taken")
	}
}

func TestWriterErrors(t *testing.T) {
	about := Set{Name: "set", Classes: []string{"a", "b"}, Side: 8, Channels: 1}
	both := []Place{{0, 0}, {0, 1}, {2, 0}, {2, 1}}
	for _, c := range []struct {
		want       string
		change     func(*Set)
		places     []Place
		validation float64
	}{
		{"no training image or no test image", nil, both[:3], 0},
		{"are to be kept for validation", nil, both, 1},
		{"there are 2 classes", nil, append([]Place{{0, 2}}, both...), 0},
		{"1 classes", func(s *Set) { s.Classes = s.Classes[:1] }, both, 0},
		{"images of 7 pixels", func(s *Set) { s.Side = 7 }, both, 0},
		{"2 channels", func(s *Set) { s.Channels = 2 }, both, 0},
		{"use up to 64 small letters", func(s *Set) { s.Name = "../x" }, both, 0},
		{"class name", func(s *Set) { s.Classes = []string{"", "b"} }, both, 0},
	} {
		dir, s := t.TempDir(), about
		if c.change != nil {
			c.change(&s)
		}
		_, err := NewWriter(dir, s, append([]Place(nil), c.places...), c.validation)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
	dir := t.TempDir()
	w, err := NewWriter(dir, about, append([]Place(nil), both...), 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Put(0, make([]uint8, 63)); err == nil {
		t.Error("an image of another size was taken")
	}
	if _, err := w.Close(); err == nil || !strings.Contains(err.Error(), "has not come") {
		t.Errorf("a set without its images: %v", err)
	}
	if left, _ := os.ReadDir(filepath.Join(dir, "sets")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// FuzzIndex: no bytes make an index of a set that cannot be.
func FuzzIndex(f *testing.F) {
	dir := f.TempDir()
	example(f, dir, "set", 0)
	b, err := os.ReadFile(indexFile(dir, "set"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(`{"format":1,"name":"x","classes":["a","b"],"side":99999999}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := parse(b)
		if err == nil && (s.check() != nil || s.digest() != s.Digest) {
			t.Errorf("%+v", s)
		}
	})
}
