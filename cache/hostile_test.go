//go:build unix

package cache

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// Things a stranger may have put where an entry or a blob belongs. None may hang
// the reader, lead it out of the folder or fill its memory, and the next Put
// must make the place good.
func TestHostileFiles(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, plant := range map[string]func(file string) error{
		"a link out":          func(f string) error { return os.Symlink(outside, f) },
		"a relative link out": func(f string) error { return os.Symlink("../../../../../../../etc/passwd", f) },
		"a link to nothing":   func(f string) error { return os.Symlink("nothing", f) },
		"a link to itself":    func(f string) error { return os.Symlink(filepath.Base(f), f) },
		"a device":            func(f string) error { return os.Symlink("/dev/zero", f) },
		"a pipe":              func(f string) error { return syscall.Mkfifo(f, 0o644) },
		"a folder":            func(f string) error { return os.Mkdir(f, 0o755) },
		"a full folder":       func(f string) error { return os.MkdirAll(f+"/x/y", 0o755) },
		"a huge file": func(f string) error {
			return errors.Join(os.WriteFile(f, nil, 0o644), os.Truncate(f, 1<<40))
		},
		"an empty file": func(f string) error { return os.WriteFile(f, nil, 0o644) },
	} {
		t.Run(name, func(t *testing.T) {
			s := openTest(t)
			e := put(t, s, entry("a"), "result")
			for _, file := range []string{entryName(e.Key), blobName(e.Blob)} {
				file = filepath.Join(s.dir, file)
				if err := errors.Join(os.Remove(file), plant(file)); err != nil {
					t.Fatal(err)
				}
				done := make(chan bool)
				go func() {
					defer close(done)
					var m *Miss
					_, getErr := s.Get(e.Key)
					_, readErr := s.Read(e)
					if !errors.As(getErr, &m) && !errors.As(readErr, &m) {
						t.Errorf("get %v, read %v", getErr, readErr)
					}
					put(t, s, entry("a"), "result")
					wantStored(t, s, e.Key, "result")
				}()
				select {
				case <-done:
				case <-time.After(20 * time.Second):
					t.Fatal("it hangs")
				}
			}
			if b, err := os.ReadFile(outside); err != nil || string(b) != "secret" {
				t.Errorf("the file outside is now %q, %v", b, err)
			}
		})
	}
}

// A shard that is a link out of the folder takes nothing out with it.
func TestHostileShard(t *testing.T) {
	s := openTest(t)
	outside := t.TempDir()
	k := entry("a").Key
	shard := filepath.Join(s.dir, filepath.Dir(entryName(k)))
	if err := errors.Join(os.MkdirAll(filepath.Dir(shard), 0o755), os.Symlink(outside, shard)); err != nil {
		t.Fatal(err)
	}
	if getErr(s, k) == nil {
		t.Error("found an entry outside")
	}
	if _, err := s.Put(entry("a"), []byte("result")); err == nil {
		t.Error("stored an entry outside")
	}
	if list, err := os.ReadDir(outside); err != nil || len(list) > 0 {
		t.Errorf("outside are now %v, %v", list, err)
	}
}
