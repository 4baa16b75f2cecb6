package compute

import (
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"

	"lossxfer-report/cache"
)

// CodeHasher tells what code a task's result depends on, as named parts of its
// key: one per package of this module, one per external module, one for the Go
// version, so that a changed key can be explained.
type CodeHasher interface {
	// Code returns the parts of a package path, as reflect.Type.PkgPath gives it.
	Code(pkgPath string) ([]cache.Part, error)
}

// FixedCode is a CodeHasher that gives every task the same code, for tests.
type FixedCode string

// Code implements CodeHasher.
func (f FixedCode) Code(string) ([]cache.Part, error) {
	return []cache.Part{{Name: "code", Value: string(f)}}, nil
}

// Code hashes the module's own sources. A package stands for itself and for
// everything it imports: the packages of this module by the hash of their
// sources (comments, formatting and tests left out; files they embed put in),
// the modules outside by their lines in go.sum, the standard library by the Go
// version. Only the modules that this module's packages import themselves are
// seen; their own dependencies are pinned by go.mod but not in the key.
//
// The packages compute and cache do not count: they carry results and cannot
// change them, and a faster scheduler should not throw away trained networks.
type Code struct {
	fsys       fs.FS
	modulePath string
	goVersion  string
	opaque     map[string]bool

	mu       sync.Mutex
	packages map[string]*source      // by import path; sources are read once, when first needed
	parts    map[string][]cache.Part // by import path, with everything imported
	modules  *modules                // read when the first external import is met
}

// NewCode returns a hasher of the sources under fsys, which is the root of the
// module: its packages' files where they lie in the module, with go.mod and
// go.sum. Nothing is read until a package is asked for.
func NewCode(fsys fs.FS, modulePath string, goVersion string) (*Code, error) {
	if fsys == nil || modulePath == "" || goVersion == "" {
		return nil, fmt.Errorf("compute: the code hash needs the sources, the module path (%q) and the Go version (%q)", modulePath, goVersion)
	}
	return &Code{
		fsys: fsys, modulePath: modulePath, goVersion: goVersion,
		opaque: map[string]bool{
			reflect.TypeFor[Plan]().PkgPath():      true,
			reflect.TypeFor[cache.Key]().PkgPath(): true,
		},
		packages: map[string]*source{},
		parts:    map[string][]cache.Part{},
	}, nil
}

// Code implements CodeHasher.
func (c *Code) Code(pkgPath string) ([]cache.Part, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if have, ok := c.parts[pkgPath]; ok {
		return have, nil
	}
	own, outside := map[string]string{}, map[string]string{}
	if err := c.walk(pkgPath, own, outside); err != nil {
		return nil, err
	}
	parts := []cache.Part{{Name: "go", Value: c.goVersion}}
	for _, group := range []struct {
		name string
		of   map[string]string
	}{{"code ", own}, {"module ", outside}} {
		var names []string
		for name := range group.of {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			parts = append(parts, cache.Part{Name: group.name + name, Value: group.of[name]})
		}
	}
	c.parts[pkgPath] = parts
	return parts, nil
}

// walk adds a package and what it imports: hashes of sources by path inside the
// module, lines of go.sum by module.
func (c *Code) walk(pkgPath string, own, outside map[string]string) error {
	dir := c.dir(pkgPath)
	if _, seen := own[dir]; seen || c.opaque[pkgPath] {
		return nil
	}
	src := c.packages[pkgPath]
	if src == nil {
		var err error
		if src, err = readSource(c.fsys, dir); err != nil {
			return fmt.Errorf("%s: %w", pkgPath, err)
		}
		c.packages[pkgPath] = src
	}
	own[dir] = src.hash
	for _, imp := range src.imports {
		switch first, _, _ := strings.Cut(imp, "/"); {
		case imp == c.modulePath || strings.HasPrefix(imp, c.modulePath+"/"):
			if err := c.walk(imp, own, outside); err != nil {
				return err
			}
		case strings.Contains(first, "."):
			if c.modules == nil {
				m, err := readModules(c.fsys)
				if err != nil {
					return err
				}
				c.modules = m
			}
			name, lines, err := c.modules.of(imp)
			if err != nil {
				return fmt.Errorf("%s: %w", pkgPath, err)
			}
			outside[name] = lines
		}
	}
	return nil
}

// dir returns the folder of a package inside the module.
func (c *Code) dir(pkgPath string) string {
	if pkgPath == c.modulePath {
		return "."
	}
	return path.Clean(strings.TrimPrefix(pkgPath, c.modulePath+"/"))
}
