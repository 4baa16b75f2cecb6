package cache

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
	"runtime"
	"testing"
)

// FuzzDecodeEntry feeds the decoder anything, and anything with a right checksum:
// it must not crash, must not allocate much more than it was given, and must
// accept only what it would have written itself.
func FuzzDecodeEntry(f *testing.F) {
	for _, e := range []Entry{{}, entry("a"), {Kind: "k", Deps: make([]Dep, 3), Size: 7}} {
		b, err := encodeEntry(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)-sha256.Size])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		summed := sha256.Sum256(b)
		for _, b := range [][]byte{b, append(bytes.Clone(b), summed[:]...)} {
			e, err := decodeEntry(b)
			if err != nil {
				continue
			}
			if again, err := encodeEntry(e); err != nil || !bytes.Equal(again, b) {
				t.Fatalf("decoded %q, which encodes to %q, %v", b, again, err)
			}
		}
	})
}

// Counts and lengths that cannot be true cost nothing.
func TestDecoderIsBounded(t *testing.T) {
	whole, err := encodeEntry(entry("a"))
	if err != nil {
		t.Fatal(err)
	}
	body := whole[:len(whole)-sha256.Size]
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n := 0
	for at := len(entryMagic); at+4 <= len(body); at++ {
		for _, lie := range []uint32{math.MaxUint32, math.MaxInt32, 1 << 30, uint32(len(body))} {
			b := bytes.Clone(body)
			binary.LittleEndian.PutUint32(b[at:], lie)
			sum := sha256.Sum256(b)
			decodeEntry(append(b, sum[:]...))
			n++
		}
	}
	runtime.ReadMemStats(&after)
	if each := (after.TotalAlloc - before.TotalAlloc) / uint64(n); each > 10*uint64(len(whole)) {
		t.Errorf("decoding %d bytes allocates %d", len(whole), each)
	}
}

// FuzzImport feeds Import anything; whatever it stores has to be whole.
func FuzzImport(f *testing.F) {
	s := NewMemory()
	e := put(f, s, entry("a"), "result")
	enc, err := encodeEntry(e)
	if err != nil {
		f.Fatal(err)
	}
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := errors.Join(
		writeTar(w, blobsDir+"/"+e.Blob.String(), []byte("result")),
		writeTar(w, entriesDir+"/"+e.Key.String(), enc), w.Close()); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:1024])
	f.Fuzz(func(t *testing.T, b []byte) {
		s := NewMemory()
		n, _ := Import(s, bytes.NewReader(b))
		if n > 0 && len(s.entries) == 0 {
			t.Fatal("counted what was not stored")
		}
		for k := range s.entries {
			if e, err := s.Get(k); err != nil || readErr(s, e) != nil {
				t.Fatalf("stored a broken entry: %v", err)
			}
		}
	})
}
