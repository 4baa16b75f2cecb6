package data

import (
	"context"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute/data/library"
)

// stored puts a set of two classes, three training, one validation and two test images
// of each, into a library of its own; an image is one level.
func stored(t *testing.T, channels int) *library.Set {
	t.Helper()
	t.Setenv(library.Variable, t.TempDir())
	dir, err := library.Folder()
	if err != nil {
		t.Fatal(err)
	}
	var places []library.Place
	for class := range 2 {
		for range 4 {
			places = append(places, library.Place{Class: class})
		}
		for range 2 {
			places = append(places, library.Place{Split: 2, Class: class})
		}
	}
	w, err := library.NewWriter(dir, library.Set{Name: "mnist", Classes: []string{"a", "b"}, Side: 8, Channels: channels}, places, 0.25)
	if err != nil {
		t.Fatal(err)
	}
	for i := range places {
		if err := w.Put(i, slices.Repeat([]uint8{uint8(i)}, 64*channels)); err != nil {
			t.Fatal(err)
		}
	}
	set, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestStoredSource(t *testing.T) {
	set := stored(t, 1)
	src := FromLibrary(set, Train, 3, 3)
	if h, w, c := src.Shape(); h != 8 || w != 8 || c != 3 {
		t.Errorf("shape %d×%d×%d", h, w, c)
	}
	if got := src.String(); got != "mnist-"+set.Digest[:8]+"/train" {
		t.Errorf("name %q", got)
	}
	s, err := src.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if s.Len() != 6 || s.C != 3 || len(s.Pixels) != 6*64*3 || s.Norm != NaturalNorm || !slices.Equal(s.Labels, []int{0, 1, 0, 1, 0, 1}) {
		t.Errorf("%d images of %d channels, labels %v", s.Len(), s.C, s.Labels)
	}
	for i := range s.Labels {
		image := s.Image(i)
		if slices.Min(image) != slices.Max(image) || int(image[0])/6 != s.Labels[i] {
			t.Errorf("image %d of class %d has level %d", i, s.Labels[i], image[0])
		}
	}
}

func TestStoredSourceErrors(t *testing.T) {
	set := stored(t, 3)
	good := FromLibrary(set, Test, 2, 0)
	for want, change := range map[string]func(*Source){
		"3 test images of each class: it has 2": func(s *Source) { s.PerClass = 3 },
		"now has other images under this name":  func(s *Source) { s.Stored.Digest = strings.Repeat("0", 64) },
		"its images are in colour":              func(s *Source) { s.Stored.Channels = 1 },
		"not in the data folder":                func(s *Source) { s.Name = "none" },
		"no size, nuisance":                     func(s *Source) { s.Seed = 2 },
		"2 channels":                            func(s *Source) { s.Stored.Channels = 2 },
	} {
		src := good
		change(&src)
		if _, err := src.Load(context.Background()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if _, err := good.Pick(context.Background(), []int{0}); err == nil {
		t.Error("Pick took a stored set")
	}
}
