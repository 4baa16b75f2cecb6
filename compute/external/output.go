package external

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/train"
)

// Names that the output may have beside those of the parameters. Before those of a
// network on its way stands its pass: "checkpoint.3/stem.weight".
const (
	curveLoss       = "curve.loss"
	curveTop1       = "curve.top1"
	curveValidation = "curve.validation_top1"
	checkLogits     = "check.logits"
)

// divergedKey is the text of the output that says how training failed.
const divergedKey = "diverged"

// mostReason bounds that text, in bytes.
const mostReason = 500

func checkpointName(pass int, p parameter) string {
	return fmt.Sprintf("checkpoint.%d/%s", pass, p.Name)
}

// mostBytes is more than any output that is right can have: numbers of 8 bytes, twice
// as many as there are to be, and room for the header.
func (e *exchange) mostBytes() int64 {
	numbers := int64(checked * e.classes)
	for _, v := range e.initial {
		numbers += int64(len(v)) * int64(1+len(e.model.CheckpointPasses()))
	}
	return 16*(numbers+int64(3*e.model.Schedule.Passes)) + 4<<20
}

// read turns the output into weights.
func (e *exchange) read(ctx context.Context, folder string) (train.Weights, error) {
	path := filepath.Join(folder, outputFile)
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return train.Weights{}, fmt.Errorf("there is no %s: the trainer ended without an error and without a result", outputFile)
	case err != nil:
		return train.Weights{}, err
	case !info.Mode().IsRegular():
		return train.Weights{}, fmt.Errorf("%s is no regular file", outputFile)
	case info.Size() > e.mostBytes():
		return train.Weights{}, tooLarge(job{folder: folder, most: e.mostBytes()})
	}
	f, err := arrays.Open(path)
	if err != nil {
		return train.Weights{}, brief(err, folder)
	}
	defer f.Close()
	o := output{exchange: e, file: f, diverged: reasonText(f.Metadata()[divergedKey])}
	w, err := o.weights(ctx)
	return w, brief(err, folder)
}

// brief takes the folder, which is gone when somebody reads of it, out of an error.
func brief(err error, folder string) error {
	var a *arrays.Error
	if errors.As(err, &a) {
		short := *a
		short.File = strings.TrimPrefix(a.File, folder+string(filepath.Separator))
		return &short
	}
	return err
}

// reasonText is a reason of divergence as the weights can hold it.
func reasonText(s string) string {
	s = strings.TrimSpace(strings.ToValidUTF8(strings.Map(printable, s), "\uFFFD"))
	for len(s) > mostReason || !utf8.ValidString(s) {
		s = s[:min(len(s)-1, mostReason)]
	}
	return s
}

// output is the file that a trainer wrote.
type output struct {
	*exchange
	file     *arrays.File
	diverged string // how training failed, by the trainer's word
}

// weights reads everything, after the names have been held against those that are wanted.
func (o output) weights(ctx context.Context) (train.Weights, error) {
	if err := o.names(); err != nil {
		return train.Weights{}, err
	}
	epochs, err := o.epochs()
	if err != nil {
		return train.Weights{}, err
	}
	if o.diverged != "" {
		return train.Weights{Epochs: epochs, Diverged: o.diverged}, nil
	}
	end, err := o.network(func(p parameter) string { return p.Name })
	if err != nil {
		return train.Weights{}, err
	}
	w := end.weights()
	w.Epochs = epochs
	for _, pass := range o.model.CheckpointPasses() {
		n, err := o.network(func(p parameter) string { return checkpointName(pass, p) })
		if err != nil {
			return train.Weights{}, err
		}
		w.Checkpoints = append(w.Checkpoints, n.checkpoint(pass))
	}
	return w, o.check(ctx, w)
}

// names reports arrays that are missing and arrays that nobody asked for, all in one.
// What has diverged needs nothing but its curve, as far as it goes.
func (o output) names() error {
	wanted, possible := o.wanted()
	have := o.file.Names()
	var missing, extra []string
	for _, name := range wanted {
		if !slices.Contains(have, name) {
			missing = append(missing, name)
		}
	}
	known := map[string]bool{}
	for _, name := range slices.Concat(wanted, possible) {
		known[name] = true
	}
	for _, name := range have {
		if !known[name] {
			extra = append(extra, name)
		}
	}
	var wrong []string
	if len(missing) > 0 && o.diverged == "" {
		wrong = append(wrong, "lacks "+listed(missing))
	}
	if len(extra) > 0 {
		wrong = append(wrong, "has "+listed(extra)+", which the specification does not name")
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%s %s", outputFile, strings.Join(wrong, ", and "))
	}
	return nil
}

// wanted lists the arrays that the output has to have, and those it may have.
func (o output) wanted() (wanted, possible []string) {
	for _, p := range o.parameters {
		wanted = append(wanted, p.Name)
	}
	for _, pass := range o.model.CheckpointPasses() {
		for _, p := range o.parameters {
			wanted = append(wanted, checkpointName(pass, p))
		}
	}
	if o.curve {
		wanted = append(wanted, curveLoss, curveTop1)
	}
	if o.validation != nil {
		wanted = append(wanted, curveValidation)
	}
	return wanted, []string{curveLoss, curveTop1, checkLogits}
}

// listed names a few of many.
func listed(names []string) string {
	const most = 6
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// network reads the parameters under the names that they have.
func (o output) network(name func(parameter) string) (network, error) {
	var n network
	for i, v := range o.initial {
		n[i] = make([]float32, len(v))
	}
	for _, p := range o.parameters {
		x, err := o.read32(name(p), p.Shape)
		if err != nil {
			return n, err
		}
		if p.Kind == runningVariance {
			for i, v := range x {
				if v < 0 {
					return n, fmt.Errorf("array %q: element [%d] is %v, and a variance is not negative", name(p), i, v)
				}
			}
		}
		copy(n.of(p), x)
	}
	return n, nil
}

// read32 reads an array of a shape, all of it finite.
func (o output) read32(name string, shape []int) ([]float32, error) {
	info, err := o.file.Info(name)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(info.Shape, shape) {
		return nil, fmt.Errorf("array %q has shape %v, its place in the network has %v", name, info.Shape, shape)
	}
	if err := o.file.Finite(name); err != nil {
		return nil, err
	}
	x, _, err := o.file.Float32(name)
	return x, err
}
