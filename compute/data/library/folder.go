// Package library is the folder of data sets that the program does not carry: sets of
// real images that were fetched or added, each under its name with an index that holds
// the digest of every byte. A set is in the library whole or not at all.
package library

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// Variable is the environment variable that names the folder.
const Variable = "LOSSXFER_DATA"

// Folder returns the folder of the library: $LOSSXFER_DATA, or lossxfer-report-data in
// the user's cache folder, beside the results.
func Folder() (string, error) {
	if dir := os.Getenv(Variable); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no folder for data sets: set %s: %w", Variable, err)
	}
	return filepath.Join(dir, "lossxfer-report-data"), nil
}

// Downloads is where the files of a set lie as they were published, under the folder
// of the library.
func Downloads(dir, name string) string { return filepath.Join(dir, "downloads", name) }

// names of sets become names of files.
var names = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// CheckName says what is wrong with the name of a set, or nil.
func CheckName(name string) error {
	if !names.MatchString(name) {
		return fmt.Errorf("name %q of a data set: use up to 64 small letters, digits, dashes and underscores", name)
	}
	return nil
}

// indexFile is where the index of a set lies; the images are in the folder beside it.
func indexFile(dir, name string) string { return filepath.Join(dir, "sets", name+".json") }

// imageFile is where a split of a set lies. Its folder is named after the digest, so
// that another set of the same name never has the images of this one.
func imageFile(dir, name, digest, split string) string {
	return filepath.Join(dir, "sets", name+"-"+digest[:16], split+".idx")
}
