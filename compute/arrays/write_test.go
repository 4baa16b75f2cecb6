package arrays

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What WriteNPY writes is what numpy.save writes, to the byte.
func TestWriteNPYAsNumPy(t *testing.T) {
	one, _, err := mustOpen(t, "testdata/one.npy").Float32("one")
	if err != nil {
		t.Fatal(err)
	}
	for file, a := range map[string]Named{
		"one.npy":    {Shape: []int{3, 4}, Floats: one},
		"labels.npy": {Shape: []int{7}, Ints: []int64{-2, -1, 0, 1, 2, 3, 4}},
	} {
		want, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := WriteNPY(&got, a); err != nil || !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s: %v\n% x\n% x", file, err, got.Bytes(), want)
		}
	}
}

// Bytes as numpy.save(f, numpy.array([[250, 255]], numpy.uint8)) writes them.
func TestWriteNPYOfBytes(t *testing.T) {
	want := append([]byte(npyMagic+"\x01\x00v\x00"), "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2), }"...)
	want = append(want, bytes.Repeat([]byte(" "), 127-len(want))...)
	want = append(want, '\n', 250, 255)
	var got bytes.Buffer
	if err := WriteNPY(&got, Named{Shape: []int{1, 2}, Bytes: []uint8{250, 255}}); err != nil || !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%v\n%q\n%q", err, got.Bytes(), want)
	}
}

func TestWriteSafetensors(t *testing.T) {
	arrays := []Named{
		{Name: "b", Shape: []int{2, 1}, Floats: []float32{1, float32(math.Inf(-1))}},
		{Name: "labels", Shape: []int{3}, Ints: []int64{-1, 0, 5}},
		{Name: "Images", Shape: []int{1, 2}, Bytes: []uint8{0, 255}},
		{Name: "a\"<ü>", Shape: nil, Floats: []float32{3}},
		{Name: "empty", Shape: []int{0, 4}, Floats: []float32{}},
	}
	metadata := map[string]string{"z": "1", "a": "\n"}
	var b bytes.Buffer
	if err := WriteSafetensors(&b, arrays, metadata); err != nil {
		t.Fatal(err)
	}
	want := `{"__metadata__":{"a":"\n","z":"1"},` +
		`"labels":{"dtype":"I64","shape":[3],"data_offsets":[0,24]},` +
		`"a\"<ü>":{"dtype":"F32","shape":[],"data_offsets":[24,28]},` +
		`"b":{"dtype":"F32","shape":[2,1],"data_offsets":[28,36]},` +
		`"empty":{"dtype":"F32","shape":[0,4],"data_offsets":[36,36]},` +
		`"Images":{"dtype":"U8","shape":[1,2],"data_offsets":[36,38]}}`
	length := binary.LittleEndian.Uint64(b.Bytes())
	if got := strings.TrimRight(string(b.Bytes()[8:8+length]), " "); got != want || length%8 != 0 {
		t.Errorf("header\n%s\nwant\n%s", got, want)
	}
	slices.Reverse(arrays)
	var again bytes.Buffer
	if err := WriteSafetensors(&again, arrays, metadata); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("another order, other bytes: %v", err)
	}
	path := filepath.Join(t.TempDir(), "f.safetensors")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	f := mustOpen(t, path)
	if got := f.Names(); !slices.Equal(got, []string{"Images", `a"<ü>`, "b", "empty", "labels"}) {
		t.Errorf("names %q", got)
	}
	if m := f.Metadata(); m["a"] != "\n" || m["z"] != "1" {
		t.Errorf("metadata %q", m)
	}
	x, shape, err := f.Float32("b")
	if err != nil || !slices.Equal(shape, []int{2, 1}) || x[0] != 1 || !math.IsInf(float64(x[1]), -1) {
		t.Errorf("b: %v %v, %v", shape, x, err)
	}
	labels, _, err := f.Int64("labels")
	if err != nil || !slices.Equal(labels, []int64{-1, 0, 5}) {
		t.Errorf("labels: %v, %v", labels, err)
	}
	images, _, err := f.Int64("Images")
	if err != nil || !slices.Equal(images, []int64{0, 255}) {
		t.Errorf("images: %v, %v", images, err)
	}
	// A file without arrays and texts is one too.
	b.Reset()
	if err := WriteSafetensors(&b, nil, nil); err != nil {
		t.Fatal(err)
	}
	if f, e := open(bytes.NewReader(b.Bytes()), int64(b.Len()), "f"); e != nil || len(f.Names()) != 0 {
		t.Errorf("nothing: %v", e)
	}
}

func TestWriteRefuses(t *testing.T) {
	fine := Named{Name: "w", Shape: []int{1}, Floats: []float32{1}}
	for want, arrays := range map[string][]Named{
		"two arrays":         {fine, fine},
		"cannot be named":    {{Name: "__metadata__", Shape: []int{0}}},
		"1 elements":         {{Name: "w", Shape: []int{2}, Floats: []float32{1}}},
		"more than one of":   {{Name: "w", Shape: []int{1}, Floats: []float32{1}, Ints: []int64{1}}},
		"negative":           {{Name: "w", Shape: []int{-1}}},
		`cannot be named ""`: {{Shape: []int{0}}},
	} {
		var b bytes.Buffer
		refusal(t, WriteSafetensors(&b, arrays, nil), want)
		if b.Len() > 0 {
			t.Errorf("%s: wrote %d bytes all the same", want, b.Len())
		}
	}
	refusal(t, WriteSafetensors(&bytes.Buffer{}, nil, map[string]string{"\xff": ""}), "not UTF-8")
	if err := WriteSafetensors(full{}, []Named{fine}, nil); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
	if err := WriteNPY(full{}, fine); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
