package cache

import (
	"fmt"
	"os"
	"path/filepath"
)

// Variable is the environment variable that names the cache folder.
const Variable = "LOSSXFER_CACHE"

// Default returns the folder used when none is asked for: $LOSSXFER_CACHE, or
// lossxfer-report in the user's cache folder.
func Default() (string, error) {
	if dir := os.Getenv(Variable); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("cache: no folder for results: set %s or give one with --cache: %w", Variable, err)
	}
	return filepath.Join(dir, "lossxfer-report"), nil
}
