package data

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"math"
	"strings"
	"sync"
	"testing"
)

// load fails the test if the source does not load.
func load(t testing.TB, s Source) *Set {
	t.Helper()
	set, err := s.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestEverySourceLoadsWhatItSays(t *testing.T) {
	for _, name := range Names() {
		for _, split := range []string{Train, Validation, Test} {
			src := Source{Name: name, Split: split, PerClass: 2}
			set := load(t, src)
			if set.Len() != src.Len() || len(set.Classes) != src.Classes() || set.H != 28 || set.W != 28 || set.C != 1 || len(set.Pixels) != set.Len()*28*28 {
				t.Errorf("%s: %d images of %d×%d×%d in %d classes and %d bytes", src, set.Len(), set.H, set.W, set.C, len(set.Classes), len(set.Pixels))
			}
			for i, l := range set.Labels {
				if l != i%len(set.Classes) {
					t.Fatalf("%s: image %d has label %d, want rounds of one image per class", src, i, l)
				}
			}
		}
	}
}

func TestSmallerSetsArePrefixes(t *testing.T) {
	for _, name := range []string{"latin10", "rotation", "mnist"} {
		small := load(t, Source{Name: name, Split: Train, PerClass: 2})
		large := load(t, Source{Name: name, Split: Train, PerClass: 5})
		if !bytes.Equal(small.Pixels, large.Pixels[:len(small.Pixels)]) {
			t.Errorf("%s: two images per class are not the first of five", name)
		}
	}
}

// No image is in two splits, in two sets or twice in one.
func TestSplitsAreDisjoint(t *testing.T) {
	where := map[[32]byte]string{}
	for _, name := range Names() {
		for _, split := range []string{Train, Validation, Test} {
			src := Source{Name: name, Split: split, PerClass: 20}
			if e, ok := embeddedSets[name]; ok {
				src.PerClass = e.perClass(split)
			}
			set := load(t, src)
			for i := range set.Labels {
				sum := sha256.Sum256(set.Image(i))
				if old, ok := where[sum]; ok {
					t.Errorf("an image of %s is in %s too", src, old)
				}
				where[sum] = src.String()
			}
		}
	}
}

func TestOptionsMakeOtherImages(t *testing.T) {
	base := Source{Name: "latin10", Split: Test, PerClass: 1}
	seen := map[[32]byte]bool{}
	for _, change := range []func(*Source){
		func(s *Source) {},
		func(s *Source) { s.Split = Train },
		func(s *Source) { s.Seed = 1 },
		func(s *Source) { s.HeldOut = true },
		func(s *Source) { s.Outline = true },
		func(s *Source) { s.Size = 32 },
		func(s *Source) { s.Nuisance.Rotation = None },
	} {
		src := base
		change(&src)
		sum := sha256.Sum256(load(t, src).Pixels)
		if seen[sum] {
			t.Errorf("%+v makes the images of another source", src)
		}
		seen[sum] = true
	}
}

func TestLoadInParallel(t *testing.T) {
	src := Source{Name: "greek", Split: Train, PerClass: 4}
	want := load(t, src).Digest()
	var wg sync.WaitGroup
	for range 6 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if set, err := src.Load(context.Background()); err != nil || set.Digest() != want {
				t.Errorf("a parallel load differs: %v", err)
			}
		}()
	}
	wg.Wait()
}

func TestLoadStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (Source{Name: "latin43", Split: Train, PerClass: 60}).Load(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

func TestSourceErrorsNameTheMend(t *testing.T) {
	good := Source{Name: "latin10", Split: Train, PerClass: 3}
	real := Source{Name: "mnist", Split: Train, PerClass: 3}
	with := func(s Source, change func(*Source)) Source { change(&s); return s }
	for _, c := range []struct {
		src  Source
		want string
	}{
		{with(good, func(s *Source) { s.Name = "latin" }), `no set "latin": the sets are latin10, `},
		{with(good, func(s *Source) { s.Split = "dev" }), "give train, validation or test"},
		{with(good, func(s *Source) { s.PerClass = 0 }), "give at least 1"},
		{with(good, func(s *Source) { s.PerClass = math.MaxInt }), "at most"},
		{with(good, func(s *Source) { s.Size = 7 }), "give 8 to 64 pixels"},
		{with(good, func(s *Source) { s.Nuisance.Contrast = 2 }), "nuisance Contrast = 2: give a number from 0 to 0.9"},
		{with(good, func(s *Source) { s.Nuisance.ScaleMin = 2 }), "nuisance ScaleMax = 1.3"},
		{with(good, func(s *Source) { s.Nuisance.Textures = 9 }), "nuisance Textures = 9"},
		{with(good, func(s *Source) { s.Nuisance.Noise = math.NaN() }), "nuisance Noise = NaN"},
		{with(real, func(s *Source) { s.PerClass = 301 }), "the program carries 300"},
		{with(real, func(s *Source) { s.Seed = 1 }), "leave them out"},
		{with(real, func(s *Source) { s.Nuisance.Noise = None }), "leave them out"},
		{with(real, func(s *Source) { s.Size = 32 }), "leave them out"},
	} {
		_, err := c.src.Load(context.Background())
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "data source "+c.src.Name) {
			t.Errorf("%+v: error %v, want one that says %q", c.src, err, c.want)
		}
	}
}

func TestFloatsStandardise(t *testing.T) {
	for name, norm := range map[string]Norm{"latin10": {0.34, 0.23}, "mnist": {0.1307, 0.3081}, "fashion": {0.2860, 0.3530}} {
		set := load(t, Source{Name: name, Split: Train, PerClass: 1})
		dst := make([]float32, 2*28*28)
		set.Floats(dst, []int{3, 1})
		for k, i := range []int{3, 1} {
			for j, p := range set.Image(i) {
				want := (float64(p)/255 - float64(norm.Mean)) / float64(norm.Std)
				if got := float64(dst[k*28*28+j]); math.Abs(got-want) > 1e-5 {
					t.Fatalf("%s: grey %d becomes %v, want %v", name, p, got, want)
				}
			}
		}
	}
}

// The constants are those of the sets they are named after, to the digits given.
func TestNormsFitTheirSets(t *testing.T) {
	for name, tolerance := range map[string]float64{"latin43": 0.01, "mnist": 0.01, "fashion": 0.01} {
		src, _, _ := splits(name, Count{Train: 3000})
		set := load(t, src)
		var sum, squares float64
		for _, p := range set.Pixels {
			v := float64(p) / 255
			sum += v
			squares += v * v
		}
		n := float64(len(set.Pixels))
		mean := sum / n
		std := math.Sqrt(squares/n - mean*mean)
		if math.Abs(mean-float64(set.Norm.Mean)) > tolerance || math.Abs(std-float64(set.Norm.Std)) > tolerance {
			t.Errorf("%s: mean %.4f and standard deviation %.4f, the constants are %+v", name, mean, std, set.Norm)
		}
	}
}
