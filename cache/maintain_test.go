package cache

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func all(Entry) bool  { return true }
func none(Entry) bool { return false }

// age makes every file of a folder look this much older.
func age(t *testing.T, s *FS, by time.Duration) {
	t.Helper()
	then := time.Now().Add(-by)
	err := filepath.WalkDir(s.dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chtimes(name, then, then)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCheckFindsWhatIsBad(t *testing.T) {
	s := openTest(t)
	change := func(name string, to string) {
		file := filepath.Join(s.dir, name)
		if err := errors.Join(os.Remove(file), os.WriteFile(file, []byte(to), 0o444)); err != nil {
			t.Fatal(err)
		}
	}
	good := put(t, s, entry("good"), "good")
	change(blobName(put(t, s, entry("flipped"), "flipped").Blob), "flIpped")
	change(entryName(put(t, s, entry("broken"), "x").Key), "nonsense")
	for range 2 {
		c, err := s.Check()
		if err != nil || c.Entries != 1 || c.Bytes != good.Size || len(c.Bad) == 0 {
			t.Fatalf("%+v, %v", c, err)
		}
	}
	c, _ := s.Check() // the first one has quarantined the bad files
	if len(c.Bad) != 1 || c.Bad[0].Reason != BlobAbsent {
		t.Errorf("%v", c.Bad)
	}
}

func TestUsage(t *testing.T) {
	s := openTest(t)
	put(t, s, entry("a"), "12345")
	put(t, s, entry("b"), "12345")
	bad := put(t, s, entry("c"), "123")
	os.WriteFile(filepath.Join(s.dir, filepath.Dir(blobName(bad.Blob)), temporary+"x"), []byte("1234"), 0o644)
	s.quarantine(blobName(bad.Blob), Corrupt)
	u, err := s.Usage()
	if err != nil {
		t.Fatal(err)
	}
	if u.Kinds["test"] != (Room{2, 10}) || u.Blobs != (Room{1, 5}) || u.Entries.Files != 3 ||
		u.Temporary != (Room{1, 4}) || u.Quarantined != (Room{1, 3}) {
		t.Errorf("%+v", u)
	}
}

func TestGC(t *testing.T) {
	s := openTest(t)
	kept, shared, old := put(t, s, entry("kept"), "same"), put(t, s, entry("shared"), "same"), put(t, s, entry("old"), "old")
	age(t, s, time.Hour)
	young := put(t, s, entry("young"), "young")
	keep := func(e Entry) bool { return e.Key == kept.Key }

	dry, err := s.GC(keep, time.Minute, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []Entry{kept, shared, old, young} {
		if err := getErr(s, e.Key); err != nil {
			t.Errorf("a dry run removed something: %v", err)
		}
	}
	wet, err := s.GC(keep, time.Minute, false)
	if err != nil || wet != dry || wet.Entries.Files != 2 || wet.Blobs != (Room{1, 3}) {
		t.Errorf("dry %+v, then %+v, %v", dry, wet, err)
	}
	wantStored(t, s, kept.Key, "same")
	wantStored(t, s, young.Key, "young")
	wantMiss(t, getErr(s, shared.Key), shared.Key, Absent)
	wantMiss(t, getErr(s, old.Key), old.Key, Absent)
	if err := readErr(s, old); err == nil {
		t.Error("a blob that no entry names is still there")
	}
}

// An old blob that a build counts on again is as good as new.
func TestGCSparesABlobThatIsUsedAgain(t *testing.T) {
	s := openTest(t)
	e := put(t, s, entry("old"), "same")
	age(t, s, time.Hour)
	os.Remove(filepath.Join(s.dir, entryName(e.Key)))
	below := s.disk
	s.disk = &faulty{below, func(op string) error {
		if op == "create" { // the blob has been found, the entry is about to be written
			s := &FS{s.dir, below, time.Now}
			if _, err := s.GC(all, time.Minute, false); err != nil {
				t.Error(err)
			}
		}
		return nil
	}}
	put(t, s, entry("new"), "same")
	wantStored(t, s, entry("new").Key, "same")
}

// An entry that cannot be read may name any blob, so all of them stay.
func TestGCStopsAtWhatItCannotRead(t *testing.T) {
	s := openTest(t)
	e := put(t, s, entry("a"), "result")
	age(t, s, time.Hour)
	below := s.disk
	s.disk = blind{below, os.ErrPermission}
	if _, err := s.GC(none, 0, false); err == nil {
		t.Error("no error")
	}
	s.disk = below
	wantStored(t, s, e.Key, "result")
}

// While a collection removes everything, readers and writers see results or
// misses, never anything else.
func TestGCWhileOthersWork(t *testing.T) {
	s := openTest(t)
	stop := make(chan bool)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				blob := fmt.Sprint("result ", i%7)
				e, err := s.Put(entry(fmt.Sprint(w, i%7)), []byte(blob))
				if err != nil {
					t.Error(err)
					return
				}
				var m *Miss
				if b, err := s.Read(e); err == nil && string(b) != blob || err != nil && !errors.As(err, &m) {
					t.Errorf("read %q, %v", b, err)
				}
			}
		})
	}
	for range 50 {
		if _, err := s.GC(none, 0, false); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	wg.Wait()
	for e, err := range s.All() {
		var m *Miss
		if err == nil {
			err = readErr(s, e)
		}
		if err != nil && (!errors.As(err, &m) || m.Reason != BlobAbsent) {
			t.Error(err)
		}
	}
}

func TestExportImport(t *testing.T) {
	s := openTest(t)
	put(t, s, entry("a"), "one")
	put(t, s, entry("b"), "two")
	put(t, s, entry("c"), "one")
	var file, again bytes.Buffer
	want := func(e Entry) bool { return e.Key != entry("b").Key }
	n, err := s.Export(&file, want)
	if _, e := s.Export(&again, want); err != nil || e != nil || n != 2 || !bytes.Equal(file.Bytes(), again.Bytes()) {
		t.Fatalf("%d entries, %v, %v; same bytes: %v", n, err, e, bytes.Equal(file.Bytes(), again.Bytes()))
	}
	to := NewMemory()
	if n, err := Import(to, bytes.NewReader(file.Bytes())); n != 2 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	wantStored(t, to, entry("a").Key, "one")
	wantStored(t, to, entry("c").Key, "one")
	wantMiss(t, getErr(to, entry("b").Key), entry("b").Key, Absent)
	if e, _ := to.Get(entry("a").Key); e.Made != entry("a").Made {
		t.Errorf("made %+v", e.Made)
	}

	// Cut anywhere, it gives an error.
	whole := file.Bytes()
	for at := range len(whole) {
		if n, err := Import(NewMemory(), bytes.NewReader(whole[:at])); err == nil {
			t.Errorf("cut after %d of %d bytes: %d entries and no error", at, len(whole), n)
		}
	}
	// Changed anywhere, it gives an error or the same, never another result.
	for at := 0; at < len(whole); at += 7 {
		to := NewMemory()
		Import(to, bytes.NewReader(flip(whole, at*8+at%8)))
		for k := range to.entries {
			wantStored(t, to, k, "one")
		}
	}
	for _, bad := range []string{"../x", "entries/../../x", "blobs", "entries/" + strings.Repeat("A", 64)} {
		var file bytes.Buffer
		s := openTest(t)
		w := tar.NewWriter(&file)
		if err := errors.Join(writeTar(w, bad, []byte("x")), w.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := Import(s, &file); err == nil && !strings.HasPrefix(bad, "blobs") {
			t.Errorf("%q was taken", bad)
		}
	}
}
