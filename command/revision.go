package command

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lossxfer-report/cache"
	"lossxfer-report/report"
)

// reportKind is the kind of the entries under which builds leave their reports.
const reportKind = "report"

// keepReport leaves the report of a complete build in the cache, under what it was made
// from, so that diff finds it by revision. It returns the key.
func (a *App) keepReport(store cache.Store, r *report.Report) (string, error) {
	program, err := programDigest(a.assets.Program...)
	if err != nil {
		return "", err
	}
	encoded, err := report.Encode(r)
	if err != nil {
		return "", err
	}
	parts := a.reportParts(program, r.ManifestDigest)
	e, err := store.Put(cache.Entry{Key: cache.KeyOf(parts), Kind: reportKind, Parts: parts, Made: cache.Here()}, encoded)
	return e.Key.String(), err
}

// reportParts is the key of a report. A manifest counts by itself only if it is not the
// program's own.
func (a *App) reportParts(program, manifest string) []cache.Part {
	parts := []cache.Part{{Name: "kind", Value: reportKind}, {Name: "program", Value: program}, {Name: "preset", Value: a.preset}}
	if a.manifest != "" {
		parts = append(parts, cache.Part{Name: "manifest", Value: manifest})
	}
	return parts
}

// reportOfRevision finds the report that a build of a revision left in the cache, or
// builds it.
func (a *App) reportOfRevision(ctx context.Context, revision string, build bool) (*report.Report, error) {
	m, err := a.load()
	if err != nil {
		return nil, err
	}
	if a.preset == "" {
		a.preset = m.DefaultPreset
	}
	commit, err := git(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return nil, exit(ExitUsage, fmt.Errorf("%s is neither a file nor a revision of the repository here: %w", revision, err))
	}
	archive, err := git(ctx, "archive", "--format=tar", strings.TrimSpace(string(commit)))
	if err != nil {
		return nil, exit(ExitFailure, err)
	}
	sources, err := untar(archive)
	if err != nil {
		return nil, exit(ExitFailure, err)
	}
	store, err := a.store()
	if err != nil {
		return nil, err
	}
	e, err := store.Get(cache.KeyOf(a.reportParts(digestOf(sources), m.Digest)))
	var text []byte
	if err == nil {
		text, err = store.Read(e)
	}
	if err != nil {
		if !build {
			return nil, exit(ExitUsage, fmt.Errorf("no report of %s at preset %s is in the cache: give --build, or build it there first", revision, a.preset))
		}
		if text, err = a.buildRevision(ctx, strings.TrimSpace(string(commit))); err != nil {
			return nil, exit(ExitFailure, fmt.Errorf("build of %s: %w", revision, err))
		}
	}
	r, err := report.Decode(text)
	if err != nil {
		return nil, exit(ExitFailure, fmt.Errorf("the report of %s: %w", revision, err))
	}
	return r, nil
}

// buildRevision checks a commit out into a temporary folder and builds its report there
// against the same cache.
func (a *App) buildRevision(ctx context.Context, commit string) (text []byte, err error) {
	store, err := a.store()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "lossxfer-report-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	tree, out := filepath.Join(dir, "tree"), filepath.Join(dir, "out")
	if _, err := git(ctx, "worktree", "add", "--quiet", "--detach", tree, commit); err != nil {
		return nil, err
	}
	defer func() {
		// Not with ctx: what was checked out goes even after Ctrl-C.
		_, gone := git(context.Background(), "worktree", "remove", "--force", tree)
		err = errors.Join(err, gone)
	}()
	cacheDir, err := filepath.Abs(store.Dir())
	if err != nil {
		return nil, err
	}
	args := []string{"run", ".", "build", "--preset", a.preset, "--out", out, "--cache", cacheDir}
	if a.manifest != "" {
		manifest, err := filepath.Abs(a.manifest)
		if err != nil {
			return nil, err
		}
		args = append(args, "--manifest", manifest)
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = tree, a.stderr, a.stderr
	if err := cmd.Run(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(out, "report.json"))
}

// git runs git in the working folder.
func git(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		if msg := strings.TrimSpace(stderr.String()); msg != "" {
			err = errors.New(msg)
		}
		return nil, fmt.Errorf("git %s: %w", args[0], err)
	}
	return out, nil
}

// programPaths are the files and folders that the program is made from.
var programPaths = []string{
	"main.go", "go.mod", "go.sum", "paper.toml", "published", "searched.json", "cache", "command", "compute", "report", "sections", "templates",
}

// counts says whether a file is part of what the program is made from: tests and the
// hidden files that an embedded folder lacks are not.
func counts(name string) bool {
	for _, element := range strings.Split(name, "/") {
		if element == "testdata" || strings.HasPrefix(element, ".") || strings.HasPrefix(element, "_") {
			return false
		}
	}
	return !strings.HasSuffix(name, "_test.go") && slices.ContainsFunc(programPaths, func(p string) bool {
		return name == p || strings.HasPrefix(name, p+"/")
	})
}

// untar lists the digests of the files that count in an archive.
func untar(archive []byte) (map[string]string, error) {
	sums := map[string]string{}
	for t := tar.NewReader(bytes.NewReader(archive)); ; {
		h, err := t.Next()
		if err == io.EOF {
			return sums, nil
		}
		if err != nil {
			return nil, err
		}
		if name := path.Clean(h.Name); h.Typeflag == tar.TypeReg && counts(name) {
			text, err := io.ReadAll(t)
			if err != nil {
				return nil, err
			}
			sums[name] = digest(text)
		}
	}
}
