package sections

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"lossxfer-report/compute"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/finetune"
	"lossxfer-report/compute/imported"
	"lossxfer-report/compute/predict"
	"lossxfer-report/compute/represent"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// imports has the tasks of a study done from files. What is planned stays planned: a
// file is looked at once.
type imports struct {
	report.Source
	study  *Study
	ledger *imported.Ledger
	folder string
	names  map[network]string // what stands for {objective}

	mu      sync.Mutex
	looked  map[string]*lookedAt // by path
	labels  map[string]labelled  // of a data set: every network has to have seen the same images
	found   int
	order   []string // of the missing files
	missing map[string]bool
	err     error // of the first bad file
}

// lookedAt is what is known of a file.
type lookedAt struct {
	file imported.File
	held imported.Held
	gone bool
	err  error
}

// labelled is the labels of a data set, and the file that they were first read from.
type labelled struct {
	imported.Labels
	path string
}

// attach has a plan's tasks done from the files.
func (im *imports) attach(p *compute.Plan) {
	compute.Substitute(p, locked(im, im.features))
	compute.Substitute(p, locked(im, im.model))
	compute.Substitute(p, locked(im, im.grams))
	compute.Substitute(p, locked(im, im.sparsity))
	compute.Substitute(p, func(data.Source) (compute.Task[*data.Set], error) {
		return nil, im.without("needs the images themselves")
	})
	compute.Substitute(p, func(finetune.Choice) (compute.Task[finetune.ChoiceResult], error) {
		return nil, im.without("needs training")
	})
	compute.Substitute(p, func(predict.Curve) (compute.Task[predict.CurveResult], error) {
		return nil, im.without("needs the course of training")
	})
}

// locked is f with the lock held: pages are drawn, and ask for the sizes of data sets,
// while other plans are made.
func locked[A, T any](im *imports, f func(A) (T, error)) func(A) (T, error) {
	return func(a A) (T, error) {
		im.mu.Lock()
		defer im.mu.Unlock()
		return f(a)
	}
}

func (im *imports) state() Found {
	im.mu.Lock()
	defer im.mu.Unlock()
	return Found{Source: im.Source, Folder: im.folder, Files: im.found, Missing: im.order, Err: im.err}
}

// without says that the source cannot give something.
func (im *imports) without(what string) error {
	return &compute.Unavailable{Reason: fmt.Sprintf("%s; source %s gives features only", what, im.ID)}
}

// path is the file that a pattern names.
func (im *imports) path(pattern, objective string, seed int, src data.Source) string {
	name := strings.NewReplacer("{objective}", objective, "{seed}", strconv.Itoa(seed), "{dataset}", src.Name, "{split}", src.Split).Replace(pattern)
	return filepath.Join(im.folder, filepath.FromSlash(name))
}

// look finds out what a file is and holds, with the check of what it has to hold. The
// error is an *Unavailable: a file that is missing is the reason of the cells that need
// it, one that is bad is an error of the whole command, see Found.Err.
func (im *imports) look(path string, optional bool, check func(*lookedAt) error) (*lookedAt, error) {
	l, ok := im.looked[path]
	if !ok {
		l = &lookedAt{}
		im.looked[path] = l
		l.file, l.held, l.err = im.ledger.Look(path)
		switch {
		case errors.Is(l.err, fs.ErrNotExist):
			l.gone = true
		case l.err == nil:
			im.found++
			l.err = check(l)
		}
		if l.err != nil && !l.gone && im.err == nil {
			im.err = l.err
		}
	}
	if l.gone {
		if !optional && !im.missing[path] {
			im.missing[path], im.order = true, append(im.order, path)
		}
		return nil, &compute.Unavailable{Reason: "no file " + filepath.ToSlash(path)}
	}
	if l.err != nil {
		return nil, &compute.Unavailable{Reason: l.err.Error()}
	}
	return l, nil
}

// name is what stands for {objective} in the files of a network, or why the source has
// none.
func (im *imports) name(m train.Model) (string, error) {
	id := network{m.Objective, m.Schedule.ClipNorm}
	name, ok := im.names[id]
	if !ok || m != im.study.sourceModel(id.spec, id.clip, m.Seed) {
		return "", im.without("needs training")
	}
	return name, nil
}

// model is the final layer in place of a trained network.
func (im *imports) model(m train.Model) (compute.Task[train.Weights], error) {
	f, _, err := im.final(m)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// final finds the final layer of a network.
func (im *imports) final(m train.Model) (imported.Final, imported.Layer, error) {
	name, err := im.name(m)
	if err != nil {
		return imported.Final{}, imported.Layer{}, err
	}
	path := im.path(im.Source.Final, name, m.Seed, data.Source{})
	l, err := im.look(path, im.bonus(name), func(l *lookedAt) error {
		_, err := l.held.FinalLayer(path)
		return err
	})
	if err != nil {
		return imported.Final{}, imported.Layer{}, err
	}
	layer, _ := l.held.FinalLayer(path)
	return imported.Final{File: l.file, Network: fmt.Sprintf("%s seed %d", name, m.Seed), Seed: m.Seed}, layer, nil
}

// bonus says whether networks are those of Table 4, which few sources have: a build
// without them is complete.
func (im *imports) bonus(name string) bool {
	_, ok := im.study.Manifest.Objective(name)
	return !ok
}

// pretraining says whether a data set has the classes that networks were trained on.
func (im *imports) pretraining(src data.Source) bool {
	own := im.study.Preset.Pretraining.Classes
	return src.Name == own || strings.HasPrefix(src.Name, own+"_")
}

// features is what a file has in place of computed features.
func (im *imports) features(f train.Features) (compute.Task[train.FeatureMatrix], error) {
	if f.Data.Name == noTask.ID {
		return nil, &compute.Unavailable{Reason: fmt.Sprintf("needs several labels of an image; source %s gives one", im.ID)}
	}
	l, err := im.featureFile(f.Model, f.Data)
	if err != nil {
		return nil, err
	}
	name, _ := im.name(f.Model)
	t := imported.Features{
		File: l.file, PerClass: f.Data.PerClass, Seed: f.Model.Seed,
		Set: fmt.Sprintf("%s under %s seed %d", f.Data, name, f.Model.Seed),
	}
	_, t.Classes = im.size(f.Data)
	if !im.pretraining(f.Data) {
		return t, nil
	}
	final, layer, err := im.final(f.Model)
	if err != nil {
		return t, nil // features can be looked at without it
	}
	t.Classes = layer.Classes
	path := l.file.Path
	if d := l.held.Arrays[imported.FeaturesArray].Shape[1]; d != layer.Features {
		return nil, im.bad(path, imported.FeaturesArray, "are both of the same network?", "has %d features, the final layer %s takes %d", d, final.File.Path, layer.Features)
	}
	if n := l.held.Labels.Classes; n > layer.Classes {
		return nil, im.bad(path, imported.LabelsArray, "labels have to be indices of the final layer's classes", "label %d is none of the %d classes of the final layer %s", n-1, layer.Classes, final.File.Path)
	}
	logits, ok := l.held.Arrays[imported.LogitsArray]
	if !ok {
		return t, nil
	}
	if n := l.held.Labels.N; len(logits.Shape) != 2 || logits.Shape[0] != n || logits.Shape[1] != layer.Classes {
		return nil, im.bad(path, imported.LogitsArray, "write one row for each image and one column for each class of the final layer", "has shape %v where %d images and %d classes of the final layer %s are", logits.Shape, n, layer.Classes, final.File.Path)
	}
	t.Head = imported.Head{File: l.file, Final: final.File, Objective: f.Model.Objective, Seed: f.Model.Seed}
	return t, nil
}

// featureFile finds the features of a data set under a network.
func (im *imports) featureFile(m train.Model, src data.Source) (*lookedAt, error) {
	name, err := im.name(m)
	if err != nil {
		return nil, err
	}
	path := im.path(im.Source.Features, name, m.Seed, src)
	// So are sets of the classes of pretraining beside its own splits.
	optional := im.bonus(name) || im.pretraining(src) && src.Name != im.study.Preset.Pretraining.Classes
	return im.featuresAt(path, src, optional)
}

// featuresAt is the file of a data set's features at a path.
func (im *imports) featuresAt(path string, src data.Source, optional bool) (*lookedAt, error) {
	return im.look(path, optional, func(l *lookedAt) error { return im.checkFeatures(l, path, src.Name+"/"+src.Split) })
}

// checkFeatures holds the shapes in a file against each other, and its labels against
// those of the same data set under other networks.
func (im *imports) checkFeatures(l *lookedAt, path, set string) error {
	bad := func(array, mend, format string, args ...any) error {
		return unusable(path, array, mend, format, args...)
	}
	x, ok := l.held.Arrays[imported.FeaturesArray]
	switch {
	case !ok:
		return bad(imported.FeaturesArray, "write the penultimate features under this name, shape [N, D]", "is not in the file")
	case len(x.Shape) != 2 || x.Shape[0] < 1 || x.Shape[1] < 1:
		return bad(imported.FeaturesArray, "write one row of features for each image, [N, D]", "has shape %v", x.Shape)
	case !slices.Contains([]string{"F16", "BF16", "F32", "F64"}, x.DType):
		return bad(imported.FeaturesArray, "convert it to float32 before saving", "has elements of type %s where floating-point numbers are wanted", x.DType)
	case l.held.Labels == nil:
		return bad(imported.LabelsArray, "write the class index of each image under this name, shape [N]", "is not in the file")
	case l.held.Labels.N != x.Shape[0]:
		return bad(imported.LabelsArray, "write both for the same images", "has %d labels for %d rows of features", l.held.Labels.N, x.Shape[0])
	}
	first, ok := im.labels[set]
	if !ok {
		im.labels[set] = labelled{*l.held.Labels, path}
		return nil
	}
	if first.Digest != l.held.Labels.Digest {
		return bad(imported.LabelsArray, "write the same images in the same order for every network", "differs from that of %s", first.path)
	}
	return nil
}

// unusable is the error of an array.
func unusable(path, array, mend, format string, args ...any) error {
	return &arrays.Error{File: path, Array: array, Problem: fmt.Sprintf(format, args...), Mend: mend}
}

// bad notes a file that cannot be used together with others.
func (im *imports) bad(path, array, mend, format string, args ...any) error {
	err := unusable(path, array, mend, format, args...)
	if im.err == nil {
		im.err = err
	}
	return &compute.Unavailable{Reason: err.Error()}
}

// size is the images and classes of a data set, as the first network says that has it.
// The classes of pretraining are those of the final layer; those of another data set are
// as many as its labels name over all its splits.
func (im *imports) size(src data.Source) (images, classes int) {
	of := func(src data.Source) *imported.Labels {
		for _, o := range im.study.Manifest.Objectives {
			for seed := 1; seed <= im.study.Preset.Seeds; seed++ {
				path := im.path(im.Source.Features, o.ID, seed, src)
				if l, ok := im.looked[path]; ok && l.gone {
					continue
				}
				// Not a missing file: it may be that nobody needs it.
				if l, err := im.featuresAt(path, src, true); err == nil {
					return l.held.Labels
				}
			}
		}
		return nil
	}
	for _, split := range []string{data.Train, data.Validation, data.Test} {
		if l := of(data.Source{Name: src.Name, Split: split}); l != nil {
			classes = max(classes, l.Classes)
			if split == src.Split {
				images = l.N
			}
		}
	}
	if im.pretraining(src) {
		for _, o := range im.study.Manifest.Objectives {
			if _, layer, err := im.final(im.study.Model(o, 1)); err == nil {
				classes = layer.Classes
				break
			}
		}
	}
	if src.PerClass > 0 {
		images = min(images, src.PerClass*classes)
	}
	return images, classes
}

// sizeOf is size for whoever draws.
func (im *imports) sizeOf(src data.Source) (images, classes int) {
	im.mu.Lock()
	defer im.mu.Unlock()
	return im.size(src)
}

// activations finds the activations of a network's layers.
func (im *imports) activations(m train.Model, src data.Source) (imported.Activations, error) {
	name, err := im.name(m)
	if err != nil {
		return imported.Activations{}, err
	}
	if !im.pretraining(src) {
		return imported.Activations{}, im.without("needs training")
	}
	if len(im.Layers) == 0 {
		return imported.Activations{}, &compute.Unavailable{Reason: fmt.Sprintf("needs activations of layers; source %s names no layers", im.ID)}
	}
	var l *lookedAt
	if im.Source.Activations == "" {
		l, err = im.featureFile(m, src)
	} else {
		path := im.path(im.Source.Activations, name, m.Seed, src)
		l, err = im.look(path, im.bonus(name), func(l *lookedAt) error {
			return im.checkFeatures(l, path, src.Name+"/"+src.Split+", activations")
		})
	}
	if err != nil {
		return imported.Activations{}, err
	}
	for _, layer := range im.Layers {
		array := imported.Array(layer)
		x, ok := l.held.Arrays[array]
		switch {
		case !ok && im.Source.Activations == "":
			return imported.Activations{}, &compute.Unavailable{Reason: fmt.Sprintf("no array %q in %s", array, filepath.ToSlash(l.file.Path))}
		case !ok:
			return imported.Activations{}, im.bad(l.file.Path, array, "write the activations of every layer that the manifest lists under layers", "is not in the file")
		case len(x.Shape) < 2 || x.Shape[0] != l.held.Labels.N:
			return imported.Activations{}, im.bad(l.file.Path, array, "write one row for each image", "has shape %v for %d images", x.Shape, l.held.Labels.N)
		}
	}
	return imported.Activations{
		File: l.file, Layers: append(slices.Clone(im.Layers), represent.PenultimateLayer),
		Network: fmt.Sprintf("%s seed %d", name, m.Seed), Seed: m.Seed,
	}, nil
}

// grams is what a file has in place of activations computed anew.
func (im *imports) grams(t represent.GramsOf) (compute.Task[*represent.Grams], error) {
	if t.Network.Initial {
		return nil, im.without("needs a network before training")
	}
	a, err := im.activations(t.Network.Model, t.Images.Data)
	if err != nil {
		return nil, err
	}
	return imported.Grams{Activations: a, Count: t.Images.Count, Minibatch: t.Images.Minibatch}, nil
}

// sparsity is the same for counts of activations.
func (im *imports) sparsity(t represent.Sparsity) (compute.Task[represent.SparsityResult], error) {
	a, err := im.activations(t.Model, t.Data)
	if err != nil {
		return nil, err
	}
	return imported.NonZero{Activations: a, Count: t.Count}, nil
}
