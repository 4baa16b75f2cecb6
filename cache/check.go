package cache

import "errors"

// Checked is what Check found.
type Checked struct {
	Entries int     // good ones
	Bytes   int64   // of their results
	Bad     []*Miss // what was wrong with the others, which are quarantined now
}

// Check reads every entry and its blob and hashes both. The error is about the
// folder, not about what is in it.
func (s *FS) Check() (Checked, error) {
	var c Checked
	for e, err := range s.All() {
		if err == nil {
			_, err = s.Read(e)
		}
		var miss *Miss
		switch {
		case errors.As(err, &miss):
			c.Bad = append(c.Bad, miss)
		case err != nil:
			return c, err
		default:
			c.Entries++
			c.Bytes += e.Size
		}
	}
	return c, nil
}

// Usage is what takes how much room in a folder. Lengths are in bytes.
type Usage struct {
	Kinds       map[string]Room `json:"kinds"` // results by kind of task; two entries may share a blob
	Entries     Room            `json:"entries"`
	Blobs       Room            `json:"blobs"`
	Temporary   Room            `json:"temporary"` // left behind by processes that were killed, or being written
	Quarantined Room            `json:"quarantined"`
}

// Room is a number of files and their length together.
type Room struct {
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`
}

func (r *Room) add(bytes int64) { r.Files++; r.Bytes += bytes }

// Usage adds up the folder's files. It reads the entries and no blob.
func (s *FS) Usage() (Usage, error) {
	u := Usage{Kinds: map[string]Room{}}
	for e, err := range s.All() {
		if err == nil {
			r := u.Kinds[e.Kind]
			r.add(e.Size)
			u.Kinds[e.Kind] = r
		}
	}
	for top, room := range map[string]*Room{entriesDir: &u.Entries, blobsDir: &u.Blobs} {
		err := s.files(top, func(name, base string) bool {
			to := room
			if isTemporary(base) {
				to = &u.Temporary
			}
			if info, err := s.disk.stat(name); err == nil {
				to.add(info.Size())
			}
			return true
		})
		if err != nil {
			return u, err
		}
	}
	list, err := s.list(quarantineDir)
	for _, f := range list {
		if info, err := f.Info(); err == nil {
			u.Quarantined.add(info.Size())
		}
	}
	return u, err
}
