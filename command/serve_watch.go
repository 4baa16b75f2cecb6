package command

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// watchEvery is how often files are looked at. Looking is cheap: a few dozen files, and
// no program has to be told by the system.
const watchEvery = 300 * time.Millisecond

// watch notices changes of a file or of a folder's files.
type watch struct {
	root string
	seen map[string]stamp
}

// stamp is what changes with a file.
type stamp struct {
	size int64
	time time.Time
}

// newWatch starts with what is there now. Without a root nothing ever changes.
func newWatch(root string) *watch {
	w := &watch{root: root}
	w.seen = w.look()
	return w
}

func (w *watch) look() map[string]stamp {
	seen := map[string]stamp{}
	if w.root == "" {
		return seen
	}
	// A file that vanishes while we look is a change like any other.
	_ = filepath.WalkDir(w.root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		if info, err := os.Stat(path); err == nil {
			seen[path] = stamp{info.Size(), info.ModTime()}
		}
		return nil
	})
	return seen
}

// changed says whether anything has since the last time.
func (w *watch) changed() bool {
	now := w.look()
	same := len(now) == len(w.seen)
	for path, s := range now {
		old, there := w.seen[path]
		same = same && there && s.size == old.size && s.time.Equal(old.time)
	}
	w.seen = now
	return !same
}
