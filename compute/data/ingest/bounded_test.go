package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"lossxfer-report/compute/arrays"
)

// allocated is what f allocates, in bytes.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// A picture whose header promises more pixels than anybody has is refused before room is
// made for them.
func TestPictureIsBounded(t *testing.T) {
	const header = "\x89PNG\r\n\x1a\n"
	ihdr := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 1<<20), 1<<20)...)
	ihdr = append(ihdr, 8, 6, 0, 0, 0)
	png := append([]byte(header), binary.BigEndian.AppendUint32(nil, 13)...)
	png = binary.BigEndian.AppendUint32(append(png, ihdr...), crc32.ChecksumIEEE(ihdr))
	if n := allocated(func() {
		if _, err := decode(png); err == nil {
			t.Error("a picture of 4 TiB was decoded")
		}
	}); n > 1<<20 {
		t.Errorf("%d bytes of header allocate %d", len(png), n)
	}
}

// An archive of arrays whose headers lie about their lengths takes no more memory than
// it has bytes, a thousand times over at most.
func TestArraysAreBounded(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, shape := range []string{"(1000000000, 1000000000)", "(999999999999,)", "(0, 99999999999)"} {
		f, err := z.Create("x" + shape + ".npy")
		if err != nil {
			t.Fatal(err)
		}
		head := "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }"
		for (10+len(head)+1)%64 != 0 {
			head += " "
		}
		head += "\n"
		f.Write(binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(head))))
		f.Write([]byte(head))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "lies.npz")
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if n := allocated(func() {
		f, err := arrays.Open(name)
		if err != nil {
			return
		}
		defer f.Close()
		for _, array := range f.Names() {
			if _, shape, err := f.Float32(array); err == nil && len(shape) > 0 && shape[0] > 0 {
				t.Errorf("%s was read", array)
			}
		}
	}); n > 1<<20 {
		t.Errorf("%d bytes allocate %d", b.Len(), n)
	}
}
