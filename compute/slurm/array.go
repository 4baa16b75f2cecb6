package slurm

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"lossxfer-report/cache"
)

// array is a job array as it is written down. Elements and After never change once it is.
type array struct {
	Name     string     `json:"name"`
	ID       string     `json:"id,omitempty"` // Slurm's number; empty until it was handed in
	After    []string   `json:"after"`        // names of the arrays that have to end first
	Elements [][]string `json:"elements"`     // keys of the tasks of each element

	folder string
}

const (
	arraysDir  = "arrays"
	arrayFile  = "array.json"
	scriptFile = "script.sh"
	journalDir = "journal"
	logDir     = "log"
	// prefix of all names, for people who look into the queue.
	prefix = "lossxfer-"
)

// maxArrayFile bounds what is read of one, in bytes.
const maxArrayFile = 256 << 20

// newName is a name that no other array has or had.
func newName() string {
	var b [6]byte
	rand.Read(b[:])
	return prefix + hex.EncodeToString(b[:])
}

// save writes the array down, in a folder of its own.
func (a *array) save() error {
	b, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return cache.ReplaceBytes(filepath.Join(a.folder, arrayFile), b)
}

// create makes the folder of a new array and writes its script and its record.
func (a *array) create(script string) error {
	for _, dir := range []string{journalDir, logDir} {
		if err := os.MkdirAll(filepath.Join(a.folder, dir), 0o777); err != nil {
			return err
		}
	}
	if err := cache.ReplaceBytes(a.script(), []byte(script)); err != nil {
		return err
	}
	return a.save()
}

func (a *array) script() string { return filepath.Join(a.folder, scriptFile) }

func (a *array) journal(i int) string {
	return filepath.Join(a.folder, journalDir, strconv.Itoa(i))
}

func (a *array) log(i int) string {
	return filepath.Join(a.folder, logDir, strconv.Itoa(i))
}

// readArray reads the record of an array from its folder.
func readArray(folder string) (*array, error) {
	path := filepath.Join(folder, arrayFile)
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxArrayFile {
		return nil, fmt.Errorf("%s: %d bytes; no array is described by so many", path, info.Size())
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	a, err := decodeArray(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; remove the folder to have its tasks submitted anew", path, err)
	}
	if a.Name != filepath.Base(folder) {
		return nil, fmt.Errorf("%s: it is of array %q; remove the folder to have its tasks submitted anew", path, a.Name)
	}
	a.folder = folder
	return a, nil
}

// decodeArray reads a record that may come from anybody who can write to the folder.
func decodeArray(b []byte) (*array, error) {
	var a array
	if err := json.Unmarshal(b, &a); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(a.Name, prefix) || strings.ContainsAny(a.Name, "/\\,| \n") {
		return nil, fmt.Errorf("%q is no array's name", a.Name)
	}
	if _, err := strconv.Atoi(a.ID); err != nil && a.ID != "" {
		return nil, fmt.Errorf("%q is no job's number", a.ID)
	}
	for i, keys := range a.Elements {
		for _, k := range keys {
			if _, err := cache.ParseKey(k); err != nil {
				return nil, fmt.Errorf("element %d: %w", i, err)
			}
		}
	}
	return &a, nil
}

// parsed are the keys of an element. decodeArray has checked them.
func (a *array) parsed(i int) []cache.Key {
	keys := make([]cache.Key, len(a.Elements[i]))
	for j, k := range a.Elements[i] {
		keys[j], _ = cache.ParseKey(k)
	}
	return keys
}

// readArrays reads all that is written down, oldest name first. Of a record that cannot
// be read the error tells; the others are there all the same.
func readArrays(dir string) ([]*array, error) {
	folders, err := os.ReadDir(filepath.Join(dir, arraysDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []*array
	errs := []error{err}
	for _, f := range folders {
		a, err := readArray(filepath.Join(dir, arraysDir, f.Name()))
		switch {
		case errors.Is(err, fs.ErrNotExist): // being made or being removed
		case err != nil:
			errs = append(errs, err)
		default:
			all = append(all, a)
		}
	}
	return all, errors.Join(errs...)
}

// forgotten is after how long an array is removed that is over and whose tasks nobody
// has asked for again.
const forgotten = 30 * 24 * time.Hour

// prune tidies up behind earlier builds, whose logs are kept until then: it removes arrays
// all of whose results are in the store, arrays that nobody has come back to for long, and
// what the nodes read when no array is left.
func prune(dir string, store cache.Store) {
	all, err := readArrays(dir)
	left := 0
	for _, a := range all {
		info, statErr := os.Stat(filepath.Join(a.folder, arrayFile))
		old := statErr == nil && time.Since(info.ModTime()) > forgotten
		if !old && !a.complete(store) {
			left++
			continue
		}
		_ = os.RemoveAll(a.folder) // it is only untidy to leave it
	}
	if err == nil && left == 0 {
		_ = os.RemoveAll(filepath.Join(dir, programsDir))
		_ = os.RemoveAll(filepath.Join(dir, filesDir))
	}
}

// complete says whether the store has the results of all tasks of an array.
func (a *array) complete(store cache.Store) bool {
	for i := range a.Elements {
		if slices.ContainsFunc(a.parsed(i), func(k cache.Key) bool {
			_, err := store.Get(k)
			return err != nil
		}) {
			return false
		}
	}
	return true
}
