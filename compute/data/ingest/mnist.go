package ingest

import (
	"context"
	"fmt"
	"os"

	"lossxfer-report/compute/data/idx"
)

func readMNIST(ctx context.Context, r Request) (*collection, error) {
	return readIDX(ctx, r, []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"})
}

// The names are those of the subset that the program carries.
func readFashion(ctx context.Context, r Request) (*collection, error) {
	return readIDX(ctx, r, []string{"T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"})
}

// readIDX reads the four files of MNIST and its like: grey images and their labels.
func readIDX(ctx context.Context, r Request, classes []string) (*collection, error) {
	c := &collection{channels: 1, classes: classes}
	var w, h int
	for i, part := range []string{"train", "t10k"} {
		split := 2 * i
		images, err := r.idx(part + "-images-idx3-ubyte.gz")
		if err != nil {
			return nil, err
		}
		labels, err := r.idx(part + "-labels-idx1-ubyte.gz")
		if err != nil {
			return nil, err
		}
		if len(images.Dims) != 3 || len(labels.Dims) != 1 || images.Dims[0] != labels.Dims[0] {
			return nil, fmt.Errorf("%s: images %v and labels %v do not go together", part, images.Dims, labels.Dims)
		}
		if h != 0 && (images.Dims[1] != h || images.Dims[2] != w) {
			return nil, fmt.Errorf("training images and test images have different sizes")
		}
		h, w = images.Dims[1], images.Dims[2]
		for i, label := range labels.Data {
			if int(label) >= len(classes) {
				return nil, fmt.Errorf("%s: image %d has label %d of %d classes", part, i, label, len(classes))
			}
			c.add(split, int(label), images.Data[i*w*h:(i+1)*w*h])
		}
	}
	if h > 1024 || w > 1024 {
		return nil, fmt.Errorf("images of %d×%d pixels", w, h)
	}
	return c, c.fitted(ctx, w, h, r.Side)
}

// idx reads one of the request's files.
func (r Request) idx(name string) (idx.Array, error) {
	path, err := r.file(name)
	if err != nil {
		return idx.Array{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return idx.Array{}, err
	}
	defer f.Close()
	a, err := idx.Read(f)
	if err != nil {
		return idx.Array{}, fmt.Errorf("%s: %w", path, err)
	}
	return a, nil
}
