package imported

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"

	"lossxfer-report/compute/arrays"
)

// The names of the arrays, see docs/imports.md.
const (
	FeaturesArray   = "features"     // [N, D], penultimate features
	LabelsArray     = "labels"       // [N], class indices
	LogitsArray     = "logits"       // [N, K], optional
	ActivationsPath = "activations/" // and the name of a layer: [N, units …], optional
	WeightsArray    = "weights"      // [D, K], of the final layer
	LinearArray     = "weight"       // [K, D], the same as PyTorch's Linear has it
	KernelArray     = "kernel"       // [D, K], the same as Keras has it
	BiasArray       = "bias"         // [K]
)

// Labels sums up the labels of a file.
type Labels struct {
	N       int    `json:"n"`
	Classes int    `json:"classes"` // one more than the largest label
	Digest  string `json:"digest"`  // SHA-256 of the labels as little-endian int64, hex
}

// mostClasses bounds labels: what is larger is no class index.
const mostClasses = 1 << 20

// readLabels reads class indices and refuses what is none.
func readLabels(f *container, path string) ([]int, error) {
	wide, shape, err := f.Int64(LabelsArray)
	if err != nil {
		return nil, err
	}
	bad := func(mend, format string, args ...any) error {
		return &arrays.Error{File: path, Array: LabelsArray, Problem: fmt.Sprintf(format, args...), Mend: mend}
	}
	if len(shape) != 1 || shape[0] == 0 {
		return nil, bad("write one class index for each image, shape [N]", "has shape %v", shape)
	}
	labels := make([]int, len(wide))
	for i, y := range wide {
		if y < 0 || y >= mostClasses {
			return nil, bad("class indices count from 0; leave unlabelled images out", "label %d of image %d is no class index", y, i)
		}
		labels[i] = int(y)
	}
	return labels, nil
}

func summarise(labels []int) *Labels {
	h := sha256.New()
	var b [8]byte
	for _, y := range labels {
		binary.LittleEndian.PutUint64(b[:], uint64(y))
		h.Write(b[:])
	}
	return &Labels{N: len(labels), Classes: slices.Max(labels) + 1, Digest: hex.EncodeToString(h.Sum(nil))}
}

// inRounds orders images so that any prefix is as balanced as it can be, which
// analyses of the first images of a set count on: first the first image of every class,
// then the second of every class, … in the order of the file within each. Images
// that come in rounds already stay as they are. At most perClass images of each class are
// taken, 0 for all. It returns the place in the file of each.
func inRounds(labels []int, perClass int) []int {
	seen := make([]int, slices.Max(labels)+1)
	var rounds [][]int
	for i, y := range labels {
		round := seen[y]
		seen[y]++
		if perClass > 0 && round >= perClass {
			continue
		}
		if round == len(rounds) {
			rounds = append(rounds, nil)
		}
		rounds[round] = append(rounds[round], i)
	}
	return slices.Concat(rounds...)
}
