// Package cache is a content-addressed store of results. It knows bytes only:
// an entry maps a key (what was asked) to the digest of a blob (what came out).
//
// A folder may be shared by many processes and machines, and may have been
// written by a stranger: every file is hashed on every read, and whatever is
// wrong with it makes a miss with a reason, never a result.
package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"sync"
)

// Key names a computation: the SHA-256 of its named parts (see KeyOf).
type Key [32]byte

// Digest is the SHA-256 of a blob's bytes.
type Digest [32]byte

// Part is one named part of a key, kept readable so that two keys can be
// compared and the difference explained.
type Part struct{ Name, Value string }

// KeyOf hashes the parts in their order, group after group. Every name and value goes in
// behind its length, so no two different lists of parts give the same bytes to the hash.
func KeyOf(groups ...[]Part) Key {
	// One buffer and one call: a plan makes thousands of keys.
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	count := 0
	for _, parts := range groups {
		count += len(parts)
	}
	b := binary.LittleEndian.AppendUint64((*buffer)[:0], uint64(count))
	for _, parts := range groups {
		for _, p := range parts {
			b = binary.LittleEndian.AppendUint64(b, uint64(len(p.Name)))
			b = append(b, p.Name...)
			b = binary.LittleEndian.AppendUint64(b, uint64(len(p.Value)))
			b = append(b, p.Value...)
		}
	}
	if cap(b) <= keptBuffer {
		*buffer = b
	}
	return sha256.Sum256(b)
}

// buffers are used again. One that a hostile entry has made long is let go.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

const keptBuffer = 1 << 20 // bytes

// DigestOf returns the digest of a blob.
func DigestOf(blob []byte) Digest { return sha256.Sum256(blob) }

// String returns the key as 64 lower-case hexadecimal digits.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// String returns the digest as 64 lower-case hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// ParseKey reads what Key.String wrote.
func ParseKey(s string) (Key, error) {
	b, err := parse32(s)
	if err != nil {
		return Key{}, fmt.Errorf("cache: not a key: %w", err)
	}
	return Key(b), nil
}

// ParseDigest reads what Digest.String wrote.
func ParseDigest(s string) (Digest, error) {
	b, err := parse32(s)
	if err != nil {
		return Digest{}, fmt.Errorf("cache: not a digest: %w", err)
	}
	return Digest(b), nil
}

func parse32(s string) (b [32]byte, err error) {
	if len(s) != 64 {
		return b, fmt.Errorf("%d characters where 64 hexadecimal digits belong", len(s))
	}
	if _, err = hex.Decode(b[:], []byte(s)); err != nil {
		return b, err
	}
	// Upper case would give one object two names.
	if hex.EncodeToString(b[:]) != s {
		return b, fmt.Errorf("%q is not lower case", s)
	}
	return b, nil
}
