package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// An entry on disk is
//
//	magic
//	key [32]        blob [32]        size u64        time i64 (Unix seconds)
//	kind, host, commit               each u32 length, bytes
//	parts                            u32 count, then name and value as above
//	deps                             u32 count, then key [32], digest [32]
//	SHA-256 of everything before it  [32]
//
// all little-endian. Binary rather than JSON because a build that has nothing to
// do reads thousands of them and does little else.
const entryMagic = "lossxfer entry 1\n"

// maxEntry bounds the length of an encoded entry in bytes: room for tens of
// thousands of dependencies, and no more memory than that for a hostile one.
const maxEntry = 16 << 20

func encodeEntry(e Entry) ([]byte, error) {
	b := make([]byte, 0, 4096)
	b = append(b, entryMagic...)
	b = append(b, e.Key[:]...)
	b = append(b, e.Blob[:]...)
	b = binary.LittleEndian.AppendUint64(b, uint64(e.Size))
	b = binary.LittleEndian.AppendUint64(b, uint64(e.Made.Time.Unix()))
	for _, s := range []string{e.Kind, e.Made.Host, e.Made.Commit} {
		b = appendString(b, s)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(e.Parts)))
	for _, p := range e.Parts {
		b = appendString(appendString(b, p.Name), p.Value)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(e.Deps)))
	for _, d := range e.Deps {
		b = append(append(b, d.Key[:]...), d.Digest[:]...)
	}
	sum := sha256.Sum256(b)
	b = append(b, sum[:]...)
	if len(b) > maxEntry {
		return nil, fmt.Errorf("cache: the entry of %s has %d bytes, more than the %d a store takes: it has %d parts and %d dependencies",
			e.Kind, len(b), maxEntry, len(e.Parts), len(e.Deps))
	}
	return b, nil
}

func appendString(b []byte, s string) []byte {
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(s))), s...)
}

var (
	errShort  = errors.New("the entry ends early")
	errMagic  = errors.New("not an entry of this version")
	errSum    = errors.New("the entry does not have its checksum")
	errExcess = errors.New("bytes after the entry's end")
)

// decodeEntry reads an entry from outside. It allocates no more than a small
// multiple of len(b), whatever b says about itself.
func decodeEntry(b []byte) (Entry, error) {
	var e Entry
	if !bytes.HasPrefix(b, []byte(entryMagic)) {
		return e, errMagic
	}
	if len(b) < len(entryMagic)+sha256.Size {
		return e, errShort
	}
	body := b[:len(b)-sha256.Size]
	if sha256.Sum256(body) != [32]byte(b[len(body):]) {
		return e, errSum
	}
	// One copy, of which every string is a slice.
	r := reader{rest: string(body[len(entryMagic):])}
	copy(e.Key[:], r.take(32))
	copy(e.Blob[:], r.take(32))
	e.Size = int64(r.uint(8))
	e.Made.Time = time.Unix(int64(r.uint(8)), 0).UTC()
	e.Kind, e.Made.Host, e.Made.Commit = r.str(), r.str(), r.str()
	if n := r.count(8); n > 0 {
		e.Parts = make([]Part, n)
		for i := range e.Parts {
			e.Parts[i] = Part{Name: r.str(), Value: r.str()}
		}
	}
	if n := r.count(64); n > 0 {
		e.Deps = make([]Dep, n)
		for i := range e.Deps {
			copy(e.Deps[i].Key[:], r.take(32))
			copy(e.Deps[i].Digest[:], r.take(32))
		}
	}
	switch {
	case r.short:
		return Entry{}, errShort
	case r.rest != "":
		return Entry{}, errExcess
	case e.Size < 0 || e.Size > MaxBlob:
		return Entry{}, fmt.Errorf("a result of %d bytes", e.Size)
	}
	return e, nil
}

// reader takes values off the front of a string. Once it has run out, short is
// set and everything it returns is empty.
type reader struct {
	rest  string
	short bool
}

func (r *reader) take(n int) string {
	if n > len(r.rest) {
		r.short, r.rest = true, ""
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *reader) uint(bytes int) (v uint64) {
	for i, c := range []byte(r.take(bytes)) {
		v |= uint64(c) << (8 * i)
	}
	return v
}

func (r *reader) str() string { return r.take(int(r.uint(4))) }

// count reads a number of things that take at least min bytes each; a number
// that cannot be true counts as running out.
func (r *reader) count(min int) int {
	n := int(r.uint(4))
	if n > len(r.rest)/min {
		r.short, r.rest = true, ""
		return 0
	}
	return n
}

// checkEntry decodes an entry and holds it against the key it was found under.
func checkEntry(k Key, b []byte) (Entry, Reason, error) {
	e, err := decodeEntry(b)
	switch {
	case errors.Is(err, errShort), errors.Is(err, errExcess):
		return Entry{}, Truncated, err
	case err != nil:
		return Entry{}, Corrupt, err
	case e.Key != k:
		return Entry{}, Swapped, fmt.Errorf("the entry is that of %s", e.Key)
	case KeyOf(e.Parts) != e.Key:
		// A checksum can be forged with the rest; the key's preimage cannot.
		return Entry{}, Corrupt, errors.New("the entry's parts do not make its key")
	}
	return e, "", nil
}
