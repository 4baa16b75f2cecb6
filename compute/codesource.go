package compute

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// source is what the code hash knows of one package.
type source struct {
	hash    string   // hexadecimal SHA-256 of its files, comments and formatting aside
	imports []string // what its files import, each once
}

// readSource reads the package in a folder: Go, assembly and header files for
// every platform, so that one key holds on all of them, and the files it embeds.
func readSource(fsys fs.FS, dir string) (*source, error) {
	list, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("its sources are not in the program (embed the folder in main.go): %w", err)
	}
	h := sha256.New()
	src := &source{}
	var embeds []string
	files := 0
	for _, f := range list {
		name := f.Name()
		ext := path.Ext(name)
		if f.IsDir() || strings.HasSuffix(name, "_test.go") || ext != ".go" && ext != ".s" && ext != ".h" {
			continue
		}
		text, err := fs.ReadFile(fsys, path.Join(dir, name))
		if err != nil {
			return nil, err
		}
		if ignored(text) {
			continue
		}
		files++
		stripped := stripAssembly(text)
		if ext == ".go" {
			g, err := stripGo(name, text)
			if err != nil {
				return nil, err
			}
			stripped = g.tokens
			src.imports = append(src.imports, g.imports...)
			embeds = append(embeds, g.embeds...)
		}
		writeFile(h, name, stripped)
	}
	if files == 0 {
		return nil, errors.New("its folder has no sources in the program (embed the folder in main.go)")
	}
	slices.Sort(src.imports)
	src.imports = slices.Compact(src.imports)
	if err := hashEmbeds(h, fsys, dir, embeds); err != nil {
		return nil, err
	}
	src.hash = hex.EncodeToString(h.Sum(nil))
	return src, nil
}

// ignored reports whether a file is kept out of every build, as generators are.
func ignored(text []byte) bool {
	for line := range strings.Lines(string(text[:min(len(text), 4096)])) {
		line = strings.TrimSpace(line)
		if line == "//go:build ignore" {
			return true
		}
		if line != "" && !strings.HasPrefix(line, "//") {
			break
		}
	}
	return false
}

func writeFile(h hash.Hash, name string, content []byte) {
	var b [8]byte
	for _, part := range [][]byte{[]byte(name), content} {
		binary.LittleEndian.PutUint64(b[:], uint64(len(part)))
		h.Write(b[:])
		h.Write(part)
	}
}

// hashEmbeds adds the files that go:embed patterns name. They have to be in fsys:
// main.go embeds them a second time, which costs nothing, since the linker keeps
// equal files once.
func hashEmbeds(h hash.Hash, fsys fs.FS, dir string, patterns []string) error {
	slices.Sort(patterns)
	for _, pattern := range slices.Compact(patterns) {
		pattern, all := strings.CutPrefix(pattern, "all:")
		matches, err := fs.Glob(fsys, path.Join(dir, pattern))
		if err != nil {
			return err
		}
		if len(matches) == 0 {
			return fmt.Errorf("it embeds %q, which is not in the program's sources: embed it in main.go too", pattern)
		}
		for _, m := range matches {
			err := fs.WalkDir(fsys, m, func(name string, d fs.DirEntry, err error) error {
				hidden := strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_")
				switch {
				case err != nil:
					return err
				case name != m && hidden && !all && d.IsDir():
					return fs.SkipDir
				case name != m && hidden && !all, d.IsDir():
					return nil
				}
				content, err := fs.ReadFile(fsys, name)
				if err == nil {
					writeFile(h, name, content)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
