package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestCommittedFilesAreGenerated(t *testing.T) {
	for _, f := range files {
		have, err := os.ReadFile(filepath.Join("..", f.name))
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != f.source() {
			t.Errorf("%s is not what the generator writes; run go generate ./compute/kernel", f.name)
		}
	}
}
