package arrays

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pack makes a safetensors file of a header and so many bytes of data.
func pack(header string, data int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), make([]byte, data)...)
}

// npy makes a version 1.0 file of a dictionary and so many bytes of data.
func npy(dict string, data int) []byte {
	b := append([]byte(npyMagic), 1, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(dict)))
	return append(append(b, dict...), make([]byte, data)...)
}

func npyOf(descr, shape string, data int) []byte {
	return npy("{'descr': '"+descr+"', 'fortran_order': False, 'shape': "+shape+", }\n", data)
}

// zipped makes an archive of members; edit may spoil a header before it is written.
func zipped(t testing.TB, edit func(*zip.FileHeader), method uint16, members ...any) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		name, data := members[i].(string), members[i+1].([]byte)
		h := &zip.FileHeader{Name: name, Method: method}
		if edit == nil {
			m, err := w.CreateHeader(h)
			if err == nil {
				_, err = m.Write(data)
			}
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		h.CRC32 = crc32.ChecksumIEEE(data)
		h.CompressedSize64, h.UncompressedSize64 = uint64(len(data)), uint64(len(data))
		edit(h)
		m, err := w.CreateRaw(h)
		if err == nil {
			_, err = m.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every file that cannot be trusted is refused with an error that names the file,
// the array where there is one, and the mend.
func TestRefuses(t *testing.T) {
	tensor := func(s string) string { return `{"w":` + s + `}` }
	long := binary.LittleEndian.AppendUint64(nil, 1<<62)
	fine := npyOf("<f4", "(2,)", 8)
	for name, c := range map[string]struct {
		data []byte
		want string // parts of the error, separated by |
	}{
		"empty":             {nil, "neither safetensors|empty"},
		"text":              {[]byte("a,b\n1,2\n3,4\n"), "neither safetensors nor .npy nor .npz"},
		"pickle":            {[]byte("\x80\x04\x95abcdefghijklmn"), "pickle|save its arrays"},
		"hdf5":              {[]byte("\x89HDF\r\n\x1a\nabcdefgh"), "HDF5"},
		"gzip":              {[]byte("\x1f\x8babcdefghijkl"), "decompress"},
		"git lfs pointer":   {[]byte("version https://git-lfs.github.com/spec/v1\noid"), "git lfs pull"},
		"hostile length":    {append(long, "{}"...), "said to have 4611686018427387904 bytes|more than"},
		"length over file":  {pack(`{}`, 0)[:9], "said to have 2 bytes, the file has 1"},
		"cut header":        {append([]byte{200, 0, 0, 0, 0, 0, 0, 0}, `{"w":1}`...), "said to have 200 bytes, the file has 7"},
		"no json":           {pack(`{"w":`, 0), "no JSON"},
		"not utf-8":         {pack("{\"\xff\":{}}", 0), "UTF-8"},
		"trailing":          {pack(`{} {}`, 0), "something after"},
		"unknown dtype":     {pack(tensor(`{"dtype":"Q7","shape":[1],"data_offsets":[0,4]}`), 4), `array "w"|"Q7" are unknown|float32`},
		"short shape":       {pack(tensor(`{"dtype":"F32","shape":[3],"data_offsets":[0,8]}`), 8), `array "w"|shape [3] of F32 is 12 bytes|hold 8|write the file again`},
		"overflow":          {pack(tensor(`{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}`), 0), `array "w"|more elements than`},
		"overflow and zero": {pack(tensor(`{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}`), 0), `array "w"|more elements than`},
		"huge":              {pack(tensor(`{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,4]}`), 4), "more elements than"},
		"negative":          {pack(tensor(`{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}`), 4), "-1 where an integer"},
		"fraction":          {pack(tensor(`{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}`), 4), "1.0 where an integer"},
		"backwards":         {pack(tensor(`{"dtype":"F32","shape":[1],"data_offsets":[4,0]}`), 4), "a begin and an end"},
		"three offsets":     {pack(tensor(`{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}`), 4), "more than 2"},
		"missing field":     {pack(tensor(`{"dtype":"F32","shape":[1]}`), 4), "lacks one of"},
		"field twice":       {pack(tensor(`{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}`), 4), "dtype twice"},
		"unknown field":     {pack(tensor(`{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}`), 4), `"x"`},
		"metadata number":   {pack(`{"__metadata__":{"a":1}}`, 0), "a text is wanted"},
		"metadata twice":    {pack(`{"__metadata__":{"a":"1","a":"2"}}`, 0), "twice"},
		"name twice":        {pack(`{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}`, 2), `array "w"|two arrays`},
		"hole":              {pack(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}`, 3), `array "b"|hole after 1`},
		"overlap":           {pack(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}`, 3), `array "b"|overlap`},
		"cut data":          {pack(tensor(`{"dtype":"F32","shape":[3],"data_offsets":[0,12]}`), 8), `array "w"|beyond the file's 8|cut off|copy`},
		"more data":         {pack(tensor(`{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`), 8), "4 bytes follow"},
		"many dimensions":   {pack(tensor(`{"dtype":"U8","shape":[`+strings.Repeat("1,", maxDims)+`1],"data_offsets":[0,1]}`), 1), "more than 64"},

		"npy cut":           {npyOf("<f4", "(3, 2)", 20), "24 bytes|has 20|cut off"},
		"npy more":          {npyOf("<f4", "(3, 2)", 28), "4 bytes follow"},
		"npy version":       {append([]byte(npyMagic), 9, 0, 0, 0), "version 9.0"},
		"npy header cut":    {npyOf("<f4", "(3, 2)", 0)[:30], "header cannot be read"},
		"npy header huge":   {append([]byte(npyMagic), 2, 0, 255, 255, 255, 255), "said to have 4294967295"},
		"npy overflow":      {npyOf("<f4", "(4294967296, 4294967296)", 4), "more elements than"},
		"npy length":        {npyOf("<f4", "(99999999999999999999,)", 4), "lengths are wanted"},
		"npy negative":      {npyOf("<f4", "(-1,)", 4), "lengths are wanted"},
		"npy objects":       {npyOf("|O", "(1,)", 4), "unpickled|float32"},
		"npy records":       {npy("{'descr': [('x', '<f4'), ('y', '<i4', (2,))], 'fortran_order': False, 'shape': (2,), }\n", 24), "records|unpickled"},
		"npy complex":       {npyOf("<c8", "(1,)", 8), `"<c8"`},
		"npy byte order":    {npyOf("|f4", "(1,)", 4), "no byte order"},
		"npy twice":         {npy("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", 4), `"descr" is said twice`},
		"npy missing":       {npy("{'descr': '<f4', 'shape': (1,)}", 4), "is missing"},
		"npy unknown key":   {npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}", 4), `"x" is unknown`},
		"npy code":          {npy("{'descr': '<f4', 'fortran_order': bool(0), 'shape': (1,)}", 4), "True or False"},
		"npy after":         {npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", 4), "follows the dictionary"},
		"npy fields no end": {npy("{'descr': [('x', '<f4'), ", 4), "does not end"},

		"npz no archive":       {[]byte("PK\x03\x04 but nothing follows"), "archive cannot be read"},
		"npz twice":            {zipped(t, nil, zip.Store, "w.npy", fine, "w.npy", fine), `array "w"|two arrays`},
		"npz cut member":       {zipped(t, nil, zip.Store, "w.npy", fine[:len(fine)-1]), `array "w"|cut off`},
		"npz no npy":           {zipped(t, nil, zip.Deflate, "w.npy", []byte("something else")), `array "w"|does not begin`},
		"npz encrypted":        {zipped(t, func(h *zip.FileHeader) { h.Flags |= 1 }, zip.Store, "w.npy", fine), "encrypted|password"},
		"npz method":           {zipped(t, func(h *zip.FileHeader) { h.Method = 14 }, zip.Store, "w.npy", fine), "method 14|numpy.savez"},
		"npz impossible ratio": {zipped(t, func(h *zip.FileHeader) { h.UncompressedSize64 = 1 << 40 }, zip.Deflate, "w.npy", fine), "DEFLATE cannot"},
		"npz stored ratio":     {zipped(t, func(h *zip.FileHeader) { h.UncompressedSize64++ }, zip.Store, "w.npy", fine), "stored as it is"},
		"npz beyond":           {zipped(t, func(h *zip.FileHeader) { h.CompressedSize64, h.UncompressedSize64 = 1<<40, 1<<40 }, zip.Store, "w.npy", fine), "of a file of"},
		"torch.save":           {zipped(t, nil, zip.Store, "w/data.pkl", fine), "torch.save|pickle"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bad")
			if err := os.WriteFile(path, c.data, 0o600); err != nil {
				t.Fatal(err)
			}
			f, err := Open(path)
			if err == nil {
				f.Close()
				t.Fatal("no error")
			}
			var e *Error
			if !errors.As(err, &e) || e.Mend == "" || !strings.HasPrefix(err.Error(), path+": ") {
				t.Errorf("%v: names no file or no mend", err)
			}
			refusal(t, err, c.want)
		})
	}
}

// refusal holds an error against the parts it must have, separated by |.
func refusal(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %s", want)
	}
	for _, part := range strings.Split(want, "|") {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%v: want %q", err, part)
		}
	}
}

// What one array of a file has wrong does not keep the others from being read.
func TestRefusesOneArray(t *testing.T) {
	mixed := mustOpen(t, "testdata/mixed.npz")
	if x, _, err := mixed.Float32("fine"); err != nil || len(x) != 2 {
		t.Errorf("fine: %v, %v", x, err)
	}
	_, _, err := mixed.Float32("objects")
	refusal(t, err, `mixed.npz|array "objects"|unpickled`)
	_, _, err = mixed.Int64("texts")
	refusal(t, err, `array "texts"|"<U3"`)
	_, err = mixed.Info("complex")
	refusal(t, err, `array "complex"|"<c8"`)
	_, _, err = mixed.Float32("missing")
	refusal(t, err, `array "missing"|is not in the file|complex, fine, objects, texts`)

	types := mustOpen(t, "testdata/types.safetensors")
	if info, err := types.Info("float8"); err != nil || info.DType != "F8_E4M3" {
		t.Errorf("float8: %v, %v", info, err)
	}
	_, _, err = types.Float32("float8")
	refusal(t, err, `array "float8"|F8_E4M3|float32`)
	_, _, err = types.Float32("i4")
	refusal(t, err, `array "i4"|I32|floating-point`)
	_, _, err = types.Int64("f4")
	refusal(t, err, `array "f4"|F32|int64`)
	refusal(t, types.Rows("f4", 1, 4, nil), `rows [1, 4)|[3 4]`)
	refusal(t, types.Rows("f4", 1, 2, nil), `4 numbers|room for 0`)
	refusal(t, types.Rows("number", 0, 1, nil), `no rows`)

	_, err = Open("testdata/none")
	refusal(t, err, "testdata/none: cannot be opened: no such file")
	_, err = Open("testdata")
	refusal(t, err, "testdata: cannot be opened: it is no regular file")
	for path, want := range map[string]string{"objects.npy": "unpickled", "records.npy": "unpickled", "checkpoint.pt": "torch.save"} {
		_, err = Open("testdata/" + path)
		refusal(t, err, want)
	}
}

// Numbers that the result cannot hold are named by their indices.
func TestNamesTheElement(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.npz")
	doubles := npyOf(">f8", "(2, 2)", 32)
	copy(doubles[len(doubles)-8:], []byte{0x7f, 0xe0}) // 2^1023
	wide := npyOf("<u8", "(2, 3)", 48)
	wide[len(wide)-9] = 0x80
	truth := npyOf("|b1", "(2,)", 2)
	truth[len(truth)-1] = 2
	if err := os.WriteFile(path, zipped(t, nil, zip.Deflate, "doubles.npy", doubles, "wide.npy", wide, "truth.npy", truth), 0o600); err != nil {
		t.Fatal(err)
	}
	f := mustOpen(t, path)
	_, _, err := f.Float32("doubles")
	refusal(t, err, `array "doubles"|element [1 1]|range of float32`)
	refusal(t, f.Rows("doubles", 1, 2, make([]float32, 2)), `element [1 1]`)
	_, _, err = f.Int64("wide")
	refusal(t, err, `array "wide"|element [1 1]`)
	_, _, err = f.Int64("truth")
	refusal(t, err, `array "truth"|element [1]`)
	if err := f.Finite("doubles"); err != nil {
		t.Errorf("2^1023 is finite as it is stored: %v", err)
	}
}

func TestFinite(t *testing.T) {
	f := mustOpen(t, "testdata/types.safetensors")
	refusal(t, f.Finite("special"), `types.safetensors|array "special"|element [0] is not finite|diverged`)
	refusal(t, f.Finite("i4"), `floating-point`)
	for _, name := range []string{"f2", "bf16", "f4", "f8", "empty", "number"} {
		if err := f.Finite(name); err != nil {
			t.Error(err)
		}
	}
	for descr, raw := range map[string]string{">f2": "\x7c\x01", "<f2": "\x00\xfc", ">f4": "\x7f\x80\x00\x00", "<f8": "\x00\x00\x00\x00\x00\x00\xf8\x7f"} {
		b := npy("{'descr': '"+descr+"', 'fortran_order': True, 'shape': (2, 2)}", 4*len(raw))
		copy(b[len(b)-2*len(raw):], raw) // third in storage: row 0, column 1
		path := filepath.Join(t.TempDir(), "x.npy")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		refusal(t, mustOpen(t, path).Finite("x"), "element [0 1] is not finite")
	}
}

// Damage that only the archive's checksum tells is found when the whole is read.
func TestChecksum(t *testing.T) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		b := zipped(t, nil, method, "w.npy", npyOf("<f4", "(2,)", 8))
		at := bytes.Index(b, []byte("PK\x01\x02")) + 16 // the sum in the directory
		b[at] ^= 1
		path := filepath.Join(t.TempDir(), "f.npz")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		f := mustOpen(t, path)
		_, _, err := f.Float32("w")
		refusal(t, err, `array "w"|is damaged|checksum`)
		refusal(t, f.Finite("w"), "checksum")
	}
}

// A file that shrinks while it is open is an error, not an end.
func TestShrinks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.npy")
	if err := os.WriteFile(path, npyOf("<f4", "(2,)", 8), 0o600); err != nil {
		t.Fatal(err)
	}
	f := mustOpen(t, path)
	if err := os.Truncate(path, 70); err != nil {
		t.Fatal(err)
	}
	refusal(t, f.Rows("w", 0, 2, make([]float32, 2)), io.ErrUnexpectedEOF.Error())
	_, _, err := f.Float32("w")
	refusal(t, err, io.ErrUnexpectedEOF.Error())
}
