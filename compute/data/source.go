package data

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// The three splits of every set. They are drawn from disjoint random streams
// (generated sets) or disjoint images (embedded and stored sets).
const (
	Train      = "train"
	Validation = "validation"
	Test       = "test"
)

// Source names a data set, one split of it and its size. It is a plain value:
// equal Sources load equal bytes.
type Source struct {
	Name     string   // a name that All lists, or of a set of the library
	Split    string   // Train, Validation or Test
	PerClass int      // images of each class; a smaller set is a prefix of a larger
	Size     int      // side of the image in pixels, 0 = 28; embedded sets have 28 only
	Nuisance Nuisance // generated sets only; the zero value is the set's default
	HeldOut  bool     // generated sets only: render in the typefaces kept out of every other set
	Outline  bool     // generated sets only: draw the outline of every glyph as a line, not its ink
	Seed     uint64   // generated sets only: another draw of the same set
	Stored   Stored   // a set of the library; zero for those that the program carries
}

// DefaultSize is the side of every image unless a Source asks for another.
const DefaultSize = 28

// side is the image side that s asks for.
func (s Source) side() int {
	switch {
	case s.Stored != (Stored{}):
		return s.Stored.Side
	case s.Size == 0:
		return DefaultSize
	}
	return s.Size
}

// Shape is height, width and channels of the images.
func (s Source) Shape() (h, w, c int) {
	if s.Stored != (Stored{}) {
		return s.side(), s.side(), s.Stored.Channels
	}
	return s.side(), s.side(), 1
}

// String is the name of the set and split, as in "latin43/train".
func (s Source) String() string {
	name := s.Name
	if d := s.Stored.Digest; d != "" {
		name += "-" + d[:min(8, len(d))] // the program may carry a set of the same name
	}
	name += "/" + s.Split
	if s.HeldOut {
		name += "/held-out"
	}
	if s.Outline {
		name += "/outline"
	}
	if s.Seed != 0 {
		name += "/draw-" + strconv.FormatUint(s.Seed, 10)
	}
	return name
}

// Validate says what is wrong with s, or nil.
func (s Source) Validate() error {
	fail := func(format string, args ...any) error {
		return fmt.Errorf("data source %s: %s", s, fmt.Sprintf(format, args...))
	}
	if s.Split != Train && s.Split != Validation && s.Split != Test {
		return fail("no split %q: give train, validation or test", s.Split)
	}
	if s.PerClass < 1 {
		return fail("%d images per class: give at least 1", s.PerClass)
	}
	if s.Stored != (Stored{}) {
		if err := s.Stored.check(s); err != nil {
			return fail("%v", err)
		}
		return nil
	}
	if _, ok := designs[s.Name]; ok {
		const most = 1 << 22
		if n := s.Classes() * s.PerClass; s.PerClass > most || n > most {
			return fail("%d images per class of %d classes: a set has at most %d images", s.PerClass, s.Classes(), most)
		}
		if s.side() < 8 || s.side() > 64 {
			return fail("image side %d: give 8 to 64 pixels", s.Size)
		}
		d := designs[s.Name]
		if err := s.Nuisance.over(d.nuisance).check(); err != nil {
			return fail("%v", err)
		}
		return nil
	}
	e, ok := embeddedSets[s.Name]
	if !ok {
		return fail("no set %q: the sets are %s", s.Name, strings.Join(Names(), ", "))
	}
	if s.side() != DefaultSize || s.Nuisance != (Nuisance{}) || s.HeldOut || s.Outline || s.Seed != 0 {
		return fail("an embedded set has no size, nuisance, typefaces, drawing or seed to choose: leave them out")
	}
	if most := e.perClass(s.Split); s.PerClass > most {
		return fail("%d images per class: the program carries %d", s.PerClass, most)
	}
	return nil
}

// Classes is the number of classes of the set, 0 if there is no such set.
func (s Source) Classes() int {
	if s.Stored != (Stored{}) {
		return s.Stored.Classes
	}
	if d, ok := designs[s.Name]; ok {
		return len(d.classes())
	}
	if e, ok := embeddedSets[s.Name]; ok {
		return len(e.classes)
	}
	return 0
}

// Len is the number of images that Load returns.
func (s Source) Len() int { return s.Classes() * s.PerClass }

// Load renders or reads the set. It may run in several goroutines at once; it
// stops with the context's error when ctx is done.
func (s Source) Load(ctx context.Context) (*Set, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	if s.Stored != (Stored{}) {
		return s.Stored.load(ctx, s)
	}
	if d, ok := designs[s.Name]; ok {
		all := make([]int, s.Len())
		for i := range all {
			all[i] = i
		}
		return d.render(ctx, s, all)
	}
	return embeddedSets[s.Name].load(s)
}

// Pick renders some images of a generated set, given by their numbers in the set, in
// the order asked for, without making the others.
func (s Source) Pick(ctx context.Context, images []int) (*Set, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	d, ok := designs[s.Name]
	if !ok || s.Stored != (Stored{}) {
		return nil, fmt.Errorf("data source %s: only generated sets make single images: load it", s)
	}
	for _, i := range images {
		if i < 0 || i >= s.Len() {
			return nil, fmt.Errorf("data source %s: no image %d: it has images 0 to %d", s, i, s.Len()-1)
		}
	}
	return d.render(ctx, s, images)
}
