package cache

import (
	"bytes"
	"fmt"
	"sync"
)

// Memory is a store in memory, for tests and for runs that should leave nothing
// behind. Its zero value is not ready; use NewMemory.
type Memory struct {
	mu      sync.RWMutex
	entries map[Key][]byte // encoded, so that no caller shares our slices
	blobs   map[Digest][]byte
}

// NewMemory returns an empty store.
func NewMemory() *Memory {
	return &Memory{entries: map[Key][]byte{}, blobs: map[Digest][]byte{}}
}

// Get implements Store.
func (m *Memory) Get(k Key) (Entry, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.get(k)
}

func (m *Memory) get(k Key) (Entry, error) {
	b, ok := m.entries[k]
	if !ok {
		return Entry{}, &Miss{Key: k, Reason: Absent}
	}
	e, reason, err := checkEntry(k, b)
	if err != nil {
		return Entry{}, &Miss{Key: k, Reason: reason, Err: err}
	}
	blob, ok := m.blobs[e.Blob]
	if !ok {
		return Entry{}, &Miss{Key: k, Reason: BlobAbsent}
	}
	if int64(len(blob)) != e.Size {
		return Entry{}, &Miss{Key: k, Reason: Truncated}
	}
	return e, nil
}

// Read implements Store.
func (m *Memory) Read(e Entry) ([]byte, error) {
	m.mu.RLock()
	blob, ok := m.blobs[e.Blob]
	m.mu.RUnlock()
	reason := Reason("")
	switch {
	case !ok:
		return nil, &Miss{Key: e.Key, Reason: BlobAbsent}
	case int64(len(blob)) != e.Size:
		reason = Truncated
	case DigestOf(blob) != e.Blob:
		reason = Corrupt
	default:
		return bytes.Clone(blob), nil
	}
	m.mu.Lock()
	delete(m.blobs, e.Blob)
	m.mu.Unlock()
	return nil, &Miss{Key: e.Key, Reason: reason}
}

// Put implements Store.
func (m *Memory) Put(e Entry, blob []byte) (Entry, error) {
	e, enc, err := seal(e, blob)
	if err != nil {
		return Entry{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.blobs[e.Blob]; !ok || DigestOf(old) != e.Blob {
		m.blobs[e.Blob] = bytes.Clone(blob)
	}
	if old, err := m.get(e.Key); err == nil && DigestOf(m.blobs[old.Blob]) == old.Blob {
		return old, nil
	}
	m.entries[e.Key] = enc
	return e, nil
}

// Reject implements Store.
func (m *Memory) Reject(e Entry) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now, err := m.get(e.Key); err == nil && same(now, e) {
		delete(m.entries, e.Key)
	}
}

// seal completes an entry with its blob's digest and length and encodes it. It is
// the one place that decides what may be stored.
func seal(e Entry, blob []byte) (Entry, []byte, error) {
	if KeyOf(e.Parts) != e.Key {
		return Entry{}, nil, fmt.Errorf("cache: the parts of %s do not make its key: set Key to KeyOf(Parts)", e.Kind)
	}
	if len(blob) > MaxBlob {
		return Entry{}, nil, fmt.Errorf("cache: the result of %s has %d bytes, more than the %d a store takes", e.Kind, len(blob), MaxBlob)
	}
	e.Blob, e.Size = DigestOf(blob), int64(len(blob))
	e.Made.Time = e.Made.Time.UTC().Truncate(1e9)
	enc, err := encodeEntry(e)
	return e, enc, err
}
