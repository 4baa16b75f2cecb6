package ingest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lossxfer-report/compute/data/library"
)

// targz is an archive of members; a name that ends in @ is a link to "/etc/passwd".
func targz(members ...string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for i := 0; i+1 < len(members); i += 2 {
		name, link := strings.CutSuffix(members[i], "@")
		h := &tar.Header{Name: name, Size: int64(len(members[i+1])), Mode: 0o644, Typeflag: tar.TypeReg}
		if link {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, "/etc/passwd", 0
		}
		w.WriteHeader(h)
		if !link {
			w.Write([]byte(members[i+1]))
		}
	}
	w.Close()
	z.Close()
	return b.Bytes()
}

// flat is a PNG of one colour.
func flat(w, h int, c color.Color) string {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		m.Set(i%w, i/w, c)
	}
	var b bytes.Buffer
	png.Encode(&b, m)
	return b.String()
}

// TestBadArchives: each damage gives an error that says what is wrong.
func TestBadArchives(t *testing.T) {
	good, err := os.ReadFile("testdata/cifar-10-binary.tar.gz")
	if err != nil {
		t.Fatal(err)
	}
	const folder = "cifar-10-batches-bin/"
	parts := func(names, batch string) []byte {
		m := []string{folder + "batches.meta.txt", names, folder + "test_batch.bin", batch}
		for _, n := range []string{"1", "2", "3", "4", "5"} {
			m = append(m, folder+"data_batch_"+n+".bin", batch)
		}
		return targz(m...)
	}
	images := func(labels string) string {
		var b strings.Builder
		for _, l := range labels {
			b.WriteByte(byte(l - '0'))
			b.WriteString(strings.Repeat("x", 3*plane))
		}
		return b.String()
	}
	for want, archive := range map[string][]byte{
		"unexpected EOF":               good[:len(good)/2],
		"gzip":                         []byte("hello, world"),
		"it has no " + folder + "bat":  targz(folder+"test_batch.bin", "x"),
		"no whole number of images":    parts("a\nb\n", images("01")[1:]),
		"label 2 of 2 classes":         parts("a\nb\n", images("02")),
		"a class has no training":      parts("a\nb\nc\n", images("01")),
		"1 classes; a set has 2":       parts("a\n", images("0")),
		"it has no " + folder + "test": targz(folder+"batches.meta.txt", "a", folder+"test_batch.bin@", ""),
	} {
		path := filepath.Join(t.TempDir(), "archive")
		if err := os.WriteFile(path, archive, 0o666); err != nil {
			t.Fatal(err)
		}
		r := Request{Name: "cifar10", Reader: "cifar10", Side: 32, Files: map[string]string{"cifar-10-binary.tar.gz": path}}
		dir := t.TempDir()
		if _, err := Make(context.Background(), dir, r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
		if left, _ := os.ReadDir(filepath.Join(dir, "sets")); len(left) > 0 {
			t.Errorf("%s: left behind %v", want, left)
		}
	}
}

// TestNothingIsUnpacked: members with names that lead elsewhere, links among them, are
// passed over, and no file appears.
func TestNothingIsUnpacked(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	var seen []string
	b := targz("../../evil", "x", "/etc/evil", "x", "wanted@", "", "wanted", "yes")
	err := members(context.Background(), bytes.NewReader(b), func(name string) bool { return name == "wanted" }, func(name string, b []byte) error {
		seen = append(seen, name+"="+string(b))
		return nil
	})
	if err != nil || len(seen) != 1 || seen[0] != "wanted=yes" {
		t.Errorf("%v, %v", seen, err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("files %v", left)
	}
}

// TestPetsThatCannotBeRead: one bad picture in a hundred is named and left out, more are
// an error, and one that is missing is, too.
func TestPetsThatCannotBeRead(t *testing.T) {
	make1 := func(n, bad int, missing string) (*library.Set, error) {
		var list strings.Builder
		var m []string
		for i := range n {
			name := []string{"cat_", "dog_"}[i%2] + string(rune('a'+i/2%26)) + string(rune('a'+i/52))
			list.WriteString(name + " " + string(rune('1'+i%2)) + " 1 1\n")
			body := flat(8, 8, color.Gray{uint8(i)})
			if i < bad {
				body = "\xff\xd8junk"
			}
			if name != missing {
				m = append(m, "images/"+name+".jpg", body)
			}
		}
		dir := t.TempDir()
		r := Request{Name: "pets", Reader: "pets", Side: 8, Files: map[string]string{}}
		for name, b := range map[string][]byte{
			"images.tar.gz":      targz(m...),
			"annotations.tar.gz": targz("annotations/trainval.txt", list.String(), "annotations/test.txt", strings.ReplaceAll(list.String(), "_", "_x")),
		} {
			r.Files[name] = filepath.Join(dir, name)
			os.WriteFile(r.Files[name], b, 0o666)
		}
		if missing == "" {
			// Test images are the same under other names.
			for i := 0; i < n; i++ {
				m = append(m, strings.Replace(m[2*i], "_", "_x", 1), flat(8, 8, color.Gray{uint8(i)}))
			}
			os.WriteFile(r.Files["images.tar.gz"], targz(m...), 0o666)
		}
		return Make(context.Background(), dir, r)
	}
	s, err := make1(104, 1, "")
	if err != nil || len(s.Unread) != 1 || !strings.Contains(s.Unread[0], "cat_aa") {
		t.Errorf("%v, %+v", err, s)
	}
	if _, err := make1(104, 3, ""); err == nil || !strings.Contains(err.Error(), "cannot be decoded, the first is images/cat_aa.jpg") {
		t.Errorf("three bad pictures: %v", err)
	}
	if _, err := make1(4, 0, "dog_ba"); err == nil || !strings.Contains(err.Error(), "listed pictures are not in it, images/") {
		t.Errorf("a missing picture: %v", err)
	}
}

func TestBadPictures(t *testing.T) {
	for want, file := range map[string]string{
		"unknown format": "hello",
		"too long":       flat(20000, 2, color.White),
	} {
		if _, err := square([]byte(file), 32); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	// A header may promise more than memory holds.
	huge := []byte(flat(1, 1, color.White))
	copy(huge[16:], "\x00\x01\x00\x00\x00\x01\x00\x00")
	if _, err := square(huge, 32); err == nil {
		t.Error("a picture of 65536×65536 was read")
	}
}

func TestMAT(t *testing.T) {
	b, err := os.ReadFile("testdata/plain.mat")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]int{
		"double": {1, 2, 3, 4}, "single": {5}, "i8": {-1}, "i16": {-300}, "i32": {70000, 2}, "u32": {1500000000}, "i64": {-5}, "u64": {9},
	} {
		got, err := readMAT(bytes.NewReader(b), name)
		if err != nil || len(got) != len(want) {
			t.Errorf("%s: %v, %v", name, got, err)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: %v, want %v", name, got, want)
			}
		}
	}
	for name, want := range map[string]string{
		"text": "no array of real numbers", "z": "no array of real numbers", "cell": "no array of real numbers", "half": "no whole number", "none": "no variable",
	} {
		if _, err := readMAT(bytes.NewReader(b), name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", name, err, want)
		}
	}
	for want, cut := range map[string][]byte{
		"no MATLAB file": b[:100], "ends within": b[:150], "names no order": append(append(append([]byte{}, b[:126]...), 'x', 'y'), b[128:]...),
	} {
		if _, err := readMAT(bytes.NewReader(cut), "u64"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// folderOf makes a folder of flat pictures: class k has n[k] of them, the level of picture
// i of class k is 10·k + i.
func folderOf(t *testing.T, dir string, n ...int) {
	t.Helper()
	for k, count := range n {
		class := filepath.Join(dir, string(rune('a'+k)))
		if err := os.MkdirAll(class, 0o777); err != nil {
			t.Fatal(err)
		}
		for i := range count {
			if err := os.WriteFile(filepath.Join(class, string(rune('a'+i))+".PNG"), []byte(flat(9, 12, color.Gray{uint8(10*k + i)})), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestFolder(t *testing.T) {
	ctx, nobody := context.Background(), func(int, int) {}
	from, dir := t.TempDir(), t.TempDir()
	folderOf(t, from, 10, 12)
	os.WriteFile(filepath.Join(from, "a", "readme.txt"), []byte("x"), 0o666)
	os.MkdirAll(filepath.Join(from, ".git"), 0o777)
	s, err := FromFolder(ctx, dir, "mine", from, 8, 0.25, 0.2, nobody)
	if err != nil {
		t.Fatal(err)
	}
	if s.Splits[0].Rounds != 6 || s.Splits[1].Rounds != 2 || s.Splits[2].Rounds != 2 || strings.Join(s.Classes, "") != "ab" {
		t.Errorf("%+v", s)
	}
	seen := map[uint8]bool{}
	for i, split := range []string{"train", "validation", "test"} {
		pixels, err := s.Read(ctx, dir, split, s.Splits[i].Rounds)
		if err != nil {
			t.Fatal(err)
		}
		for k := 0; k < len(pixels); k += 192 {
			level := pixels[k]
			if seen[level] || min(int(level)/10, 1) != k/192%2 {
				t.Errorf("%s image %d has level %d", split, k/192, level)
			}
			seen[level] = true
		}
	}
	// The same pictures in published splits.
	split := t.TempDir()
	folderOf(t, filepath.Join(split, "train"), 4, 4)
	folderOf(t, filepath.Join(split, "validation"), 2, 2)
	folderOf(t, filepath.Join(split, "test"), 3, 2)
	if s, err = FromFolder(ctx, dir, "mine", split, 8, 0.25, 0.2, nobody); err != nil || s.Splits[0].Rounds != 4 || s.Splits[1].Rounds != 2 || s.Splits[2].Rounds != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	// A photograph that Pillow has written stands in its class among the others.
	jpeg, err := os.ReadFile("testdata/444.jpg")
	if err == nil {
		err = errors.Join(os.WriteFile(filepath.Join(split, "test", "b", "0.jpg"), jpeg, 0o666), os.Remove(filepath.Join(split, "test", "b", "a.PNG")))
	}
	if err == nil {
		s, err = FromFolder(ctx, dir, "mine", split, 8, 0.25, 0.2, nobody)
	}
	if err != nil {
		t.Fatal(err)
	}
	pixels, err := s.Read(ctx, dir, "test", 2)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for k := range 4 {
		mean, most := apart(pixels[192*k:192*(k+1)], fit(t, "444.jpg", "8"))
		if mean < 0.2 && most <= 1 {
			if found++; k%2 != 1 {
				t.Errorf("the photograph is of class %d", k%2)
			}
		}
	}
	if found != 1 {
		t.Errorf("the photograph is read %d times", found)
	}
	for want, spoil := range map[string]func(dir string) error{
		"do not have the same classes": func(d string) error { return os.Rename(filepath.Join(d, "test", "b"), filepath.Join(d, "test", "c")) },
		"train and no test":            func(d string) error { return os.RemoveAll(filepath.Join(d, "test")) },
		"has no .jpg":                  func(d string) error { return os.Remove(filepath.Join(d, "train", "a", "a.PNG")) },
		"mend it":                      func(d string) error { return os.WriteFile(filepath.Join(d, "train", "b", "a.PNG"), []byte("x"), 0o666) },
	} {
		d := t.TempDir()
		folderOf(t, filepath.Join(d, "train"), 1, 1)
		folderOf(t, filepath.Join(d, "test"), 1, 1)
		if err := spoil(d); err != nil {
			t.Fatal(err)
		}
		if _, err := FromFolder(ctx, t.TempDir(), "mine", d, 8, 0, 0, nobody); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if _, err := FromFolder(ctx, dir, "mine", filepath.Join(from, "none"), 8, 0, 0, nobody); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

func FuzzMAT(f *testing.F) {
	for _, name := range []string{"plain.mat", "imagelabels.mat", "setid.mat"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, name := range []string{"labels", "double"} {
			if v, err := readMAT(bytes.NewReader(b), name); err == nil && len(v) > mostMAT {
				t.Errorf("%d numbers", len(v))
			}
		}
	})
}

func FuzzPicture(f *testing.F) {
	for name := range reference(f).Fits {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 {
			return
		}
		if p, err := square(b, 16); err == nil && len(p) != 16*16*3 {
			t.Errorf("%d bytes", len(p))
		}
	})
}

func FuzzCIFAR(f *testing.F) {
	f.Add([]byte("\x01"+strings.Repeat("a", 3*plane)), 1)
	f.Add([]byte("\x01\x00"+strings.Repeat("a", 3*plane)), 2)
	f.Fuzz(func(t *testing.T, b []byte, labels int) {
		c := &collection{classes: []string{"a", "b"}}
		if labels != 1 && labels != 2 {
			return
		}
		if err := c.addCIFAR(b, labels, 0); err == nil && len(c.places)*(3*plane+labels) != len(b) {
			t.Errorf("%d images of %d bytes", len(c.places), len(b))
		}
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(targz("a", "b", "c@", ""))
	f.Fuzz(func(t *testing.T, b []byte) {
		members(context.Background(), io.LimitReader(bytes.NewReader(b), 1<<16), func(string) bool { return true }, func(_ string, b []byte) error {
			if len(b) > mostMember {
				t.Errorf("%d bytes", len(b))
			}
			return nil
		})
	})
}

func FuzzPetList(f *testing.F) {
	f.Add("#\nAbyssinian_1 1 1 1\ngreat_dane_2 2 1 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, at := &collection{}, map[string]library.Place{}
		if c.petList(text, 0, at) == nil {
			for name, p := range at {
				if p.Class < 0 || p.Class >= len(c.classes) {
					t.Errorf("%s is of class %d of %d", name, p.Class, len(c.classes))
				}
			}
		}
	})
}
