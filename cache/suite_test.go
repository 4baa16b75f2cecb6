package cache

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"sync"
	"testing"
	"time"
)

// bench is a store whose insides a test can change.
type bench struct {
	Store
	// change replaces the bytes of what is stored under an entry or blob name;
	// nil in or out means that there is none.
	change func(name string, f func([]byte) []byte)
}

// benches are the stores that the suite runs over.
var benches = map[string]func(t *testing.T) bench{
	"memory": func(t *testing.T) bench {
		m := NewMemory()
		return bench{m, func(name string, f func([]byte) []byte) {
			if k, err := ParseKey(name[len("entries/ab/"):]); err == nil && name == entryName(k) {
				replace(m.entries, k, f)
			} else if d, err := ParseDigest(name[len("blobs/ab/"):]); err == nil {
				replace(m.blobs, d, f)
			}
		}}
	},
	"folder": func(t *testing.T) bench {
		s := openTest(t)
		return bench{s, func(name string, f func([]byte) []byte) {
			file := s.dir + "/" + name
			old, err := os.ReadFile(file)
			if err != nil {
				old = nil
			}
			os.Remove(file)
			if b := f(old); b != nil {
				if err := os.WriteFile(file, b, 0o444); err != nil {
					t.Fatal(err)
				}
			}
		}}
	},
}

func replace[K comparable](m map[K][]byte, k K, f func([]byte) []byte) {
	if b := f(bytes.Clone(m[k])); b == nil {
		delete(m, k)
	} else {
		m[k] = b
	}
}

// openTest opens a store in a new folder. Its disk forgets to sync, which no test
// but those of syncing can tell, and is many times faster.
func openTest(t *testing.T) *FS {
	t.Helper()
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s.disk = lazy{s.disk}
	return s
}

type lazy struct{ disk }

func (l lazy) syncDir(string) error { return nil }
func (l lazy) create(name string) (sink, error) {
	f, err := l.disk.create(name)
	return lazySink{f}, err
}

type lazySink struct{ sink }

func (lazySink) Sync() error { return nil }

func suite(t *testing.T, test func(t *testing.T, b bench)) {
	for name, open := range benches {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func entry(name string) Entry {
	parts := []Part{{"schema", "1"}, {"name", name}}
	return Entry{
		Key: KeyOf(parts), Kind: "test", Parts: parts,
		Deps: []Dep{{Key: Key{1}, Digest: Digest{2}}, {Key: Key{3}}},
		Made: Provenance{Host: "here", Commit: "abc+", Time: time.Unix(1e9, 0).UTC()},
	}
}

func put(t testing.TB, s Store, e Entry, blob string) Entry {
	t.Helper()
	got, err := s.Put(e, []byte(blob))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// wantStored holds that a key has a result.
func wantStored(t testing.TB, s Store, k Key, blob string) {
	t.Helper()
	e, err := s.Get(k)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := s.Read(e); err != nil || string(b) != blob {
		t.Fatalf("read %q, %v; want %q", b, err, blob)
	}
}

// wantMiss holds that an error is a miss of the key for this reason.
func wantMiss(t testing.TB, err error, k Key, want Reason) {
	t.Helper()
	var m *Miss
	if !errors.As(err, &m) || m.Reason != want || m.Key != k {
		t.Fatalf("got %v, want a miss of %s: %s", err, k, want)
	}
}

func getErr(s Store, k Key) error { _, err := s.Get(k); return err }

func readErr(s Store, e Entry) error { _, err := s.Read(e); return err }

func TestStoreKeepsWhatWasPut(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		e := entry("a")
		wantMiss(t, getErr(b, e.Key), e.Key, Absent)
		for _, blob := range []string{"result", "", string(make([]byte, 1<<20))} {
			e := entry(fmt.Sprint("of ", len(blob)))
			put, err := b.Put(e, []byte(blob))
			if err != nil {
				t.Fatal(err)
			}
			e.Blob, e.Size = DigestOf([]byte(blob)), int64(len(blob))
			got, err := b.Get(e.Key)
			if err != nil || !reflect.DeepEqual(got, e) || !reflect.DeepEqual(put, e) {
				t.Errorf("put %+v\ngot %+v, %v\nwant %+v", put, got, err, e)
			}
			wantStored(t, b, e.Key, blob)
		}
		bare := KeyOf(nil)
		put(t, b, Entry{Key: bare}, "no parts")
		wantStored(t, b, bare, "no parts")
	})
}

func TestFirstWriterWins(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		first := put(t, b, entry("a"), "first")
		second := entry("a")
		second.Made.Host = "there"
		if got := put(t, b, second, "second"); !reflect.DeepEqual(got, first) {
			t.Errorf("the second Put returned %+v", got)
		}
		if got := put(t, b, second, "first"); !reflect.DeepEqual(got, first) {
			t.Errorf("the third Put returned %+v", got)
		}
		wantStored(t, b, first.Key, "first")
		// Not, however, if the first one's blob is no good any more.
		b.change(blobName(first.Blob), func([]byte) []byte { return []byte("fIrst") })
		put(t, b, second, "second")
		wantStored(t, b, first.Key, "second")
	})
}

func TestOneBlobOfTwoEntries(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		put(t, b, entry("a"), "same")
		put(t, b, entry("b"), "same")
		wantStored(t, b, entry("a").Key, "same")
		wantStored(t, b, entry("b").Key, "same")
	})
}

func TestPartsMustMakeTheKey(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		e := entry("a")
		e.Parts = entry("b").Parts
		if _, err := b.Put(e, nil); err == nil {
			t.Error("an entry whose parts do not make its key was stored")
		}
	})
}

func TestReject(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		old := put(t, b, entry("a"), "old")
		b.Reject(old)
		wantMiss(t, getErr(b, old.Key), old.Key, Absent)
		put(t, b, entry("a"), "new")
		b.Reject(old) // what stands now is another
		wantStored(t, b, old.Key, "new")
	})
}

func TestCallersShareNothing(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		in := []byte("result")
		e := entry("a")
		if _, err := b.Put(e, in); err != nil {
			t.Fatal(err)
		}
		in[0], e.Parts[0].Name = 'X', "X"
		got, _ := b.Get(e.Key)
		out, _ := b.Read(got)
		out[0], got.Parts[0].Name, got.Deps[0].Key = 'X', "X", Key{9}
		wantStored(t, b, e.Key, "result")
		if got, err := b.Get(e.Key); err != nil || !reflect.DeepEqual(got.Parts, entry("a").Parts) {
			t.Errorf("got %v, %v", got.Parts, err)
		}
	})
}

func TestManyGoroutinesOnOneKey(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		stood := make([]Entry, 16)
		var wg sync.WaitGroup
		for i := range stood {
			wg.Go(func() {
				e, err := b.Put(entry("a"), fmt.Append(nil, "result ", i))
				if err != nil {
					t.Error(err)
				}
				if _, err := b.Read(e); err != nil {
					t.Error(err)
				}
				stood[i] = e
			})
		}
		wg.Wait()
		for _, e := range stood {
			if e.Blob != stood[0].Blob {
				t.Fatal("two first writers")
			}
		}
	})
}
