package ingest

import (
	"context"
	"fmt"
	"strings"
)

// Images of CIFAR are 32×32 in three planes, red, green and blue, after one label byte
// (CIFAR-10) or two, coarse and fine (CIFAR-100), https://www.cs.toronto.edu/~kriz/cifar.html.
const (
	cifarSide = 32
	plane     = cifarSide * cifarSide
)

func readCIFAR10(ctx context.Context, r Request) (*collection, error) {
	const folder = "cifar-10-batches-bin/"
	return readCIFAR(ctx, r, "cifar-10-binary.tar.gz", cifar{
		names:  folder + "batches.meta.txt",
		train:  []string{folder + "data_batch_1.bin", folder + "data_batch_2.bin", folder + "data_batch_3.bin", folder + "data_batch_4.bin", folder + "data_batch_5.bin"},
		test:   folder + "test_batch.bin",
		labels: 1,
	})
}

func readCIFAR100(ctx context.Context, r Request) (*collection, error) {
	const folder = "cifar-100-binary/"
	return readCIFAR(ctx, r, "cifar-100-binary.tar.gz", cifar{
		names: folder + "fine_label_names.txt", train: []string{folder + "train.bin"}, test: folder + "test.bin", labels: 2,
	})
}

// cifar is the layout of one of the two.
type cifar struct {
	names  string // member with the class names, a line each
	train  []string
	test   string
	labels int // bytes before an image, of which the last is its class
}

func readCIFAR(ctx context.Context, r Request, archive string, of cifar) (*collection, error) {
	path, err := r.file(archive)
	if err != nil {
		return nil, err
	}
	files, err := wanted(ctx, path, append([]string{of.names, of.test}, of.train...)...)
	if err != nil {
		return nil, err
	}
	c := &collection{channels: 3, classes: lines(files[of.names])}
	for _, name := range append(of.train, of.test) {
		split := 0
		if name == of.test {
			split = 2
		}
		if err := c.addCIFAR(files[name], of.labels, split); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", path, name, err)
		}
		delete(files, name)
	}
	return c, c.fitted(ctx, cifarSide, cifarSide, r.Side)
}

// addCIFAR takes the images of a file.
func (c *collection) addCIFAR(b []byte, labels, split int) error {
	size := labels + 3*plane
	if len(b) == 0 || len(b)%size != 0 {
		return fmt.Errorf("%d bytes are no whole number of images of %d", len(b), size)
	}
	for i := 0; i < len(b); i += size {
		class, planes := int(b[i+labels-1]), b[i+labels:i+size]
		if class >= len(c.classes) {
			return fmt.Errorf("image %d has label %d of %d classes", i/size, class, len(c.classes))
		}
		pixels := make([]uint8, 3*plane)
		for j := range plane {
			pixels[3*j], pixels[3*j+1], pixels[3*j+2] = planes[j], planes[plane+j], planes[2*plane+j]
		}
		c.add(split, class, pixels)
	}
	return nil
}

// lines are the lines of a text that are not empty, with blanks for underscores.
func lines(b []byte) []string {
	var out []string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, strings.ReplaceAll(line, "_", " "))
		}
	}
	return out
}
