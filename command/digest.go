package command

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
)

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// digestOf is the SHA-256 over names and the digests of their contents.
func digestOf(sums map[string]string) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintf(h, "%s %s\n", sums[name], name)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// addDigests adds the digests of the files in a folder, or of the file, that count.
func addDigests(sums map[string]string, fsys fs.FS, root string, counts func(name string) bool) error {
	err := fs.WalkDir(fsys, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !counts(name) {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		sums[name] = digest(text)
		return err
	})
	if err != nil {
		return fmt.Errorf("the sources in the program cannot be read: %w", err)
	}
	return nil
}

func every(string) bool { return true }

// sourceDigest is the SHA-256 over the names and contents of all files.
func sourceDigest(fsys fs.FS) (string, error) {
	sums := map[string]string{}
	err := addDigests(sums, fsys, ".", every)
	return digestOf(sums), err
}

// programDigest is the SHA-256 over the names and contents of the files that count.
func programDigest(all ...fs.FS) (string, error) {
	sums := map[string]string{}
	for _, fsys := range all {
		if err := addDigests(sums, fsys, ".", counts); err != nil {
			return "", err
		}
	}
	return digestOf(sums), nil
}

// drawerDigest is of what turns the options of a figure into a drawing: ECharts, the
// engine that runs it and what cleans its output. The rest of the program may change.
func drawerDigest(sources fs.FS) (string, error) {
	sums := map[string]string{}
	for _, root := range []string{"report/svg", "templates/echarts", "go.sum"} {
		if err := addDigests(sums, sources, root, every); err != nil {
			return "", err
		}
	}
	return digestOf(sums), nil
}
