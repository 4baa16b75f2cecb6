package cache

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A file that is cut short anywhere is a miss, and the next Put mends it.
func TestTruncationAtEveryByte(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		const blob = "a result of some length"
		e := put(t, b, entry("a"), blob)
		length := 0
		b.change(entryName(e.Key), func(f []byte) []byte { length = len(f); return f })
		for n := range length {
			b.change(entryName(e.Key), func(f []byte) []byte { return f[:n] })
			var m *Miss
			if err := getErr(b, e.Key); !errors.As(err, &m) || m.Reason != Truncated && m.Reason != Corrupt {
				t.Fatalf("entry of %d bytes: %v", n, err)
			}
			put(t, b, entry("a"), blob)
			wantStored(t, b, e.Key, blob)
		}
		for n := range len(blob) {
			b.change(blobName(e.Blob), func(f []byte) []byte { return f[:n:n] })
			wantMiss(t, readErr(b, e), e.Key, Truncated)
			wantMiss(t, getErr(b, e.Key), e.Key, BlobAbsent)
			put(t, b, entry("a"), blob)
			b.change(blobName(e.Blob), func(f []byte) []byte { return f[:n:n] })
			wantMiss(t, getErr(b, e.Key), e.Key, Truncated)
			put(t, b, entry("a"), blob)
			wantStored(t, b, e.Key, blob)
		}
		b.change(blobName(e.Blob), func(f []byte) []byte { return append(f, 0) })
		wantMiss(t, readErr(b, e), e.Key, Truncated)
	})
}

func TestBitFlips(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		const blob = "a result"
		e := put(t, b, entry("a"), blob)
		var whole []byte
		b.change(entryName(e.Key), func(f []byte) []byte { whole = f; return f })
		for bit := range 8 * len(whole) {
			b.change(entryName(e.Key), func([]byte) []byte { return flip(whole, bit) })
			wantMiss(t, getErr(b, e.Key), e.Key, Corrupt)
		}
		b.change(entryName(e.Key), func([]byte) []byte { return whole })
		for bit := range 8 * len(blob) {
			b.change(blobName(e.Blob), func([]byte) []byte { return flip([]byte(blob), bit) })
			wantMiss(t, readErr(b, e), e.Key, Corrupt)
		}
		put(t, b, entry("a"), blob)
		wantStored(t, b, e.Key, blob)
	})
}

func flip(b []byte, bit int) []byte {
	out := append([]byte{}, b...)
	out[bit/8] ^= 1 << (bit % 8)
	return out
}

func TestSwappedFiles(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		e1, e2 := put(t, b, entry("a"), "one"), put(t, b, entry("b"), "two")
		var f1, b1 []byte
		b.change(entryName(e1.Key), func(f []byte) []byte { f1 = f; return f })
		b.change(blobName(e1.Blob), func(f []byte) []byte { b1 = f; return f })
		b.change(entryName(e2.Key), func([]byte) []byte { return f1 })
		b.change(blobName(e2.Blob), func([]byte) []byte { return b1 })
		wantMiss(t, getErr(b, e2.Key), e2.Key, Swapped)
		wantMiss(t, readErr(b, e2), e2.Key, Corrupt)
		wantStored(t, b, e1.Key, "one")
		put(t, b, entry("b"), "two")
		wantStored(t, b, e2.Key, "two")
	})
}

// An entry with a right checksum can still not claim a key that its parts do not
// make, nor a result without end.
func TestForgedEntries(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		e := put(t, b, entry("a"), "result")
		for _, forge := range []func(*Entry){
			func(e *Entry) { e.Parts = []Part{{"a", "b"}} },
			func(e *Entry) { e.Size = 1 << 62 },
			func(e *Entry) { e.Size = -1 },
		} {
			bad := entry("a")
			bad.Blob, bad.Size = e.Blob, e.Size
			forge(&bad)
			enc, err := encodeEntry(bad)
			if err != nil {
				t.Fatal(err)
			}
			b.change(entryName(e.Key), func([]byte) []byte { return enc })
			wantMiss(t, getErr(b, e.Key), e.Key, Corrupt)
		}
	})
}

func TestMissingBlob(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		e := put(t, b, entry("a"), "result")
		b.change(blobName(e.Blob), func([]byte) []byte { return nil })
		wantMiss(t, getErr(b, e.Key), e.Key, BlobAbsent)
		wantMiss(t, readErr(b, e), e.Key, BlobAbsent)
		// Another result may take its place: nothing was lost by it.
		put(t, b, entry("a"), "another")
		wantStored(t, b, e.Key, "another")
	})
}

// Bad files are kept, under a name that says what they were and what was wrong.
func TestQuarantine(t *testing.T) {
	s := openTest(t)
	e := put(t, s, entry("a"), "result")
	file := filepath.Join(s.dir, blobName(e.Blob))
	os.Chmod(file, 0o644)
	if err := os.WriteFile(file, []byte("rEsult"), 0); err != nil {
		t.Fatal(err)
	}
	readErr(s, e)
	found, _ := filepath.Glob(filepath.Join(s.dir, quarantineDir, "blobs-"+e.Blob.String()+"-corrupt-*"))
	if len(found) != 1 {
		t.Fatalf("quarantine: %v", found)
	}
	if b, err := os.ReadFile(found[0]); err != nil || string(b) != "rEsult" {
		t.Errorf("%q, %v", b, err)
	}
}
