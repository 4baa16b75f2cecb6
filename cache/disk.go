package cache

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// disk is the little of a filesystem that the store needs. It exists so that the
// tests can make any single step fail, stop half-way, or be the last one before
// the process is killed.
type disk interface {
	open(name string) (source, error)
	stat(name string) (fs.FileInfo, error)
	list(name string) ([]fs.DirEntry, error)
	create(name string) (sink, error) // fails if the name exists
	link(old, new string) error       // fails if the new name exists
	rename(old, new string) error
	remove(name string) error
	mkdir(name string) error
	touch(name string, t time.Time) error
	syncDir(name string) error
}

type source interface {
	io.ReadCloser
	Stat() (fs.FileInfo, error)
}

type sink interface {
	io.WriteCloser
	Sync() error
}

// rootDisk is a real folder. os.Root keeps every name inside it, symbolic links
// included, so a hostile folder cannot point the store anywhere else.
type rootDisk struct{ root *os.Root }

func (d rootDisk) open(name string) (source, error) {
	// Without O_NONBLOCK, opening a pipe that somebody put in a file's place
	// would wait for a writer for ever.
	f, err := d.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (d rootDisk) stat(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }

func (d rootDisk) list(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(d.root.FS(), name)
}

func (d rootDisk) create(name string) (sink, error) {
	// Read-only for everybody: nothing written is ever changed.
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o444)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (d rootDisk) link(old, new string) error   { return d.root.Link(old, new) }
func (d rootDisk) rename(old, new string) error { return d.root.Rename(old, new) }
func (d rootDisk) remove(name string) error     { return d.root.Remove(name) }
func (d rootDisk) mkdir(name string) error      { return d.root.Mkdir(name, 0o777) }

func (d rootDisk) touch(name string, t time.Time) error { return d.root.Chtimes(name, t, t) }

func (d rootDisk) syncDir(name string) error {
	f, err := d.root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	err = f.Sync()
	// Some filesystems cannot sync a folder and say so; they order renames by
	// themselves.
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}
