// Package external is training by a command of the user's: on a GPU, say, in PyTorch or
// JAX. The command gets a folder with the specification of one training run and its
// images, and leaves the trained weights there; they are weights of our own architecture,
// so that every analysis works on them as on those of package train. What goes through the
// folder is described in docs/trainer.md.
//
// Such a run need not come to the same bits twice. Its key is that of the run with what is
// known of the command; the first result is kept.
package external

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Trainer is what is known of the command and enters the key of every network that it
// trains. Where it runs, with which variables of the environment and how long it may
// take does not.
type Trainer struct {
	Command []string // the program and its arguments, as given
	Version string   // what the user calls this state of the trainer
	Files   []File   // that the trainer is made of
}

// File is a file of the trainer by its content.
type File struct {
	Name   string // as given, relative to the trainer's folder
	SHA256 string // of its bytes, hex
}

// String is the command line, for people.
func (t Trainer) String() string {
	words := make([]string, len(t.Command))
	for i, w := range t.Command {
		if w == "" || strings.ContainsAny(w, " \t\n\"'\\$") {
			w = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		words[i] = w
	}
	return strings.Join(words, " ")
}

// Describe reads the files of a trainer that runs in a folder. Where names is nil, they
// are the words of the command that name a file, so that an edited script is not taken
// for the old one; the program itself only if it is in the folder, for a new
// interpreter is no new trainer.
func Describe(dir string, command []string, version string, names []string) (Trainer, error) {
	if len(command) == 0 || command[0] == "" {
		return Trainer{}, errors.New("the command of the trainer is empty")
	}
	t := Trainer{Command: command, Version: version}
	if names == nil {
		for i, w := range command {
			if i == 0 && (!filepath.IsLocal(w) || filepath.Base(w) == w) {
				continue
			}
			if info, err := os.Stat(within(dir, w)); err == nil && info.Mode().IsRegular() {
				names = append(names, w)
			}
		}
	}
	for _, name := range names {
		sum, err := digest(within(dir, name))
		if err != nil {
			return Trainer{}, fmt.Errorf("file %q of the trainer: %w", name, err)
		}
		t.Files = append(t.Files, File{name, sum})
	}
	return t, nil
}

// within is a path as it is seen from a folder.
func within(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// digest hashes a regular file.
func digest(path string) (string, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is no regular file")
	}
	if err != nil {
		return "", reasonOf(err)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", reasonOf(err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", reasonOf(err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// reasonOf is an error of the file system without the path.
func reasonOf(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
