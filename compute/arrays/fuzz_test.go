package arrays

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// readable is how large an array a fuzz target reads.
const readable = 1 << 20

// exercise opens bytes as a file and reads every array in every way: whatever they
// are, there is a result or an *Error, and no more memory than the file may claim.
func exercise(t *testing.T, data []byte) {
	f, e := open(bytes.NewReader(data), int64(len(data)), "fuzzed")
	if e != nil {
		if e.Problem == "" {
			t.Fatal("an error without a problem")
		}
		return
	}
	defer f.Close()
	check := func(err error) {
		var e *Error
		if err != nil && (!errors.As(err, &e) || e.File != "fuzzed" || e.Array == "" && e.Problem == "") {
			t.Fatalf("%v: not an *Error with its place", err)
		}
	}
	for _, name := range f.Names() {
		info, err := f.Info(name)
		check(err)
		entry := f.entries[name]
		if err != nil || entry.bytes() > readable {
			continue
		}
		if entry.bytes() > int64(len(data))*maxRatio {
			t.Fatalf("%v of %d bytes in a file of %d", info, entry.bytes(), len(data))
		}
		x, shape, err := f.Float32(name)
		check(err)
		check(f.Finite(name))
		_, _, e := f.Int64(name)
		check(e)
		if err == nil && len(shape) > 0 && shape[0] > 0 {
			dst := make([]float32, len(x)/shape[0])
			check(f.Rows(name, shape[0]-1, shape[0], dst))
			check(f.Rows(name, 0, 1, dst))
		}
	}
}

func seed(f *testing.F, extra [][]byte, files ...string) {
	for _, b := range extra {
		f.Add(b)
	}
	for _, name := range files {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

func FuzzSafetensors(f *testing.F) {
	seed(f, [][]byte{pack(`{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 8), pack(`{}`, 0)}, "types.safetensors")
	f.Fuzz(exercise)
}

func FuzzNPY(f *testing.F) {
	seed(f, [][]byte{npyOf(">f8", "(2, 1)", 16)}, "one.npy", "labels.npy", "version2.npy", "version3.npy", "records.npy")
	f.Fuzz(exercise)
}

func FuzzNPZ(f *testing.F) {
	seed(f, nil, "stored.npz", "deflated.npz", "mixed.npz", "checkpoint.pt")
	f.Fuzz(exercise)
}

// The header alone, so that the fuzzer need not keep its length right.
func FuzzSafetensorsHeader(f *testing.F) {
	f.Add(`{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"a":"b"}}`)
	f.Fuzz(func(t *testing.T, header string) { exercise(t, pack(header, 8)) })
}
