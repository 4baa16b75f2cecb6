package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// platforms are those of a release, as in the Makefile: a module may be part of the
// program on one of them only.
var platforms = []string{
	"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64",
}

// textName is how files with a licence or a notice are called.
var textName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|unlicense|notice|patents|sil-license)([-_.].*)?$`)

// modules returns the Go modules that the program links on some platform, by path.
func modules(root string) ([]part, error) {
	type module struct {
		version string
		files   map[string]bool
	}
	all := map[string]*module{}
	for _, platform := range platforms {
		system, arch, _ := strings.Cut(platform, "/")
		cmd := exec.Command("go", "list", "-deps", "-f",
			"{{if not .Standard}}{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}\t{{.Dir}}{{end}}", ".")
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+arch, "CGO_ENABLED=0")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w: %s", platform, err, stderr.Bytes())
		}
		for line := range strings.Lines(string(out)) {
			words := strings.Split(strings.TrimSpace(line), "\t")
			if len(words) != 4 {
				continue // a package of this module
			}
			path, version, dir, pkg := words[0], words[1], words[2], words[3]
			if all[path] == nil {
				all[path] = &module{version, map[string]bool{}}
			}
			if err := texts(dir, pkg, all[path].files); err != nil {
				return nil, err
			}
		}
	}
	var parts []part
	for path, m := range all {
		var files []string
		for file := range m.files {
			files = append(files, file)
		}
		slices.Sort(files)
		parts = append(parts, part{name: path, version: m.version, use: uses[path], files: files})
	}
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	return parts, nil
}

// texts adds the licences that hold for the package in the folder pkg of a module in the
// folder dir: those of its own folder and of every folder above it.
func texts(dir, pkg string, files map[string]bool) error {
	for at := pkg; ; at = filepath.Dir(at) {
		found, err := licensesIn(at)
		if err != nil {
			return err
		}
		for _, file := range found {
			files[file] = true
		}
		if at == dir {
			break
		}
	}
	// gonum keeps the licences of what it was made from in a folder of its own.
	err := filepath.WalkDir(filepath.Join(dir, "THIRD_PARTY_LICENSES"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[path] = true
		}
		return err
	})
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

// licensesIn lists the licences and notices in one folder.
func licensesIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && textName.MatchString(e.Name()) {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	return files, nil
}
