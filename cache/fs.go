package cache

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// FS is a store in a folder:
//
//	entries/ab/abcd…      the entry of key abcd…
//	blobs/cd/cdef…        the blob of digest cdef…
//	quarantine/…          bad files, named after what they were and what was wrong
//
// Temporary files lie beside their targets and begin with a dot.
type FS struct {
	dir  string
	disk disk
	now  func() time.Time // for the times of files, which decide only what gc may remove
}

const (
	entriesDir    = "entries"
	blobsDir      = "blobs"
	quarantineDir = "quarantine"
	temporary     = ".tmp-"
)

// Open opens a folder as a store, making it if it is not there. Many processes
// and machines may have the same folder open.
func Open(dir string) (*FS, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("cache: cannot make the folder (give another with --cache or %s): %w", Variable, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("cache: cannot open the folder (give another with --cache or %s): %w", Variable, err)
	}
	return &FS{dir: dir, disk: rootDisk{root}, now: time.Now}, nil
}

// Dir returns the folder the store was opened with.
func (s *FS) Dir() string { return s.dir }

func entryName(k Key) string { return shard(entriesDir, k.String()) }

func blobName(d Digest) string { return shard(blobsDir, d.String()) }

// shard spreads files over 256 folders: some filesystems are slow with one big one.
func shard(dir, hex string) string { return dir + "/" + hex[:2] + "/" + hex }

// Get implements Store. It reads the entry and looks at the blob's length, but
// not into the blob.
func (s *FS) Get(k Key) (Entry, error) {
	name := entryName(k)
	b, miss := s.load(name, maxEntry)
	if miss != nil {
		miss.Key = k
		return Entry{}, miss
	}
	e, reason, err := checkEntry(k, b)
	if err != nil {
		s.quarantine(name, reason)
		return Entry{}, &Miss{Key: k, Reason: reason, Err: err}
	}
	info, err := s.disk.stat(blobName(e.Blob))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Entry{}, &Miss{Key: k, Reason: BlobAbsent}
	case err != nil:
		return Entry{}, &Miss{Key: k, Reason: Unreadable, Err: err}
	case info.Mode().IsRegular() && info.Size() != e.Size:
		s.quarantine(blobName(e.Blob), Truncated)
		return Entry{}, &Miss{Key: k, Reason: Truncated,
			Err: fmt.Errorf("the result has %d bytes, not %d", info.Size(), e.Size)}
	}
	return e, nil
}

// Read implements Store.
func (s *FS) Read(e Entry) ([]byte, error) {
	b, miss := s.readBlob(e.Blob, e.Size)
	if miss != nil {
		miss.Key = e.Key
		return nil, miss
	}
	return b, nil
}

func (s *FS) readBlob(d Digest, size int64) ([]byte, *Miss) {
	name := blobName(d)
	if size < 0 || size > MaxBlob {
		return nil, &Miss{Reason: TooLarge, Err: fmt.Errorf("the entry says %d bytes", size)}
	}
	b, miss := s.load(name, size)
	switch {
	case miss != nil && miss.Reason == Absent:
		miss.Reason = BlobAbsent
		return nil, miss
	case miss != nil && miss.Reason == TooLarge:
		miss.Reason = Truncated // longer than the entry says; the file is not the one meant
		return nil, miss
	case miss != nil:
		return nil, miss
	case int64(len(b)) != size:
		s.quarantine(name, Truncated)
		return nil, &Miss{Reason: Truncated, Err: fmt.Errorf("the result has %d bytes, not %d", len(b), size)}
	case DigestOf(b) != d:
		s.quarantine(name, Corrupt)
		return nil, &Miss{Reason: Corrupt, Err: errors.New("the result does not have its digest")}
	}
	return b, nil
}

// load reads a whole file of at most max bytes. What is there but cannot be a
// file of ours is quarantined; what the system would not read is left alone,
// since it may be whole. The Key of the Miss is left to the caller.
func (s *FS) load(name string, max int64) ([]byte, *Miss) {
	f, err := s.disk.open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, &Miss{Reason: Absent}
		}
		if info, e := s.disk.stat(name); e == nil && !info.Mode().IsRegular() {
			s.quarantine(name, NotAFile)
			return nil, &Miss{Reason: NotAFile, Err: err}
		}
		return nil, &Miss{Reason: Unreadable, Err: err}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, &Miss{Reason: Unreadable, Err: err}
	}
	if !info.Mode().IsRegular() {
		s.quarantine(name, NotAFile)
		return nil, &Miss{Reason: NotAFile, Err: fmt.Errorf("it is %v", info.Mode())}
	}
	if info.Size() > max {
		s.quarantine(name, TooLarge)
		return nil, &Miss{Reason: TooLarge, Err: fmt.Errorf("%d bytes, at most %d belong there", info.Size(), max)}
	}
	// The length is the file's own, so memory is bounded by what is on the disk
	// and by max; a file that shrinks meanwhile is short and found out later.
	b := make([]byte, info.Size())
	n, err := io.ReadFull(f, b)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, &Miss{Reason: Unreadable, Err: err}
	}
	return b[:n], nil
}

// Reject implements Store.
func (s *FS) Reject(e Entry) {
	if now, err := s.Get(e.Key); err == nil && same(now, e) {
		s.quarantine(entryName(e.Key), Rejected)
	}
}

// quarantine moves a bad file away, so that it is neither read again nor lost. A
// folder that cannot be written to keeps the file; it stays a miss.
func (s *FS) quarantine(name string, reason Reason) {
	to := quarantineName(name, reason)
	err := s.disk.rename(name, to)
	if errors.Is(err, fs.ErrNotExist) && s.disk.mkdir(quarantineDir) == nil {
		_ = s.disk.rename(name, to)
	}
}
