package arrays

import (
	"io"
	"sync"
)

// payload is where the data of one array lies.
type payload interface {
	// readAt fills p with the bytes from off on.
	readAt(p []byte, off int64) error
	// whole returns a reader of all bytes, which reports damage that the format
	// lets it see, at the latest at its end.
	whole() (io.ReadCloser, error)
}

// plain is a part of a file as it is.
type plain struct {
	file        io.ReaderAt
	start, size int64
}

func (p plain) readAt(b []byte, off int64) error {
	n, err := p.file.ReadAt(b, p.start+off)
	if n == len(b) {
		return nil
	}
	return short(err)
}

func (p plain) whole() (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(p.file, p.start, p.size)), nil
}

// member is an array inside an archive, after skip bytes of its own header.
type member struct {
	open func() (io.ReadCloser, error)
	skip int64

	// A compressed member can only be read from its front. The reader stays open
	// where the last call ended, so that rows read in their order are inflated once.
	mu  sync.Mutex
	r   io.ReadCloser
	off int64
}

func (m *member) whole() (io.ReadCloser, error) {
	r, err := m.open()
	if err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, r, m.skip); err != nil {
		r.Close()
		return nil, short(err)
	}
	return r, nil
}

func (m *member) readAt(b []byte, off int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.r == nil || m.off > off {
		m.drop()
		r, err := m.whole()
		if err != nil {
			return err
		}
		m.r, m.off = r, 0
	}
	_, err := io.CopyN(io.Discard, m.r, off-m.off)
	if err == nil {
		_, err = io.ReadFull(m.r, b)
	}
	if err != nil {
		m.drop()
		return short(err)
	}
	m.off = off + int64(len(b))
	return nil
}

// drop closes the reader that readAt keeps. The caller holds mu.
func (m *member) drop() {
	if m.r != nil {
		m.r.Close()
		m.r = nil
	}
}

func (m *member) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop()
}

// short calls an early end what it is, wherever it was noticed.
func short(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// stored is a member that its archive does not compress: rows are read where they
// lie, and the whole through the archive's reader, which holds it against its
// checksum.
type stored struct {
	plain
	member *member
}

func (s stored) whole() (io.ReadCloser, error) { return s.member.whole() }
