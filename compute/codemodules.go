package compute

import (
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/mod/modfile"
)

// modules knows which version of which module go.mod selects and what go.sum says
// of it.
type modules struct {
	version map[string]string    // by module path
	replace map[string][2]string // path and version used instead
	sums    map[string][]string  // hashes by "path version"
}

func readModules(fsys fs.FS) (*modules, error) {
	text, err := fs.ReadFile(fsys, "go.mod")
	if err != nil {
		return nil, fmt.Errorf("go.mod is not in the program (embed it in main.go): %w", err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		return nil, err
	}
	sum, err := fs.ReadFile(fsys, "go.sum")
	if err != nil {
		return nil, fmt.Errorf("go.sum is not in the program (embed it in main.go): %w", err)
	}
	m := &modules{version: map[string]string{}, replace: map[string][2]string{}, sums: map[string][]string{}}
	for _, r := range mod.Require {
		m.version[r.Mod.Path] = r.Mod.Version
	}
	for _, r := range mod.Replace {
		m.replace[r.Old.Path] = [2]string{r.New.Path, r.New.Version}
	}
	for line := range strings.Lines(string(sum)) {
		if f := strings.Fields(line); len(f) == 3 {
			m.sums[f[0]+" "+f[1]] = append(m.sums[f[0]+" "+f[1]], f[2])
		}
	}
	return m, nil
}

// of returns the module that an import path belongs to and what identifies its
// content: version and hash.
func (m *modules) of(imp string) (name, lines string, err error) {
	for name = imp; ; name = name[:strings.LastIndexByte(name, '/')] {
		if _, ok := m.version[name]; ok {
			break
		}
		if !strings.Contains(name, "/") {
			return "", "", fmt.Errorf("no module in go.mod has the package %s", imp)
		}
	}
	mod, version := name, m.version[name]
	if r, ok := m.replace[name]; ok {
		mod, version = r[0], r[1]
	}
	sums := m.sums[mod+" "+version]
	if len(sums) == 0 {
		// A module replaced by a folder has no hash, and code we cannot see must
		// not pass for code we know.
		return "", "", fmt.Errorf("go.sum has no hash of %s %s, which %s comes from", mod, version, imp)
	}
	return name, strings.Join(append([]string{mod, version}, sums...), " "), nil
}
