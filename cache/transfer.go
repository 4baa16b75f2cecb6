package cache

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Export writes the entries that want asks for, with their blobs, to one tar
// file: for a reviewer, or for another machine. Entries come in the order of
// their keys, each after its blob. It returns how many there were; a bad entry is
// left out.
func (s *FS) Export(w io.Writer, want func(Entry) bool) (int, error) {
	t := tar.NewWriter(w)
	n := 0
	for e, err := range s.All() {
		var miss *Miss
		if errors.As(err, &miss) || err == nil && !want(e) {
			continue
		}
		if err != nil {
			return n, err
		}
		blob, err := s.Read(e)
		if err != nil {
			continue
		}
		enc, err := encodeEntry(e)
		if err != nil {
			return n, err
		}
		if err := errors.Join(
			writeTar(t, blobsDir+"/"+e.Blob.String(), blob),
			writeTar(t, entriesDir+"/"+e.Key.String(), enc)); err != nil {
			return n, err
		}
		n++
	}
	return n, t.Close()
}

func writeTar(t *tar.Writer, name string, b []byte) error {
	if err := t.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(b)), Mode: 0o444}); err != nil {
		return err
	}
	_, err := t.Write(b)
	return err
}

// Import stores what Export wrote and returns how many entries that were. The
// file is not trusted: a record that is not exactly what Export writes is an
// error that names it, and ends the import; what came before it is stored. So is
// a file that ends early. An entry that a store has already stands.
func Import(s Store, r io.Reader) (int, error) {
	from := &counted{r: r}
	t := tar.NewReader(from)
	var blob []byte
	end := int64(0) // of the last record
	for n := 0; ; {
		h, err := t.Next()
		if err == io.EOF {
			// The reader takes a file without a mark at its end for whole.
			if from.n != (end+tarBlock-1)/tarBlock*tarBlock+tarMark {
				return n, errors.New("cache: import: the file ends early")
			}
			return n, nil
		}
		if err != nil {
			return n, fmt.Errorf("cache: import: %w", err)
		}
		top, id, _ := strings.Cut(h.Name, "/")
		limit := int64(MaxBlob)
		if top == entriesDir {
			limit = maxEntry
		}
		// A sparse file would be large for nothing.
		if h.Typeflag != tar.TypeReg || len(h.PAXRecords) > 0 || h.Size > limit {
			return n, fmt.Errorf("cache: import: %q is no record of an export", h.Name)
		}
		// Grows with what comes, not with what the header says.
		var b bytes.Buffer
		if _, err := io.Copy(&b, t); err != nil {
			return n, fmt.Errorf("cache: import: %q: %w", h.Name, err)
		}
		end = from.n
		switch top {
		case blobsDir:
			blob = b.Bytes()
		case entriesDir:
			if err := importEntry(s, id, b.Bytes(), blob); err != nil {
				return n, fmt.Errorf("cache: import: %q: %w", h.Name, err)
			}
			n++
		default:
			return n, fmt.Errorf("cache: import: %q is no record of an export", h.Name)
		}
	}
}

// A tar file is blocks, and two empty ones mark its end.
const (
	tarBlock = 512
	tarMark  = 2 * tarBlock
)

// counted counts what is read.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

func importEntry(s Store, id string, enc, blob []byte) error {
	k, err := ParseKey(id)
	if err != nil {
		return err
	}
	e, _, err := checkEntry(k, enc)
	if err != nil {
		return err
	}
	if DigestOf(blob) != e.Blob || int64(len(blob)) != e.Size {
		return errors.New("the result before it is not its own")
	}
	_, err = s.Put(e, blob)
	return err
}
