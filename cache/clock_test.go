package cache

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// putAt stores a result as a machine does whose clock, and whose disk's, says at.
func putAt(t *testing.T, s *FS, name string, at time.Time) Entry {
	t.Helper()
	s.now = func() time.Time { return at }
	e := entry(name)
	e.Made.Time = at
	e = put(t, s, e, name)
	for _, file := range []string{entryName(e.Key), blobName(e.Blob)} {
		if err := os.Chtimes(filepath.Join(s.dir, file), at, at); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

// Clocks jump, and machines that share a folder have clocks of their own. Whatever they
// say, results stay readable, and gc takes nothing that is kept, and of the rest only
// what its own clock calls older than the grace.
func TestClocksThatJump(t *testing.T) {
	const grace = time.Minute
	year := 365 * 24 * time.Hour
	jumps := []time.Duration{-50 * year, -year, -time.Hour, -grace, -time.Second, 0, time.Second, time.Hour, year, 50 * year}
	today := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, stored := range jumps {
		for _, collected := range jumps {
			t.Run(fmt.Sprintf("put %v, gc %v", stored, collected), func(t *testing.T) {
				s := openTest(t)
				kept, old := putAt(t, s, "kept", today.Add(stored)), putAt(t, s, "old", today.Add(stored))
				s.now = func() time.Time { return today.Add(collected) }
				wantStored(t, s, kept.Key, "kept")
				wantStored(t, s, old.Key, "old")
				c, err := s.GC(func(e Entry) bool { return e.Key == kept.Key }, grace, false)
				if err != nil {
					t.Fatal(err)
				}
				wantStored(t, s, kept.Key, "kept")
				if collected-stored < grace {
					wantStored(t, s, old.Key, "old")
				} else if c.Entries.Files != 1 || c.Blobs.Files != 1 {
					t.Errorf("%v later, gc took %+v", collected-stored, c)
				}
				// What is put now is within its grace, whatever was before.
				again := put(t, s, entry("old"), "old")
				if _, err := s.GC(none, grace, false); err != nil {
					t.Fatal(err)
				}
				if collected-stored < grace {
					wantStored(t, s, again.Key, "old")
				}
			})
		}
	}
}

// A build whose clock is behind counts on a blob that another one has just written: it
// does not make it look old to a gc whose clock is right.
func TestNoClockMakesABlobOlder(t *testing.T) {
	s := openTest(t)
	today := time.Now()
	putAt(t, s, "same", today)
	s.now = func() time.Time { return today.Add(-48 * time.Hour) }
	put(t, s, entry("other"), "same")
	os.Remove(filepath.Join(s.dir, entryName(entry("same").Key)))
	os.Remove(filepath.Join(s.dir, entryName(entry("other").Key))) // which is about to be written
	s.now = func() time.Time { return today.Add(time.Minute) }
	if c, err := s.GC(all, 24*time.Hour, false); err != nil || c.Blobs.Files > 0 {
		t.Errorf("gc took %+v, %v", c.Blobs, err)
	}
}

// Provenance is for people: years off, it neither keeps a result nor loses it.
func TestProvenanceYearsOff(t *testing.T) {
	suite(t, func(t *testing.T, b bench) {
		for _, at := range []time.Time{{}, time.Unix(0, 0), time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)} {
			e := entry(at.String())
			e.Made.Time = at
			put(t, b, e, "result")
			wantStored(t, b, e.Key, "result")
			if got, err := b.Get(e.Key); err != nil || !got.Made.Time.Equal(at.Truncate(time.Second)) {
				t.Errorf("made %v, not %v; %v", got.Made.Time, at, err)
			}
		}
	})
}
