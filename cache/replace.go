package cache

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Replace writes a file, in a folder that is there, so that it is whole or as it was, whatever
// happens: for what lies beside a store and is written again and again. write may
// write piece by piece; if it fails, nothing has changed.
func Replace(path string, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".lossxfer-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := errors.Join(write(tmp), tmp.Chmod(0o644), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// ReplaceBytes is Replace for a file that is in memory.
func ReplaceBytes(path string, b []byte) error {
	return Replace(path, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}
