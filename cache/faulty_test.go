package cache

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// faulty is a disk on which a step of writing goes wrong. at is called before
// every step and returns the error that it ends with; a write that fails has
// written half.
type faulty struct {
	disk
	at func(op string) error
}

func (d *faulty) create(name string) (sink, error) {
	if err := d.at("create"); err != nil {
		return nil, err
	}
	f, err := d.disk.create(name)
	if err != nil {
		return nil, err
	}
	return &faultySink{f, d}, nil
}

func (d *faulty) link(old, new string) error {
	if err := d.at("link"); err != nil {
		return err
	}
	return d.disk.link(old, new)
}

func (d *faulty) rename(old, new string) error {
	if err := d.at("rename"); err != nil {
		return err
	}
	return d.disk.rename(old, new)
}

func (d *faulty) remove(name string) error {
	if err := d.at("remove"); err != nil {
		return err
	}
	return d.disk.remove(name)
}

func (d *faulty) mkdir(name string) error {
	if err := d.at("mkdir"); err != nil {
		return err
	}
	return d.disk.mkdir(name)
}

func (d *faulty) touch(name string, t time.Time) error {
	if err := d.at("touch"); err != nil {
		return err
	}
	return d.disk.touch(name, t)
}

func (d *faulty) syncDir(name string) error {
	if err := d.at("syncDir"); err != nil {
		return err
	}
	return d.disk.syncDir(name)
}

type faultySink struct {
	sink
	d *faulty
}

func (f *faultySink) Write(b []byte) (int, error) {
	half, err := f.sink.Write(b[:len(b)/2])
	if err != nil {
		return half, err
	}
	if err := f.d.at("write"); err != nil {
		return half, err
	}
	rest, err := f.sink.Write(b[half:])
	return half + rest, err
}

func (f *faultySink) Sync() error {
	if err := f.d.at("sync"); err != nil {
		return err
	}
	return f.sink.Sync()
}

func (f *faultySink) Close() error {
	err := f.sink.Close()
	if e := f.d.at("close"); e != nil {
		return e
	}
	return err
}

// failAt makes the n-th step from now fail, or all from the n-th on.
func failAt(n int, with error, onward bool) func(string) error {
	step := 0
	return func(string) error {
		step++
		if step == n || onward && step > n {
			return with
		}
		return nil
	}
}

// Whatever step of a Put fails, on a full disk or a broken one, once or from then
// on: the error says so, what is visible afterwards is whole, and the next Put
// makes it good.
func TestFaultAtEveryStep(t *testing.T) {
	for _, onward := range []bool{false, true} {
		for _, fault := range []error{syscall.ENOSPC, syscall.EIO} {
			for n := 1; ; n++ {
				if n > 100 {
					t.Fatal("a Put has no end")
				}
				s := openTest(t)
				below := s.disk
				var steps []string
				fail := failAt(n, fault, onward)
				s.disk = &faulty{below, func(op string) error { steps = append(steps, op); return fail(op) }}
				_, err := s.Put(entry("a"), []byte("result"))
				if err != nil && !errors.Is(err, fault) {
					t.Errorf("step %d (%s): %v", n, steps[n-1], err)
				}
				s.disk = below
				if _, e := s.Get(entry("a").Key); e == nil {
					wantStored(t, s, entry("a").Key, "result")
				} else if err == nil {
					t.Errorf("step %d (%s): Put said that all was well, then %v", n, steps[n-1], e)
				} else {
					wantMiss(t, e, entry("a").Key, Absent)
				}
				put(t, s, entry("a"), "result")
				wantStored(t, s, entry("a").Key, "result")
				if len(steps) < n {
					if len(steps) < 14 {
						t.Errorf("only the steps %v were tried", steps)
					}
					break
				}
			}
		}
	}
}

// The blob is whole, durable and named before the entry is begun, and either has
// its bytes on the disk before it has its name.
func TestOrderOfSteps(t *testing.T) {
	s := openTest(t)
	put(t, s, entry("a"), "result") // the folders are made
	os.Remove(s.dir + "/" + blobName(DigestOf([]byte("result"))))
	os.Remove(s.dir + "/" + entryName(entry("a").Key))
	var steps []string
	s.disk = &faulty{s.disk, func(op string) error { steps = append(steps, op); return nil }}
	put(t, s, entry("a"), "result")
	const file = "create write sync close link remove syncDir"
	if got := strings.Join(steps, " "); got != file+" "+file {
		t.Errorf("steps: %s", got)
	}
}

// A disk that writes less than it was given, and says so only by the count.
func TestShortWrite(t *testing.T) {
	s := openTest(t)
	below := s.disk
	s.disk = short{below}
	if _, err := s.Put(entry("a"), []byte("result")); err == nil {
		t.Error("a short write went unnoticed")
	}
	s.disk = below
	wantMiss(t, getErr(s, entry("a").Key), entry("a").Key, Absent)
}

type short struct{ disk }

func (d short) create(name string) (sink, error) {
	f, err := d.disk.create(name)
	return shortSink{f}, err
}

type shortSink struct{ sink }

func (f shortSink) Write(b []byte) (int, error) { return f.sink.Write(b[:len(b)-1]) }

// What the system will not read is a miss, but it may be whole and stays.
func TestUnreadableIsNotBad(t *testing.T) {
	s := openTest(t)
	e := put(t, s, entry("a"), "result")
	below := s.disk
	s.disk = blind{below, syscall.EIO}
	wantMiss(t, getErr(s, e.Key), e.Key, Unreadable)
	wantMiss(t, readErr(s, e), e.Key, Unreadable)
	if _, err := s.Put(entry("a"), []byte("result")); err == nil {
		t.Error("Put replaced what it could not read")
	}
	s.disk = below
	wantStored(t, s, e.Key, "result")
}

type blind struct {
	disk
	err error
}

func (d blind) open(string) (source, error) { return nil, d.err }

// Filesystems without hard links, and network filesystems whose answer got lost:
// the link was made although the server's second answer says that it exists, or
// that something went wrong.
func TestStrangeLinks(t *testing.T) {
	for name, link := range map[string]func(d disk, old, new string) error{
		"no links":                  func(d disk, old, new string) error { return syscall.EPERM },
		"made, then exists":         func(d disk, old, new string) error { return errors.Join(d.link(old, new), fs.ErrExist) },
		"made, then input/output":   func(d disk, old, new string) error { return errors.Join(d.link(old, new), syscall.EIO) },
		"another made it meanwhile": func(d disk, old, new string) error { return errors.Join(d.rename(old, new), fs.ErrExist) },
	} {
		s := openTest(t)
		s.disk = strange{s.disk, link}
		for range 2 {
			if _, err := s.Put(entry("a"), []byte("result")); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			wantStored(t, s, entry("a").Key, "result")
		}
		if u, err := s.Usage(); err != nil || u.Temporary.Files != 0 || u.Quarantined.Files != 0 {
			t.Errorf("%s: left behind %+v, %v", name, u, err)
		}
	}
}

type strange struct {
	disk
	how func(d disk, old, new string) error
}

func (d strange) link(old, new string) error { return d.how(d.disk, old, new) }
