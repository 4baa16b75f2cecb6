package cache

import (
	"slices"
	"time"
)

// Entry says what a key came to: which blob, made from which inputs, by whom.
type Entry struct {
	Key   Key
	Kind  string // the kind of task, "train.model"
	Parts []Part // what the key was made of; KeyOf(Parts) == Key
	Blob  Digest // digest of the result's bytes
	Size  int64  // length of the result in bytes
	Deps  []Dep  // the results that were read to make this one
	Made  Provenance
}

// Dep is a dependency as it was when a result was made: its key and the digest
// of its bytes. A zero digest means that the bytes had no digest to record.
type Dep struct {
	Key    Key
	Digest Digest
}

// Provenance says where, from which commit and when a result was made. It is for
// the person who asks and never enters a key or a result.
type Provenance struct {
	Host   string
	Commit string
	Time   time.Time // whole seconds, UTC
}

// Store keeps results. All methods are safe for concurrent use, by many
// processes too. Entries and blobs never change once written.
type Store interface {
	// Get returns the entry of a key. The error, if any, is a *Miss: the entry
	// is absent or bad, or its blob is gone or has the wrong length.
	Get(k Key) (Entry, error)
	// Read returns the blob of an entry after hashing it. The error, if any, is
	// a *Miss; a bad file has then been moved out of the way.
	Read(e Entry) ([]byte, error)
	// Put stores a result: the blob first, the entry second. It fills in Blob and
	// Size and returns the entry that stands, which is the first writer's if
	// there was one with a good blob.
	Put(e Entry, blob []byte) (Entry, error)
	// Reject moves an entry out of the way that is whole but of no use: its reader
	// cannot decode the blob, or a dependency has changed under it. An entry that
	// another process has put in its place meanwhile stays.
	Reject(e Entry)
}

// same reports whether two entries say the same: one result, made from the same
// inputs.
func same(a, b Entry) bool {
	return a.Key == b.Key && a.Blob == b.Blob && slices.Equal(a.Deps, b.Deps)
}

// MaxBlob is the length of the largest blob a store takes or returns: a hostile
// folder must not be able to ask for all the memory.
const MaxBlob = 1 << 30
