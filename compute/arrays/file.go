package arrays

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
)

// File is an open file of arrays. Its methods may be called from several
// goroutines.
type File struct {
	path     string
	close    func() error
	entries  map[string]*entry
	metadata map[string]string
}

// entry is one array of a file.
type entry struct {
	layout
	data payload
	bad  *Error // why it can be listed but not read; nil if it can be read
}

// Info describes an array.
type Info struct {
	// DType is the element type under its safetensors name: F16, BF16, F32, F64,
	// I8 … I64, U8 … U64, BOOL, or one that only Info knows.
	DType string
	Shape []int // lengths, outermost first; empty for a single number
}

// Open opens a safetensors, .npy or .npz file, told by its first bytes. A .npy
// file is one array named as the file without ".npy"; members of a .npz file that
// are no .npy are left out. Close the file after use.
func Open(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		// The cause repeats the path otherwise.
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return nil, because(err, "", "cannot be opened").in(path)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is no regular file")
	}
	if err != nil {
		f.Close()
		return nil, because(err, "", "cannot be opened").in(path)
	}
	file, e := open(f, info.Size(), path)
	if e != nil {
		f.Close()
		return nil, e.in(path)
	}
	file.close = f.Close
	return file, nil
}

// open reads the header of size bytes.
func open(r io.ReaderAt, size int64, path string) (*File, *Error) {
	head := make([]byte, min(size, 16))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, because(err, "", "cannot be read")
	}
	file := &File{path: path, close: func() error { return nil }, entries: map[string]*entry{}}
	var e *Error
	switch {
	case bytes.HasPrefix(head, []byte(npyMagic)):
		e = file.openNPY(r, size)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		e = file.openNPZ(r, size)
	case len(head) >= 9 && head[8] == '{':
		e = file.openSafetensors(r, size)
	default:
		e = wrong(guess(head), "is neither safetensors nor .npy nor .npz")
	}
	if e != nil {
		return nil, e
	}
	return file, nil
}

// guess tells from a file's first bytes what it is instead, and what to do.
func guess(head []byte) string {
	const save = "load it in Python and save its arrays with safetensors or numpy"
	switch {
	case len(head) == 0:
		return "the file is empty: " + mendCopy
	case bytes.HasPrefix(head, []byte("\x80\x02")), bytes.HasPrefix(head, []byte("\x80\x04")), bytes.HasPrefix(head, []byte("\x80\x05")):
		return "it looks like a Python pickle, which is never read here: " + save
	case bytes.HasPrefix(head, []byte("\x89HDF")):
		return "it looks like HDF5: " + save
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return "it looks like gzip: decompress it"
	case bytes.HasPrefix(head, []byte("version https://")):
		return "it looks like a Git LFS pointer: fetch the file itself with git lfs pull"
	}
	return "if it should be, " + mendCopy
}

// Close closes the file.
func (f *File) Close() error {
	for _, e := range f.entries {
		switch p := e.data.(type) {
		case *member:
			p.close()
		case stored:
			p.member.close()
		}
	}
	return f.close()
}

// Names returns the names of the arrays, sorted.
func (f *File) Names() []string { return slices.Sorted(maps.Keys(f.entries)) }

// Metadata returns the texts that a safetensors file carries beside its arrays.
func (f *File) Metadata() map[string]string { return maps.Clone(f.metadata) }

// Info describes the array of a name. It fails if there is none, and for an array
// of .npz whose element type safetensors does not have, such as texts.
func (f *File) Info(name string) (Info, error) {
	e := f.entries[name]
	if e == nil || e.dtype.name == "" {
		_, err := f.entry(name)
		return Info{}, err
	}
	return Info{e.dtype.name, slices.Clone(e.shape)}, nil
}

// entry finds an array that can be read.
func (f *File) entry(name string) (*entry, error) {
	e := f.entries[name]
	if e == nil {
		has := "the file has no arrays"
		if names := f.Names(); len(names) > 0 {
			const shown = 12
			has = "the file has " + strings.Join(names[:min(len(names), shown)], ", ")
			if len(names) > shown {
				has += ", …"
			}
		}
		return nil, wrong(has, "is not in the file").of(name).in(f.path)
	}
	if e.bad != nil {
		bad := *e.bad
		return nil, bad.of(name).in(f.path)
	}
	return e, nil
}
