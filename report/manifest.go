package report

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// Manifest is paper.toml: every table, figure and claim of the paper, and the
// scales at which they are computed. After loading, groups such as @objectives
// are resolved and every reference has been checked.
type Manifest struct {
	Paper         Paper        `toml:"paper"`
	DefaultPreset string       `toml:"default_preset"`
	PresetTables  presetTables `toml:"preset"`
	Temperatures  Temperatures `toml:"temperatures"`
	Combinations  Combinations `toml:"combinations,optional"`
	Augmentation  Augmentation `toml:"augmentation,optional"`
	Search        SearchSpec   `toml:"search,optional"`
	Families      []Family     `toml:"family"`
	Objectives    []Objective  `toml:"objective"`
	Downstream    []Dataset    `toml:"downstream"` // those of the preset, or of the presets that name none
	Stored        []StoredSet  `toml:"dataset,optional"`
	Attributes    Attributes   `toml:"attributes,optional"`
	Shifted       Shifted      `toml:"shifted,optional"`
	Trainer       TrainerSpec  `toml:"trainer,optional"`
	Slurm         SlurmSpec    `toml:"slurm,optional"`
	Sources       []Source     `toml:"source,optional"` // networks trained elsewhere
	Items         []ItemSpec   `toml:"item"`
	Claims        []Claim      `toml:"claim"`
	Discussions   []Discussion `toml:"discussion,optional"`
	Robustness    Robustness   `toml:"robustness,optional"`

	Presets   []Preset         `toml:"-"` // in the order of the file
	Published []PublishedTable `toml:"-"` // every CSV that an item names, in order of first use
	Digest    string           `toml:"-"` // SHA-256 over paper.toml and the published tables, hex
	Text      string           `toml:"-"` // paper.toml itself, so that a page can show an item's entry
	Dir       string           `toml:"-"` // its folder, which the paths of sources are relative to; empty for the current one
	lines     map[string]int
	file      string
	preset    string // whose manifest it is, see At; empty for that of all others

	Searched   *SearchRecord `toml:"-"` // what the search found; nil where there is no record
	searchText string
}

type presetTables map[string]Preset

// Family is a set of claims that share an error rate: the chance that any true
// null hypothesis of the family is called reproduced is at most Alpha.
type Family struct {
	ID    string  `toml:"id" json:"id"`
	Label string  `toml:"label" json:"label"`
	Alpha float64 `toml:"alpha" json:"alpha"`
}

// maxManifest bounds what is read: the manifest is a few tens of kilobytes.
const maxManifest = 4 << 20

// LoadManifest reads a manifest and, from the folder "published" beside it, the
// published tables it names, and the record of the search beside it. The error of a bad manifest is a *ManifestError that
// names file, line, key and the mend.
func LoadManifest(fsys fs.FS, name string) (*Manifest, error) {
	text, err := readBounded(fsys, name)
	if err != nil {
		return nil, &ManifestError{File: name, Msg: readFailure(err)}
	}
	published, err := fs.Sub(fsys, path.Join(path.Dir(name), "published"))
	if err != nil {
		return nil, &ManifestError{File: name, Msg: err.Error()}
	}
	m, err := ParseManifest(name, string(text), published)
	if err != nil {
		return nil, err
	}
	if err := m.readSearch(fsys, path.Join(path.Dir(name), SearchFile)); err != nil {
		return nil, err
	}
	m.describeSearch()
	m.Digest = m.digest()
	return m, nil
}

// readBounded reads a file that must not be larger than any manifest is.
func readBounded(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxManifest {
		return nil, fmt.Errorf("it has %d bytes; at most %d are read", info.Size(), maxManifest)
	}
	return fs.ReadFile(fsys, name)
}

// readFailure says why a file could not be read, without repeating its name.
func readFailure(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return "cannot be read: " + err.Error()
}

// ParseManifest decodes the text of a manifest. The file name is for errors only;
// published holds the CSV files.
func ParseManifest(file, text string, published fs.FS) (*Manifest, error) {
	if len(text) > maxManifest {
		return nil, &ManifestError{File: file, Msg: fmt.Sprintf("it has %d bytes; at most %d are read", len(text), maxManifest)}
	}
	t, err := parseTOML(file, text)
	if err != nil {
		return nil, err
	}
	m, err := t.manifest(published, nil, nil)
	if err != nil {
		return nil, err
	}
	m.Text = text
	for _, p := range m.Presets {
		if _, err := m.At(p.ID); err != nil {
			return nil, err
		}
	}
	m.Digest = m.digest()
	return m, nil
}

// manifest is the manifest of a parsed text as a preset sees it, or without one as all
// presets do that have nothing of their own. known are published tables already read.
func (t *manifestText) manifest(published fs.FS, known []PublishedTable, at *Preset) (*Manifest, error) {
	m := &Manifest{lines: t.lines, file: t.file, Published: known}
	if err := t.decode(m); err != nil {
		return nil, err
	}
	for _, id := range t.keys(presetRoot(t.root), "preset") {
		p := m.PresetTables[id]
		p.ID = id
		m.Presets = append(m.Presets, p)
	}
	c := &checker{t: t, m: m}
	if err := c.narrow(at); err != nil {
		return nil, err
	}
	for _, check := range []func() error{
		c.families, c.presets, c.datasets, c.storedSets, c.presetLists, c.dynamics, c.attributes, c.objectives, c.shifted, c.temperatures, c.combinations, c.augmentation, c.search, c.trainer,
		func() error { return c.items(published) }, c.claims, c.discussions, c.robustness,
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func presetRoot(root map[string]any) map[string]any {
	presets, _ := root["preset"].(map[string]any)
	return presets
}

// digest covers the published tables too, since a claim's outcome on the paper's
// numbers depends on them, and the record of the search, which a table shows.
func (m *Manifest) digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d\n%s", len(m.Text), m.Text)
	for _, p := range m.Published {
		fmt.Fprintf(h, "%s\n%d\n%s", p.ID, len(p.text), p.text)
	}
	if m.Searched != nil {
		fmt.Fprintf(h, "%s\n%d\n%s", SearchFile, len(m.searchText), m.searchText)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Preset returns the preset with an ID; the error lists those there are.
func (m *Manifest) Preset(id string) (Preset, error) {
	ids := make([]string, len(m.Presets))
	for i, p := range m.Presets {
		if p.ID == id {
			return p, nil
		}
		ids[i] = p.ID
	}
	return Preset{}, fmt.Errorf("unknown preset %q; %s", id, suggest(id, ids))
}

// Item returns the entry with an ID; the error names the nearest one.
func (m *Manifest) Item(id string) (ItemSpec, error) {
	ids := make([]string, len(m.Items))
	for i, item := range m.Items {
		if item.ID == id {
			return item, nil
		}
		ids[i] = item.ID
	}
	return ItemSpec{}, fmt.Errorf("unknown item %q; %s", id, suggest(id, ids))
}

// Objective returns the objective with an ID.
func (m *Manifest) Objective(id string) (Objective, bool) {
	for _, o := range m.Objectives {
		if o.ID == id {
			return o, true
		}
	}
	return Objective{}, false
}

// PublishedTable returns the published values of a table: its ID is the name of
// its CSV file without the extension.
func (m *Manifest) PublishedTable(id string) (PublishedTable, bool) {
	for _, p := range m.Published {
		if p.ID == id {
			return p, true
		}
	}
	return PublishedTable{}, false
}

// Entry returns the lines of the manifest that describe an item, from its
// [[item]] header to the next entry: the input of a notebook's cell.
func (m *Manifest) Entry(itemID string) (text string, line int) {
	for i, item := range m.Items {
		if item.ID == itemID {
			first := m.lines[fmt.Sprintf("item[%d]", i)]
			return entryText(m.Text, first), first
		}
	}
	return "", 0
}
