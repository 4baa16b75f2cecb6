package cache

import (
	"errors"
	"io/fs"
	"iter"
	"strings"
)

// All yields every entry of the folder by key. A bad one comes as a zero Entry
// with its *Miss, and is quarantined as Get does; a folder that cannot be listed
// comes as another error, and ends it.
func (s *FS) All() iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		err := s.files(entriesDir, func(name, base string) bool {
			k, err := ParseKey(base)
			if err != nil {
				return true // a temporary file, or none of ours
			}
			e, err := s.Get(k)
			var miss *Miss
			if errors.As(err, &miss) && miss.Reason == Absent {
				return true // collected meanwhile
			}
			return yield(e, err)
		})
		if err != nil {
			yield(Entry{}, err)
		}
	}
}

// files calls f with the full and the last name of every file of the folder's
// entries or blobs, in order, until it returns false.
func (s *FS) files(top string, f func(name, base string) bool) error {
	shards, err := s.list(top)
	if err != nil {
		return err
	}
	for _, shard := range shards {
		if !shard.IsDir() {
			continue
		}
		dir := top + "/" + shard.Name()
		list, err := s.list(dir)
		if err != nil {
			return err
		}
		for _, file := range list {
			if !f(dir+"/"+file.Name(), file.Name()) {
				return nil
			}
		}
	}
	return nil
}

// list lists a folder; one that is not there is empty.
func (s *FS) list(dir string) ([]fs.DirEntry, error) {
	list, err := s.disk.list(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return list, err
}

func isTemporary(base string) bool { return strings.HasPrefix(base, temporary) }
