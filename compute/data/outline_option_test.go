package data

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// An outline is as large as the letter, hollow, and on the same ground.
func TestOutlinesAreHollow(t *testing.T) {
	src := Source{Name: "latin10", Split: Test, PerClass: 20, Nuisance: plain}
	src.Nuisance.ScaleMin, src.Nuisance.ScaleMax = 2, 2
	ink := load(t, src)
	src.Outline = true
	line := load(t, src)
	if ink.Name != "latin10/test" || line.Name != "latin10/test/outline" {
		t.Errorf("sets are called %s and %s", ink.Name, line.Name)
	}
	share := func(set *Set) float64 {
		n := 0
		for i := range set.Labels {
			pixels := set.Image(i)
			for _, p := range pixels {
				if int(p) > int(pixels[0])+100 {
					n++
				}
			}
		}
		return float64(n) / float64(len(set.Pixels))
	}
	filled, hollow := share(ink), share(line)
	if hollow < filled/4 || hollow > filled {
		t.Errorf("lines cover %.3f of the pixels, ink %.3f", hollow, filled)
	}
}

func TestPickMakesTheImagesOfTheSet(t *testing.T) {
	src := Source{Name: "latin10", Split: Validation, PerClass: 4, Seed: 3}
	all := load(t, src)
	numbers := []int{39, 0, 17, 17}
	some, err := src.Pick(context.Background(), numbers)
	if err != nil {
		t.Fatal(err)
	}
	if some.Len() != len(numbers) || some.Name != all.Name || len(some.Classes) != 10 {
		t.Fatalf("%d images of %s", some.Len(), some.Name)
	}
	for k, i := range numbers {
		if !bytes.Equal(some.Image(k), all.Image(i)) || some.Labels[k] != all.Labels[i] {
			t.Errorf("image %d is not image %d of the set", k, i)
		}
	}
	for want, pick := range map[string]func() (*Set, error){
		"images 0 to 39": func() (*Set, error) { return src.Pick(context.Background(), []int{40}) },
		"only generated": func() (*Set, error) {
			return Source{Name: "mnist", Split: Test, PerClass: 1}.Pick(context.Background(), []int{0})
		},
		"at least 1": func() (*Set, error) {
			return Source{Name: "latin10", Split: Test}.Pick(context.Background(), nil)
		},
	} {
		if _, err := pick(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
