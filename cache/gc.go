package cache

import (
	"errors"
	"fmt"
	"time"
)

// Collected is what GC removed, or would remove.
type Collected struct {
	Entries     Room `json:"entries"`
	Blobs       Room `json:"blobs"`
	Temporary   Room `json:"temporary"`
	Quarantined Room `json:"quarantined"`
}

// writing is how long a temporary file may be one that is being written, whatever
// the grace period.
const writing = time.Hour

// GC removes the entries that keep does not want, then the blobs that no entry
// names, temporary files and the quarantine; all only if they have not been
// written for as long as grace. With dry it removes nothing and says what it
// would.
//
// Entries go before blobs, the reverse of writing, so whatever is interrupted
// leaves no entry without its blob. The grace period protects builds that run
// meanwhile, on other machines too: what they wrote or counted on lately stays.
// A build that loses a blob all the same sees a miss.
func (s *FS) GC(keep func(Entry) bool, grace time.Duration, dry bool) (Collected, error) {
	c := collector{FS: s, now: s.now(), grace: grace, dry: dry}
	live := map[Digest]bool{}
	for e, err := range s.All() {
		var miss *Miss
		switch {
		case errors.As(err, &miss) && miss.Reason != Unreadable:
			continue // gone or in quarantine
		case err != nil:
			// Its blob is unknown, so no blob can be called unused.
			return c.Collected, fmt.Errorf("cache: nothing more is removed while an entry cannot be read: %w", err)
		case keep(e) || !c.take(entryName(e.Key), &c.Entries, 0):
			live[e.Blob] = true
		}
	}
	for _, top := range []string{entriesDir, blobsDir} {
		err := s.files(top, func(name, base string) bool {
			if isTemporary(base) {
				c.take(name, &c.Temporary, writing)
			} else if d, err := ParseDigest(base); err == nil && top == blobsDir && !live[d] {
				c.take(name, &c.Blobs, 0)
			}
			return true
		})
		if err != nil {
			return c.Collected, err
		}
	}
	list, err := s.list(quarantineDir)
	for _, f := range list {
		c.take(quarantineDir+"/"+f.Name(), &c.Quarantined, 0)
	}
	return c.Collected, errors.Join(err, c.err)
}

type collector struct {
	*FS
	Collected
	now   time.Time
	grace time.Duration
	dry   bool
	err   error
}

// take removes a file that has not been written for the grace period and for at
// least so long, and reports whether it is gone.
func (c *collector) take(name string, from *Room, atLeast time.Duration) bool {
	info, err := c.disk.stat(name)
	if err != nil || c.now.Sub(info.ModTime()) < max(c.grace, atLeast) {
		return false
	}
	if !c.dry {
		if err := c.disk.remove(name); err != nil {
			c.err = errors.Join(c.err, err)
			return false
		}
	}
	from.add(info.Size())
	return true
}
