package report

import (
	"encoding/hex"
	"fmt"
)

// StoredSet is a data set of real images that the program does not carry: [[dataset]]. It
// is fetched, or added from a folder, before a preset can use it.
type StoredSet struct {
	ID     string `toml:"id" json:"id"` // "cifar100": its name in the data folder
	Label  string `toml:"label" json:"label"`
	Reader string `toml:"reader" json:"reader"` // the format of its files, or "folder" for one that is added
	Side   int    `toml:"side" json:"side"`     // that images are resized to, in pixels
	// Validation is how many training images of each class are kept for validation, or
	// below 1 the share of the rarest class, where none are published as such.
	Validation float64 `toml:"validation" json:"validation"`
	Licence    string  `toml:"licence" json:"licence"`
	Citation   string  `toml:"citation" json:"citation"`
	Page       string  `toml:"page,optional" json:"page,omitempty"` // where it is described
	// Files are as their publishers offer them; none for a folder.
	Files []StoredFile `toml:"file,optional" json:"files,omitempty"`
}

// StoredFile is a published file and how it is known to be that file.
type StoredFile struct {
	Name   string `toml:"name" json:"name"`
	URL    string `toml:"url" json:"url"`
	Bytes  int    `toml:"bytes" json:"bytes"`
	SHA256 string `toml:"sha256" json:"sha256"`
	MD5    string `toml:"md5,optional" json:"md5,omitempty"` // where the publishers state one
}

// StoredSet returns the [[dataset]] with an ID.
func (m *Manifest) StoredSet(id string) (StoredSet, bool) {
	for _, d := range m.Stored {
		if d.ID == id {
			return d, true
		}
	}
	return StoredSet{}, false
}

// Needs lists the data sets that a preset cannot do without: that of pretraining, also
// at the sizes of other presets that it takes over, then those of its tasks.
func (m *Manifest) Needs(p Preset) []StoredSet {
	names := []string{p.Pretraining.Classes}
	for _, size := range []string{p.Combinations.Size, p.Augmentation.Size, p.Longer.Size} {
		if other, err := m.Preset(size); err == nil {
			names = append(names, other.Pretraining.Classes)
		}
	}
	if at, err := m.At(p.ID); err == nil {
		for _, d := range at.Downstream {
			names = append(names, d.Dataset)
		}
	}
	var out []StoredSet
	for _, name := range names {
		d, ok := m.StoredSet(name)
		if ok && !contains(ids(out, func(d StoredSet) string { return d.ID }), name) {
			out = append(out, d)
		}
	}
	return out
}

// storedSets checks the entries as far as the manifest alone can tell.
func (c *checker) storedSets() error {
	if err := c.unique("dataset", ids(c.m.Stored, func(d StoredSet) string { return d.ID })); err != nil {
		return err
	}
	for i, d := range c.m.Stored {
		path := fmt.Sprintf("dataset[%d]", i)
		if d.Side < 8 || d.Side > 512 {
			return c.t.fail(path+".side", "side is %d; write a number of pixels from 8 to 512", d.Side)
		}
		if d.Validation < 0 {
			return c.t.fail(path+".validation", "validation is %v; write a number of images, or a share below 1", d.Validation)
		}
		if (d.Reader == "folder") != (len(d.Files) == 0) {
			return c.t.fail(path+".reader", "reader is %q with %d files; a folder has none, anything else needs [[dataset.file]]", d.Reader, len(d.Files))
		}
		for j, f := range d.Files {
			at := fmt.Sprintf("%s.file[%d]", path, j)
			if f.Bytes < 1 {
				return c.t.fail(at+".bytes", "bytes is %d; write the published size", f.Bytes)
			}
			if b, err := hex.DecodeString(f.SHA256); err != nil || len(b) != 32 {
				return c.t.fail(at+".sha256", "%q is no SHA-256; write its 64 hexadecimal digits", f.SHA256)
			}
			if b, err := hex.DecodeString(f.MD5); err != nil || len(b) != 16 && len(b) != 0 {
				return c.t.fail(at+".md5", "%q is no MD5; write its 32 hexadecimal digits", f.MD5)
			}
		}
	}
	stored := ids(c.m.Stored, func(d StoredSet) string { return d.ID })
	for i, d := range c.all {
		if d.Dataset == "" {
			continue
		}
		if err := c.known(fmt.Sprintf("downstream[%d].dataset", i), "data set", d.Dataset, stored); err != nil {
			return err
		}
	}
	return nil
}
