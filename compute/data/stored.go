package data

import (
	"context"
	"fmt"

	"lossxfer-report/compute/data/library"
)

// Stored says which set of the library a Source has, by the digest of its contents:
// under the same name other images are another set, whose results are other results.
// The zero value is a set that the program carries.
type Stored struct {
	Digest   string // library.Set.Digest
	Classes  int
	Side     int // of an image, in pixels
	Channels int // that images are loaded with: 1 or 3; grey ones may be loaded as colour
}

// NaturalNorm is the Norm of every stored set, whatever it shows, as the paper treats
// the images of all its data sets like those of pretraining: the rounded mean and
// standard deviation of all values of the training images of CIFAR-100.
var NaturalNorm = Norm{Mean: 0.478, Std: 0.268}

// FromLibrary is a split of a set of the library; channels is 0 for those it has.
func FromLibrary(set *library.Set, split string, perClass, channels int) Source {
	if channels == 0 {
		channels = set.Channels
	}
	return Source{
		Name: set.Name, Split: split, PerClass: perClass,
		Stored: Stored{Digest: set.Digest, Classes: len(set.Classes), Side: set.Side, Channels: channels},
	}
}

// check says what is wrong with a source of the library.
func (st Stored) check(s Source) error {
	switch {
	case s.Size != 0 || s.Nuisance != (Nuisance{}) || s.HeldOut || s.Outline || s.Seed != 0:
		return fmt.Errorf("a set of real images has no size, nuisance, typefaces, drawing or seed to choose: leave them out")
	case st.Channels != 1 && st.Channels != 3:
		return fmt.Errorf("%d channels: give 1 or 3", st.Channels)
	case st.Classes < 2 || st.Side < 1:
		return fmt.Errorf("%d classes of images of %d pixels are no set", st.Classes, st.Side)
	}
	return nil
}

// load reads the set from the library.
func (st Stored) load(ctx context.Context, s Source) (*Set, error) {
	dir, err := library.Folder()
	if err != nil {
		return nil, fmt.Errorf("data source %s: %w", s, err)
	}
	set, err := library.Find(dir, s.Name)
	if err != nil {
		return nil, err
	}
	if set.Digest != st.Digest {
		return nil, fmt.Errorf("data source %s: the data folder now has other images under this name, of digest %s", s, set.Digest)
	}
	pixels, err := set.Read(ctx, dir, s.Split, s.PerClass)
	if err != nil {
		return nil, err
	}
	switch {
	case st.Channels == set.Channels:
	case set.Channels == 1:
		pixels = coloured(pixels)
	default:
		return nil, fmt.Errorf("data source %s: its images are in colour, %d channel was asked for", s, st.Channels)
	}
	out := &Set{
		Name: s.String(), H: set.Side, W: set.Side, C: st.Channels,
		Pixels: pixels, Labels: make([]int, s.Len()), Classes: set.Classes, Norm: NaturalNorm,
	}
	for i := range out.Labels {
		out.Labels[i] = i % st.Classes
	}
	return out, nil
}

// coloured repeats every grey level for three channels.
func coloured(grey []uint8) []uint8 {
	out := make([]uint8, 0, 3*len(grey))
	for _, g := range grey {
		out = append(out, g, g, g)
	}
	return out
}
