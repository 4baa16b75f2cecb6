package imported

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute/arrays"
)

// Ledger remembers what files hold, so that gigabytes need not be read to plan a
// build: an entry stands as long as path, size and time of change are the same. It is
// a memory only. Whoever reads a file for a result checks its digest again.
type Ledger struct {
	path string // "" = remembers for this process only

	mu      sync.Mutex
	entries map[string]entry // by absolute path
	changed bool
}

type entry struct {
	Size     int64  `json:"size"`
	Modified int64  `json:"modified"` // nanoseconds since 1970
	Digest   string `json:"digest"`
	Array    string `json:"array,omitempty"` // that the whole file is
	Held     Held   `json:"held"`
}

// Held is what the header of a file promises, and a summary of its labels.
type Held struct {
	Arrays map[string]arrays.Info `json:"arrays"`
	Labels *Labels                `json:"labels,omitempty"` // nil if the file has none
}

// OpenLedger reads a ledger. One that is missing or damaged is empty: everything in it
// can be found out again.
func OpenLedger(path string) *Ledger {
	l := &Ledger{path: path, entries: map[string]entry{}}
	if path == "" {
		return l
	}
	if text, err := os.ReadFile(path); err == nil && json.Unmarshal(text, &l.entries) != nil || l.entries == nil {
		l.entries = map[string]entry{}
	}
	return l
}

// Look says what a file is and holds. The error is an fs.ErrNotExist if there is no
// file, and otherwise an *arrays.Error.
func (l *Ledger) Look(path string) (File, Held, error) {
	several, err := parts(path)
	if err != nil {
		return File{}, Held{}, err
	}
	if several == nil {
		return l.one(path, "")
	}
	all, digests := Held{Arrays: map[string]arrays.Info{}}, map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(several)) {
		file, held, err := l.one(several[name], name)
		if err != nil {
			return File{}, Held{}, err
		}
		digests[name] = file.Digest
		for _, info := range held.Arrays { // there is one
			all.Arrays[name] = info
		}
		if held.Labels != nil {
			all.Labels = held.Labels
		}
	}
	return File{Digest: together(digests), Path: path}, all, nil
}

// one looks at a single file, which is all of an array if it has a name.
func (l *Ledger) one(path, array string) (File, Held, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return File{}, Held{}, err
	}
	s, err := stampOf(absolute)
	if errors.Is(err, fs.ErrNotExist) {
		return File{}, Held{}, fs.ErrNotExist
	}
	if err != nil {
		return File{}, Held{}, &arrays.Error{File: path, Problem: "cannot be opened", Cause: err}
	}
	l.mu.Lock()
	e, ok := l.entries[absolute]
	ok = ok && e.Array == array
	l.mu.Unlock()
	if ok && e.Size == s.size && e.Modified == s.modified {
		return File{Digest: e.Digest, Path: path}, e.Held, nil
	}
	held, err := look(path, array)
	if err != nil {
		return File{}, Held{}, err
	}
	s.path = path
	digest, err := digestOf(s)
	if err != nil {
		return File{}, Held{}, err
	}
	// A file that was written a moment ago could be written again within one tick of
	// the clock of its file system.
	if time.Since(time.Unix(0, s.modified)) > 2*time.Second {
		l.mu.Lock()
		l.entries[absolute], l.changed = entry{s.size, s.modified, digest, array, held}, true
		l.mu.Unlock()
	}
	return File{Digest: digest, Path: path}, held, nil
}

// look reads the header and the labels of a file.
func look(path, array string) (held Held, err error) {
	file, err := arrays.Open(path)
	if err != nil {
		return Held{}, err
	}
	f := &container{single: file}
	if names := file.Names(); array != "" {
		if len(names) != 1 {
			file.Close()
			return Held{}, notOne(path, names)
		}
		f = &container{parts: map[string]*arrays.File{array: file}, inner: map[string]string{array: names[0]}}
	}
	defer f.Close()
	if held.Arrays, err = f.held(); err != nil {
		return Held{}, err
	}
	if _, ok := held.Arrays[LabelsArray]; ok {
		labels, err := readLabels(f, path)
		if err != nil {
			return Held{}, err
		}
		held.Labels = summarise(labels)
	}
	return held, nil
}

// Save writes the ledger beside its old self, if it has learnt anything. Files that are
// gone are forgotten.
func (l *Ledger) Save() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.path == "" || !l.changed {
		return nil
	}
	maps.DeleteFunc(l.entries, func(path string, _ entry) bool {
		_, err := os.Stat(path)
		return errors.Is(err, fs.ErrNotExist)
	})
	text, err := json.Marshal(l.entries) // sorts by path
	if err != nil {
		return err
	}
	if err := cache.ReplaceBytes(l.path, text); err != nil {
		return err
	}
	l.changed = false
	return nil
}
