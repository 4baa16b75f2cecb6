package ingest

import (
	"context"
	"fmt"
	"os"

	"lossxfer-report/compute/data/library"
)

// readFlowers reads Oxford 102 Flowers: photographs image_00001.jpg and so on in an
// archive, their classes from 1 in imagelabels.mat, and in setid.mat the numbers of
// those for training, validation and testing.
func readFlowers(ctx context.Context, r Request) (*collection, error) {
	archive, err := r.file("102flowers.tgz")
	if err != nil {
		return nil, err
	}
	labels, err := r.matrix("imagelabels.mat", "labels")
	if err != nil {
		return nil, err
	}
	c := &collection{channels: 3, side: r.Side, classes: flowerNames}
	at := map[string]library.Place{}
	for split, name := range []string{"trnid", "valid", "tstid"} {
		ids, err := r.matrix("setid.mat", name)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if id < 1 || id > len(labels) {
				return nil, fmt.Errorf("setid.mat: %s has image %d of %d", name, id, len(labels))
			}
			class := labels[id-1]
			if class < 1 || class > len(flowerNames) {
				return nil, fmt.Errorf("imagelabels.mat: image %d has class %d of %d", id, class, len(flowerNames))
			}
			member := fmt.Sprintf("jpg/image_%05d.jpg", id)
			if _, ok := at[member]; ok {
				return nil, fmt.Errorf("setid.mat: image %d is listed twice", id)
			}
			at[member] = library.Place{Split: split, Class: class - 1}
		}
	}
	return c, c.photographs(ctx, archive, at)
}

// matrix reads a vector of whole numbers from a MATLAB file of the request.
func (r Request) matrix(file, variable string) ([]int, error) {
	path, err := r.file(file)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	v, err := readMAT(f, variable)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return v, nil
}
