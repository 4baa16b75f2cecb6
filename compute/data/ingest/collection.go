// Package ingest makes sets of the library out of files in the formats in which data sets
// are published: CIFAR's binary files, MNIST's IDX files, the archives of Oxford Pets and
// Flowers, and folders of pictures by class. Nothing is ever unpacked to the disk: of an
// archive the members are read whose names are known beforehand.
package ingest

import (
	"context"
	"fmt"

	"lossxfer-report/compute/data/library"
)

// A collection is the images of a published set.
type collection struct {
	classes        []string
	side, channels int
	places         []library.Place
	pixels         [][]uint8 // of each place
	unread         []string  // images that could not be decoded
}

func (c *collection) add(split, class int, pixels []uint8) {
	c.places = append(c.places, library.Place{Split: split, Class: class})
	c.pixels = append(c.pixels, pixels)
}

// fitted resizes all images, which are w×h, if they are not as they should be.
func (c *collection) fitted(ctx context.Context, w, h, side int) error {
	c.side = side
	if w == side && h == side {
		return nil
	}
	for i, p := range c.pixels {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.pixels[i] = picture{w, h, c.channels, p}.fit(side)
	}
	return nil
}

// save puts the collection into the library.
func (c *collection) save(dir string, about library.Set, validation float64) (*library.Set, error) {
	about.Classes, about.Side, about.Channels, about.Unread = c.classes, c.side, c.channels, c.unread
	// A few pictures that another decoder would read do not matter; many would.
	if len(c.unread)*100 > len(c.places) {
		return nil, fmt.Errorf("data set %s: %d of %d pictures cannot be decoded, the first is %s", about.Name, len(c.unread), len(c.places), c.unread[0])
	}
	w, err := library.NewWriter(dir, about, c.places, validation)
	if err != nil {
		return nil, err
	}
	defer w.Abort()
	for i, p := range c.pixels {
		if err := w.Put(i, p); err != nil {
			return nil, err
		}
	}
	return w.Close()
}

// Request is a set to be made of published files.
type Request struct {
	Name       string // of the set in the library
	Reader     string // one of Readers
	Side       int    // of its images, in pixels
	Validation float64
	// Files are where the published files lie, by their published names, and what they
	// are. Their digests have been verified by whoever asks.
	Files   map[string]string
	Origins []library.Origin
}

// readers are the formats of published sets, by name.
var readers = map[string]func(context.Context, Request) (*collection, error){
	"cifar10": readCIFAR10, "cifar100": readCIFAR100,
	"mnist": readMNIST, "fashion-mnist": readFashion,
	"pets": readPets, "flowers": readFlowers,
}

// Readers lists the formats of published sets, then that of a folder of pictures.
func Readers() []string {
	return []string{"cifar10", "cifar100", "mnist", "fashion-mnist", "pets", "flowers", FolderReader}
}

// Make reads the files of a published set and puts the set into the library in dir.
func Make(ctx context.Context, dir string, r Request) (*library.Set, error) {
	read, ok := readers[r.Reader]
	if !ok {
		return nil, fmt.Errorf("data set %s: no reader %q of published files", r.Name, r.Reader)
	}
	if r.Side < 8 || r.Side > library.MostSide {
		return nil, fmt.Errorf("data set %s: images of %d pixels; give 8 to %d", r.Name, r.Side, library.MostSide)
	}
	c, err := read(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("data set %s: %w", r.Name, err)
	}
	return c.save(dir, library.Set{Name: r.Name, Made: madeAs(r.Side), Files: r.Origins}, r.Validation)
}

// madeAs says how images came to their size.
func madeAs(side int) string {
	return fmt.Sprintf("shorter side resized to %d pixels (bicubic), centre cut out", side)
}

// file is the path of one of the request's files.
func (r Request) file(name string) (string, error) {
	path, ok := r.Files[name]
	if !ok {
		return "", fmt.Errorf("the file %s is not among those of the set", name)
	}
	return path, nil
}
