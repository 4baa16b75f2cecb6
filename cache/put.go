package cache

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// attempts bounds how often Put starts again because another process, or a bad
// file, was in the way.
const attempts = 8

// Put implements Store. The order of steps is what makes a kill at any moment
// harmless: the blob is whole and durable before an entry can name it, and both
// get their name in one step from a file that is already whole.
func (s *FS) Put(e Entry, blob []byte) (Entry, error) {
	e, enc, err := seal(e, blob)
	if err != nil {
		return Entry{}, err
	}
	if err := s.putBlob(e, blob); err != nil {
		return Entry{}, fmt.Errorf("cache: cannot store the result of %s: %w", e.Kind, err)
	}
	stands, err := s.putEntry(e, enc)
	if err != nil {
		return Entry{}, fmt.Errorf("cache: cannot store the entry of %s: %w", e.Kind, err)
	}
	return stands, nil
}

func (s *FS) putBlob(e Entry, blob []byte) error {
	name := blobName(e.Blob)
	for range attempts {
		_, miss := s.readBlob(e.Blob, e.Size)
		if miss == nil {
			// Its writer may not have come to sync the folder yet.
			s.freshen(name)
			return s.disk.syncDir(path.Dir(name))
		}
		err := s.install(name, blob)
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
		// Somebody was faster, or something that is no blob has its name.
		if miss.Reason == BlobAbsent && !s.regular(name) {
			s.quarantine(name, NotAFile)
		}
	}
	return fmt.Errorf("%s is in the way and cannot be moved", name)
}

// freshen gives a file today's time, so that a gc that runs now does not take it for an
// orphan. It makes no file older: the clock here may be behind that of its writer.
func (s *FS) freshen(name string) {
	now := s.now()
	if info, err := s.disk.stat(name); err == nil && info.ModTime().Before(now) {
		_ = s.disk.touch(name, now)
	}
}

func (s *FS) putEntry(e Entry, enc []byte) (Entry, error) {
	name := entryName(e.Key)
	for range attempts {
		old, err := s.Get(e.Key)
		if err == nil {
			if old.Blob == e.Blob {
				return old, s.disk.syncDir(path.Dir(name))
			}
			// An earlier result that differs stands only if it can be read.
			if _, err := s.Read(old); err == nil {
				return old, nil
			}
		}
		// Get has moved a bad entry away, but not a good one without its blob.
		var miss *Miss
		if err == nil || errors.As(err, &miss) && miss.Reason == BlobAbsent {
			s.quarantine(name, BlobAbsent)
		}
		err = s.install(name, enc)
		if err == nil {
			return e, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return Entry{}, err
		}
		if !s.regular(name) {
			s.quarantine(name, NotAFile)
		}
	}
	return Entry{}, fmt.Errorf("%s is in the way and cannot be moved", name)
}

// regular reports whether a name, not followed, is an ordinary file or nothing.
func (s *FS) regular(name string) bool {
	info, err := s.disk.stat(name)
	return err != nil || info.Mode().IsRegular()
}

// install gives a name to a new file with these bytes, durably, or returns
// fs.ErrExist and leaves what has the name alone.
func (s *FS) install(name string, b []byte) error {
	dir := path.Dir(name)
	if err := s.folder(dir); err != nil {
		return err
	}
	tmp := dir + "/" + temporary + unique()
	if err := s.write(tmp, b); err != nil {
		_ = s.disk.remove(tmp)
		return err
	}
	err := s.disk.link(tmp, name)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		// No hard links here. A rename replaces what another process may have
		// put there meanwhile, which is as good: same key, whole file.
		if _, e := s.disk.stat(name); e == nil {
			err = fs.ErrExist
		} else if e = s.disk.rename(tmp, name); e == nil {
			return s.disk.syncDir(dir)
		} else {
			err = e
		}
	}
	// A temporary file that stays is swept by gc.
	_ = s.disk.remove(tmp)
	if err != nil {
		return err
	}
	return s.disk.syncDir(dir)
}

func (s *FS) write(tmp string, b []byte) error {
	f, err := s.disk.create(tmp)
	if err != nil {
		return err
	}
	n, err := f.Write(b)
	if err == nil && n != len(b) {
		err = fmt.Errorf("%d of %d bytes written", n, len(b))
	}
	if err == nil {
		err = f.Sync()
	}
	// A full disk behind a network may be reported only here.
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// folder makes a shard and its parent, durably.
func (s *FS) folder(dir string) error {
	if _, err := s.disk.stat(dir); err == nil {
		return nil
	}
	parent := path.Dir(dir)
	if parent != "." {
		if err := s.folder(parent); err != nil {
			return err
		}
	}
	if err := s.disk.mkdir(dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return s.disk.syncDir(parent)
}

// unique returns a name part that no process on any machine uses at the same time.
func unique() string {
	var b [12]byte
	rand.Read(b[:]) // never fails: it ends the process instead
	return hex.EncodeToString(b[:])
}

func quarantineName(name string, reason Reason) string {
	kind, _, _ := strings.Cut(name, "/")
	return quarantineDir + "/" + kind + "-" + path.Base(name) + "-" +
		strings.ReplaceAll(string(reason), " ", "-") + "-" + unique()
}
