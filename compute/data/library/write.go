package library

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"lossxfer-report/cache"
	"lossxfer-report/compute/random"
)

// Place is the split and the class of an image that is to come into a set.
type Place struct {
	Split int // 0 training, 1 validation, 2 test
	Class int
}

// Writer puts a set into the library. Images may come in any order; until Close nothing
// of the set is seen, and after a failure nothing of it is left.
type Writer struct {
	set    Set
	dir    string // of the library
	temp   string // the set's folder while it is written
	files  [3]*os.File
	places []Place
	slot   []int // place of each image in its split's file; −1 for none
	have   []bool
}

// NewWriter starts a set whose images are at these places. validation images of each
// class are taken away from training where none are published as such; below 1 it is a
// share of what the rarest class has. Which images of a class come first, and so into
// smaller selections of the set, is drawn by chance, the same every time.
func NewWriter(dir string, about Set, places []Place, validation float64) (*Writer, error) {
	w := &Writer{set: about, dir: dir, places: places}
	w.set.Format, w.set.Validation = 1, validation
	if err := w.arrange(validation); err != nil {
		return nil, fmt.Errorf("data set %s: %w", about.Name, err)
	}
	for i := range w.set.Splits {
		w.set.Splits[i].SHA256 = hex.EncodeToString(make([]byte, sha256.Size)) // until it is known
	}
	if err := w.set.check(); err != nil {
		return nil, fmt.Errorf("data set %s: %w", about.Name, err)
	}
	parent := filepath.Join(dir, "sets")
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return nil, err
	}
	var err error
	if w.temp, err = os.MkdirTemp(parent, ".new-*"); err != nil {
		return nil, err
	}
	for i, name := range splits {
		if w.files[i], err = os.Create(filepath.Join(w.temp, name+".idx")); err != nil {
			w.Abort()
			return nil, err
		}
		if _, err := w.files[i].Write(w.set.header(w.set.Splits[i].Rounds)); err != nil {
			w.Abort()
			return nil, err
		}
	}
	return w, nil
}

// arrange gives every image its slot.
func (w *Writer) arrange(validation float64) error {
	classes := len(w.set.Classes)
	if classes < 2 || classes > MostClasses {
		return fmt.Errorf("%d classes; a set has 2 to %d", classes, MostClasses)
	}
	if len(w.places) > mostImages {
		return fmt.Errorf("%d images; a set has at most %d", len(w.places), mostImages)
	}
	var of [3][][]int // images by split and class
	for split := range of {
		of[split] = make([][]int, classes)
	}
	for i, p := range w.places {
		if p.Split < 0 || p.Split > 2 || p.Class < 0 || p.Class >= classes {
			return fmt.Errorf("image %d is at %+v, and there are %d classes", i, p, classes)
		}
		of[p.Split][p.Class] = append(of[p.Split][p.Class], i)
	}
	w.slot, w.have = make([]int, len(w.places)), make([]bool, len(w.places))
	for i := range w.slot {
		w.slot[i] = -1
	}
	for split := range of {
		rounds := len(w.places)
		for _, images := range of[split] {
			rounds = min(rounds, len(images))
		}
		w.set.Splits[split].Rounds = rounds
	}
	train, held := &w.set.Splits[0], &w.set.Splits[1]
	apart := 0 // rounds of training that validation takes
	if held.Rounds == 0 {
		apart = int(validation)
		if validation < 1 {
			apart = int(validation * float64(train.Rounds))
		}
		if apart > 0 && apart >= train.Rounds {
			return fmt.Errorf("the rarest class has %d training images, and %d of each are to be kept for validation", train.Rounds, apart)
		}
		train.Rounds, held.Rounds = train.Rounds-apart, apart
	}
	if train.Rounds == 0 || w.set.Splits[2].Rounds == 0 {
		return errors.New("a class has no training image or no test image; every class needs one of each at least")
	}
	for split := range of {
		rounds := w.set.Splits[split].Rounds
		for class, images := range of[split] {
			order := random.New("data/library", uint64(split), uint64(class)).Perm(len(images))
			for k, j := range order {
				i := images[j]
				switch {
				case k < rounds:
					w.slot[i] = k*classes + class
				case split == 0 && k < rounds+apart:
					w.places[i].Split, w.slot[i] = 1, (k-rounds)*classes+class
				default:
					w.set.Splits[split].LeftOut++
				}
			}
		}
	}
	return nil
}

// Wanted says whether an image, by its number among the places, is in a round. The
// others need not be decoded.
func (w *Writer) Wanted(i int) bool { return w.slot[i] >= 0 }

// Put writes an image; pixels are height × width × channels.
func (w *Writer) Put(i int, pixels []uint8) error {
	if i < 0 || i >= len(w.places) || len(pixels) != w.set.imageLen() {
		return fmt.Errorf("data set %s: image %d of %d with %d bytes in place of %d", w.set.Name, i, len(w.places), len(pixels), w.set.imageLen())
	}
	if !w.Wanted(i) {
		return nil
	}
	p := w.places[i]
	at := int64(len(w.set.header(0))) + int64(w.slot[i])*int64(len(pixels))
	if _, err := w.files[p.Split].WriteAt(pixels, at); err != nil {
		return err
	}
	w.have[i] = true
	return nil
}

// Close completes the set and returns its index. Every wanted image must have come.
func (w *Writer) Close() (*Set, error) {
	defer w.Abort()
	for i, have := range w.have {
		if !have && w.Wanted(i) {
			return nil, fmt.Errorf("data set %s: image %d has not come", w.set.Name, i)
		}
	}
	for i, f := range w.files {
		sum, err := finish(f)
		if err != nil {
			return nil, err
		}
		w.set.Splits[i].SHA256 = sum
	}
	w.set.Digest = w.set.digest()
	index, err := json.MarshalIndent(&w.set, "", "  ")
	if err != nil {
		return nil, err
	}
	folder := filepath.Dir(imageFile(w.dir, w.set.Name, w.set.Digest, "train"))
	// What is there under this digest is the same, or damaged.
	if err := os.RemoveAll(folder); err != nil {
		return nil, err
	}
	if err := os.Rename(w.temp, folder); err != nil {
		return nil, err
	}
	old, _ := Find(w.dir, w.set.Name)
	if err := cache.ReplaceBytes(indexFile(w.dir, w.set.Name), append(index, '\n')); err != nil {
		return nil, err
	}
	if old != nil && old.Digest != w.set.Digest {
		os.RemoveAll(filepath.Dir(imageFile(w.dir, old.Name, old.Digest, "train")))
	}
	return Find(w.dir, w.set.Name)
}

// finish writes a file to the disk and returns its digest.
func finish(f *os.File) (string, error) {
	if err := f.Sync(); err != nil {
		return "", err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), f.Close()
}

// Abort takes away what has been written. After Close it does nothing.
func (w *Writer) Abort() {
	for _, f := range w.files {
		if f != nil {
			f.Close()
		}
	}
	os.RemoveAll(w.temp)
}
