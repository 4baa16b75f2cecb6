package slurm

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"lossxfer-report/cache"
)

const filesDir = "files"

// FilesDir is where Executor.Files are on the nodes: a folder of the shared one that is named
// by their content, so that elements that wait read what was there when they were submitted.
func (e Executor) FilesDir() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(e.Files)) {
		for _, part := range [][]byte{[]byte(name), e.Files[name]} {
			h.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(part))))
			h.Write(part)
		}
	}
	return filepath.Join(e.dir(), filesDir, hex.EncodeToString(h.Sum(nil))[:16])
}

// copyFiles puts the files there.
func (e Executor) copyFiles() error {
	for name, content := range e.Files {
		path := filepath.Join(e.FilesDir(), filepath.FromSlash(name))
		if info, err := os.Stat(path); err == nil && info.Size() == int64(len(content)) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := cache.ReplaceBytes(path, content); err != nil {
			return err
		}
	}
	return nil
}
