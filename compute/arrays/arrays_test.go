package arrays

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// golden is what testdata/make_arrays.py says the fixtures hold.
type golden struct {
	Half  string
	Files map[string]map[string]struct {
		DType  string
		Shape  []int
		Values []string
	}
}

func expected(t testing.TB) golden {
	t.Helper()
	b, err := os.ReadFile("testdata/expected.json")
	var g golden
	if err == nil {
		err = json.Unmarshal(b, &g)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func mustOpen(t testing.TB, path string) *File {
	t.Helper()
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// Every array that NumPy and PyTorch wrote is read as they convert it.
func TestReadsWhatNumPyAndPyTorchWrote(t *testing.T) {
	for file, arrays := range expected(t).Files {
		f := mustOpen(t, filepath.Join("testdata", file))
		for name, want := range arrays {
			info, err := f.Info(name)
			if err != nil || info.DType != want.DType || !slices.Equal(info.Shape, want.Shape) {
				t.Errorf("%s: %s: Info %v, %v; want %s %v", file, name, info, err, want.DType, want.Shape)
				continue
			}
			var got []string
			var shape []int
			if dtypes[want.DType].kind == float {
				var x []float32
				x, shape, err = f.Float32(name)
				for _, v := range x {
					got = append(got, strconv.Itoa(int(math.Float32bits(v))))
				}
			} else {
				var x []int64
				x, shape, err = f.Int64(name)
				for _, v := range x {
					got = append(got, strconv.FormatInt(v, 10))
				}
			}
			if err != nil || !slices.Equal(got, want.Values) || !slices.Equal(shape, want.Shape) {
				t.Errorf("%s: %s: %v %v, %v; want %v %v", file, name, shape, got, err, want.Shape, want.Values)
			}
		}
	}
}

// Rows are the rows of the whole, in any order of asking, stored or compressed, in
// C and in Fortran order.
func TestRowsAreThoseOfTheWhole(t *testing.T) {
	for _, file := range []string{"types.safetensors", "stored.npz", "deflated.npz", "one.npy"} {
		f := mustOpen(t, filepath.Join("testdata", file))
		for _, name := range f.Names() {
			info, err := f.Info(name)
			if err != nil || dtypes[info.DType].kind != float || len(info.Shape) == 0 {
				continue
			}
			whole, shape, err := f.Float32(name)
			if err != nil {
				t.Fatal(err)
			}
			row := 1
			for _, n := range shape[1:] {
				row *= n
			}
			for _, span := range [][2]int{{0, shape[0]}, {shape[0] - 1, shape[0]}, {0, 1}, {1, 2}, {0, shape[0] - 1}, {shape[0], shape[0]}} {
				from, to := span[0], span[1]
				if from < 0 || to > shape[0] || to < from {
					continue
				}
				got := make([]float32, (to-from)*row)
				if err := f.Rows(name, from, to, got); err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(bits32(got), bits32(whole[from*row:to*row])) {
					t.Errorf("%s: %s: rows %v are %v of %v", file, name, span, got, whole)
				}
			}
		}
	}
}

// Arrays longer than the reader's buffer, in every storage.
func TestLongArrays(t *testing.T) {
	const n, d = 700, 301 // more than two buffers of float32
	x := make([]float32, n*d)
	for i := range x {
		x[i] = float32(i)
	}
	path := filepath.Join(t.TempDir(), "long.npy")
	var b bytes.Buffer
	if err := WriteNPY(&b, Named{Shape: []int{n, d}, Floats: x}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	f := mustOpen(t, path)
	got, _, err := f.Float32("long")
	if err != nil || !slices.Equal(got, x) {
		t.Errorf("the whole: %v, or other numbers", err)
	}
	got = got[:400*d]
	if err := f.Rows("long", 250, 650, got); err != nil || !slices.Equal(got, x[250*d:650*d]) {
		t.Errorf("rows 250 to 650: %v, or other numbers", err)
	}
	// The same bytes called Fortran order are the transposed array.
	fortran := bytes.Replace(b.Bytes(), []byte("False, "), []byte("True,  "), 1)
	if err := os.WriteFile(path, fortran, 0o600); err != nil {
		t.Fatal(err)
	}
	f = mustOpen(t, path)
	got, _, err = f.Float32("long")
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		for j := range d {
			if want := float32(j*n + i); got[i*d+j] != want {
				t.Fatalf("element [%d %d] is %v, want %v", i, j, got[i*d+j], want)
			}
		}
	}
}

// All 65,536 half-precision numbers become what NumPy makes of them.
func TestEveryHalf(t *testing.T) {
	var b []byte
	for h := range 1 << 16 {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(half(uint16(h))))
	}
	sum := sha256.Sum256(b)
	if got, want := hex.EncodeToString(sum[:]), expected(t).Half; got != want {
		t.Errorf("digest %s, NumPy's is %s", got, want)
	}
}

func TestMetadata(t *testing.T) {
	m := mustOpen(t, "testdata/types.safetensors").Metadata()
	if len(m) != 2 || m["format"] != "pt" || m["made by"] != "make_arrays.py" {
		t.Errorf("metadata %v", m)
	}
}

func bits32(x []float32) []uint32 {
	out := make([]uint32, len(x))
	for i, v := range x {
		out[i] = math.Float32bits(v)
	}
	return out
}
