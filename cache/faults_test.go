package cache

import (
	"bytes"
	"errors"
	"os"
	"syscall"
	"testing"
	"time"
)

// family is an operation on a store that holds "a", "b" and "old", all of them aged, in
// every step of which a disk may fail.
type family struct {
	name  string
	least int // steps that there are at least
	do    func(t *testing.T, s *FS) error
	// silent says that the operation has no error to give: it does its best.
	silent bool
	// then holds what has to be so once the disk works again; it returns how many
	// results are lost.
	then func(t *testing.T, s *FS, err error) int
}

// lost counts the results that are not what they were.
func lost(s *FS, names ...string) int {
	n := 0
	for _, name := range names {
		e, err := s.Get(entry(name).Key)
		if err == nil {
			_, err = s.Read(e)
		}
		if err != nil {
			n++
		}
	}
	return n
}

// Whatever step of an operation fails, on a full disk or a broken one, once or from then
// on: the error says so, no result is lost that the operation was not to remove, and the
// same operation makes it good on a disk that works. With -v it prints a table.
func TestFaultsOfEveryOperation(t *testing.T) {
	file := exported(t)
	families := []family{
		{name: "put", least: 14, do: func(t *testing.T, s *FS) error {
			_, err := s.Put(entry("new"), []byte("new"))
			return err
		}, then: func(t *testing.T, s *FS, err error) int {
			if err == nil && lost(s, "new") > 0 {
				return 1
			}
			put(t, s, entry("new"), "new")
			return lost(s, "new", "a", "b", "old")
		}},
		{name: "put in place of a damaged one", least: 10, do: func(t *testing.T, s *FS) error {
			damage(t, s, "b")
			_, err := s.Put(entry("b"), []byte("b"))
			return err
		}, then: func(t *testing.T, s *FS, err error) int {
			if err == nil && lost(s, "b") > 0 {
				return 1
			}
			put(t, s, entry("b"), "b")
			return lost(s, "a", "b", "old")
		}},
		{name: "import", least: 28, do: func(t *testing.T, s *FS) error {
			_, err := Import(s, bytes.NewReader(file))
			return err
		}, then: func(t *testing.T, s *FS, err error) int {
			if err == nil && lost(s, "x", "y") > 0 {
				return 1
			}
			if n, err := Import(s, bytes.NewReader(file)); n != 2 || err != nil {
				t.Errorf("imported %d the second time: %v", n, err)
			}
			return lost(s, "x", "y", "a", "b", "old")
		}},
		{name: "gc", least: 2, do: func(t *testing.T, s *FS) error {
			_, err := s.GC(func(e Entry) bool { return e.Key != entry("old").Key }, time.Minute, false)
			return err
		}, then: func(t *testing.T, s *FS, err error) int {
			if _, e := s.GC(func(e Entry) bool { return e.Key != entry("old").Key }, time.Minute, false); e != nil {
				t.Errorf("the second gc: %v", e)
			}
			if u, e := s.Usage(); e != nil || u.Entries.Files != 2 || u.Blobs.Files != 2 || u.Temporary.Files > 0 {
				t.Errorf("after the second gc: %+v, %v", u, e)
			}
			return lost(s, "a", "b")
		}},
		{name: "quarantine", least: 3, silent: true, do: func(t *testing.T, s *FS) error {
			damage(t, s, "b")
			wantMiss(t, readErr(s, entryOf(t, s, "b")), entry("b").Key, Corrupt)
			return nil
		}, then: func(t *testing.T, s *FS, _ error) int {
			put(t, s, entry("b"), "b")
			return lost(s, "a", "b", "old")
		}},
		{name: "reject", least: 3, silent: true, do: func(t *testing.T, s *FS) error {
			s.Reject(entryOf(t, s, "b"))
			return nil
		}, then: func(t *testing.T, s *FS, _ error) int {
			put(t, s, entry("b"), "b")
			return lost(s, "a", "b", "old")
		}},
	}
	t.Logf("%-30s %6s %6s %6s %6s", "operation", "steps", "tries", "errors", "lost")
	for _, f := range families {
		steps, tries, failed, gone := 0, 0, 0, 0
		for _, onward := range []bool{false, true} {
			for _, fault := range []error{syscall.ENOSPC, syscall.EIO} {
				for n := 1; n < 200; n++ {
					s := openTest(t)
					for _, name := range []string{"a", "b", "old"} {
						put(t, s, entry(name), name)
					}
					age(t, s, 2*writing)
					below := s.disk
					step, fail := 0, failAt(n, fault, onward)
					s.disk = &faulty{below, func(op string) error { step++; return fail(op) }}
					err := f.do(t, s)
					s.disk = below
					if step < n {
						steps = step
						break
					}
					tries++
					if err != nil {
						failed++
					}
					if err != nil && !errors.Is(err, fault) {
						t.Errorf("%s, step %d: %v", f.name, n, err)
					}
					gone += f.then(t, s, err)
				}
			}
		}
		t.Logf("%-30s %6d %6d %6d %6d", f.name, steps, tries, failed, gone)
		if gone > 0 || steps < f.least || !f.silent && failed == 0 {
			t.Errorf("%s: %d results lost in %d tries of %d steps, %d of which failed", f.name, gone, tries, steps, failed)
		}
	}
}

func exported(t *testing.T) []byte {
	t.Helper()
	s := openTest(t)
	put(t, s, entry("x"), "x")
	put(t, s, entry("y"), "y")
	var file bytes.Buffer
	if n, err := s.Export(&file, all); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	return file.Bytes()
}

func entryOf(t *testing.T, s *FS, name string) Entry {
	t.Helper()
	e, err := s.Get(entry(name).Key)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// damage changes a blob, and keeps its length.
func damage(t *testing.T, s *FS, name string) {
	t.Helper()
	file := s.dir + "/" + blobName(DigestOf([]byte(name)))
	if err := errors.Join(os.Remove(file), os.WriteFile(file, bytes.Repeat([]byte("#"), len(name)), 0o444)); err != nil {
		t.Fatal(err)
	}
}

// An export onto a full disk says so, whichever of its bytes does not fit.
func TestExportOntoAFullDisk(t *testing.T) {
	s := openTest(t)
	put(t, s, entry("a"), "result")
	if full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0); err == nil {
		defer full.Close()
		if _, err := s.Export(full, all); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("onto /dev/full: %v", err)
		}
	}
	whole := 0
	for room := 0; whole == 0; room += 100 {
		n, err := s.Export(&roomFor{room}, all)
		if err == nil {
			whole = room
		} else if !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("with room for %d bytes: %d results, %v", room, n, err)
		}
	}
	var file bytes.Buffer
	if s.Export(&file, all); whole < file.Len() {
		t.Errorf("%d bytes were enough for %d", whole, file.Len())
	}
}

// roomFor takes so many bytes.
type roomFor struct{ left int }

func (r *roomFor) Write(b []byte) (int, error) {
	n := min(len(b), r.left)
	r.left -= n
	if n < len(b) {
		return n, syscall.ENOSPC
	}
	return n, nil
}
