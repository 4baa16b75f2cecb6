package imported

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lossxfer-report/compute/arrays"
)

// ArrayPlace in the name of a file stands for the names of arrays, each in a file of its
// own: features.npy, labels.npy. It stands once, in the last part of the path; the / in
// the name of an array of activations is a dash there.
const ArrayPlace = "{array}"

// parts lists the files that a path stands for, by the names of their arrays; nil if it
// is the path of a single file. Without any such file the error is an fs.ErrNotExist.
func parts(path string) (map[string]string, error) {
	dir, base := filepath.Split(path)
	before, after, ok := strings.Cut(base, ArrayPlace)
	if !ok {
		return nil, nil
	}
	entries, err := os.ReadDir(filepath.Clean(dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &arrays.Error{File: dir, Problem: "cannot be read", Cause: err}
	}
	found := map[string]string{}
	for _, e := range entries {
		name, isOne := strings.CutPrefix(e.Name(), before)
		name, ends := strings.CutSuffix(name, after)
		if isOne && ends && name != "" {
			if layer, ok := strings.CutPrefix(name, strings.ReplaceAll(ActivationsPath, "/", "-")); ok {
				name = ActivationsPath + layer
			}
			found[name] = filepath.Join(dir, e.Name())
		}
	}
	if len(found) == 0 {
		return nil, fs.ErrNotExist
	}
	return found, nil
}

// container is the arrays of one file, or of several with one array each.
type container struct {
	single *arrays.File // nil if there are several
	parts  map[string]*arrays.File
	inner  map[string]string // the name of a part's array in its file
}

// openContainer opens what a path stands for.
func openContainer(path string) (*container, error) {
	list, err := parts(path)
	if err != nil {
		return nil, err
	}
	if list == nil {
		f, err := arrays.Open(path)
		return &container{single: f}, err
	}
	c := &container{parts: map[string]*arrays.File{}, inner: map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(list)) {
		f, err := arrays.Open(list[name])
		if err != nil {
			c.Close()
			return nil, err
		}
		c.parts[name] = f
		names := f.Names()
		if len(names) != 1 {
			c.Close()
			return nil, notOne(list[name], names)
		}
		c.inner[name] = names[0]
	}
	return c, nil
}

func notOne(path string, names []string) error {
	return &arrays.Error{File: path, Problem: fmt.Sprintf("has %d arrays where the name of the file stands for one", len(names)), Mend: "write a .npy file"}
}

// of is the file with an array, and the array's name in it.
func (c *container) of(name string) (*arrays.File, string, error) {
	if c.single != nil {
		return c.single, name, nil
	}
	f, ok := c.parts[name]
	if !ok {
		return nil, "", &arrays.Error{Array: name, Problem: "has no file", Mend: "there are files of " + strings.Join(c.Names(), ", ")}
	}
	return f, c.inner[name], nil
}

func (c *container) Close() error {
	if c.single != nil {
		return c.single.Close()
	}
	var err error
	for _, f := range c.parts {
		err = errors.Join(err, f.Close())
	}
	return err
}

// Names are those of the arrays, sorted.
func (c *container) Names() []string {
	if c.single != nil {
		return c.single.Names()
	}
	return slices.Sorted(maps.Keys(c.parts))
}

func (c *container) Info(name string) (arrays.Info, error) {
	f, inner, err := c.of(name)
	if err != nil {
		return arrays.Info{}, err
	}
	return f.Info(inner)
}

func (c *container) Float32(name string) ([]float32, []int, error) {
	f, inner, err := c.of(name)
	if err != nil {
		return nil, nil, err
	}
	return f.Float32(inner)
}

func (c *container) Int64(name string) ([]int64, []int, error) {
	f, inner, err := c.of(name)
	if err != nil {
		return nil, nil, err
	}
	return f.Int64(inner)
}

func (c *container) Rows(name string, from, to int, dst []float32) error {
	f, inner, err := c.of(name)
	if err != nil {
		return err
	}
	return f.Rows(inner, from, to, dst)
}

func (c *container) Finite(name string) error {
	f, inner, err := c.of(name)
	if err != nil {
		return err
	}
	return f.Finite(inner)
}

// held lists the arrays.
func (c *container) held() (map[string]arrays.Info, error) {
	all := map[string]arrays.Info{}
	for _, name := range c.Names() {
		info, err := c.Info(name)
		if err != nil {
			return nil, err
		}
		all[name] = info
	}
	return all, nil
}

// together is the digest of several files: of their names and digests.
func together(digests map[string]string) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(digests)) {
		fmt.Fprintf(h, "%d %s %s\n", len(name), name, digests[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}
