//go:build unix

package cache

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// nobody is a user who owns nothing.
const nobody = 65534

// A folder that may only be read serves results and refuses new ones. Root may write
// anywhere, so for root another user reads it.
func TestReadOnlyFolder(t *testing.T) {
	// Where others may go, unlike a test's own folder.
	outer, err := os.MkdirTemp("", "cache-readonly-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(outer) })
	dir := filepath.Join(outer, "cache")
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, entry("a"), "result")
	bad := put(t, s, entry("bad"), "another")
	file := filepath.Join(dir, blobName(bad.Blob))
	if err := errors.Join(os.Remove(file), os.WriteFile(file, []byte("anOther"), 0o444)); err != nil {
		t.Fatal(err)
	}
	filepath.WalkDir(outer, func(name string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			os.Chmod(name, 0o555)
			t.Cleanup(func() { os.Chmod(name, 0o755) })
		}
		return err
	})
	if os.Geteuid() != 0 {
		if err := readOnly(dir); err != nil {
			t.Error(err)
		}
		return
	}
	// The test binary lies where nobody else may go.
	exe := filepath.Join(outer, "reader")
	if err := copyFile(exe, "/proc/self/exe"); err != nil {
		t.Skipf("this test's program cannot be copied: %v", err)
	}
	c := exec.Command(exe)
	c.Env = append(os.Environ(), childReader+"="+dir)
	c.Dir = "/"
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := c.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		t.Skipf("root may not become another user here: %v", err)
	}
	if err != nil {
		t.Errorf("as user %d: %v: %s", nobody, err, out)
	}
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

func readerOnly(dir string) int {
	if err := readOnly(dir); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// readOnly says what of a folder that may only be read is not as it should be.
func readOnly(dir string) error {
	s, err := Open(dir)
	if err != nil {
		return err
	}
	return serves(s)
}

// serves holds a store whose disk takes nothing, with one good result and one damaged.
func serves(s *FS) error {
	stored := func() error {
		e, err := s.Get(entry("a").Key)
		if err != nil {
			return err
		}
		if b, err := s.Read(e); err != nil || string(b) != "result" {
			return fmt.Errorf("read %q, %w", b, err)
		}
		return nil
	}
	if err := stored(); err != nil {
		return err
	}
	// A damaged file can go nowhere and stays a miss.
	for range 2 {
		var m *Miss
		e, err := s.Get(entry("bad").Key)
		if err != nil {
			return err
		}
		if _, err := s.Read(e); !errors.As(err, &m) || m.Reason != Corrupt {
			return fmt.Errorf("a damaged result: %w", err)
		}
	}
	if _, err := s.Put(entry("b"), []byte("new")); err == nil {
		return errors.New("something was stored")
	}
	if _, err := s.Put(entry("bad"), []byte("another")); err == nil {
		return errors.New("a damaged result is called stored")
	}
	if e, err := s.Put(entry("a"), []byte("result")); err != nil || e.Key != entry("a").Key {
		return fmt.Errorf("what is there already: %w", err)
	}
	if c, err := s.Check(); err != nil || c.Entries != 1 || len(c.Bad) != 1 {
		return fmt.Errorf("check: %+v, %w", c, err)
	}
	if n, err := s.Export(io.Discard, all); err != nil || n != 1 {
		return fmt.Errorf("export of %d: %w", n, err)
	}
	if _, err := s.GC(none, 0, true); err != nil {
		return fmt.Errorf("dry gc: %w", err)
	}
	if c, err := s.GC(none, 0, false); err == nil || c.Entries.Files+c.Blobs.Files > 0 {
		return fmt.Errorf("gc took %+v, %w", c, err)
	}
	return stored()
}

// A disk that has become read-only refuses every step of writing.
func TestReadOnlyDisk(t *testing.T) {
	s := openTest(t)
	put(t, s, entry("a"), "result")
	bad := put(t, s, entry("bad"), "another")
	file := filepath.Join(s.dir, blobName(bad.Blob))
	if err := errors.Join(os.Remove(file), os.WriteFile(file, []byte("anOther"), 0o444)); err != nil {
		t.Fatal(err)
	}
	before := snapshot(t, s.dir)
	refused := map[string]int{}
	below := s.disk
	s.disk = &faulty{below, func(op string) error {
		if op == "syncDir" {
			return nil // there is nothing to sync
		}
		refused[op]++
		return syscall.EROFS
	}}
	if err := serves(s); err != nil {
		t.Error(err)
	}
	if _, err := s.Put(entry("b"), nil); !errors.Is(err, syscall.EROFS) {
		t.Errorf("Put says %v", err)
	}
	if after := snapshot(t, s.dir); !bytes.Equal(before, after) {
		t.Error("the folder has changed")
	}
	t.Logf("refused: %v", refused)
}

// snapshot is the names and contents of all files of a folder.
func snapshot(t *testing.T, dir string) []byte {
	t.Helper()
	var all []byte
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		all = fmt.Appendf(all, "%s %x\n", name, DigestOf(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
