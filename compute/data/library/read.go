package library

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"

	"lossxfer-report/compute/data/idx"
)

// Read returns the pixels of the first rounds of a split, height × width × channels for
// each image. The whole file is read and held against its digest every time: a set is
// never used unverified. Memory is that of the result.
func (s *Set) Read(ctx context.Context, dir, split string, rounds int) ([]uint8, error) {
	part, ok := s.Split(split)
	if !ok || rounds < 1 || rounds > part.Rounds {
		return nil, fmt.Errorf("data set %s: %d %s images of each class: it has %d", s.Name, rounds, split, part.Rounds)
	}
	path := imageFile(dir, s.Name, s.Digest, split)
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("data set %s: %w; fetch or add the set again", s.Name, err)
	}
	defer f.Close()
	bad := func(format string, args ...any) error {
		return fmt.Errorf("data set %s: %s %s; fetch or add the set again", s.Name, path, fmt.Sprintf(format, args...))
	}
	head := s.header(part.Rounds)
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if want := int64(len(head)) + int64(part.Rounds)*int64(len(s.Classes))*int64(s.imageLen()); info.Size() != want {
		return nil, bad("has %d bytes in place of %d", info.Size(), want)
	}
	h := sha256.New()
	r := io.TeeReader(f, h)
	got := make([]byte, len(head))
	if _, err := io.ReadFull(r, got); err != nil || !bytes.Equal(got, head) {
		return nil, bad("has another header than its index says")
	}
	pixels := make([]uint8, rounds*len(s.Classes)*s.imageLen())
	for at := 0; at < len(pixels); at += chunk {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if _, err := io.ReadFull(r, pixels[at:min(at+chunk, len(pixels))]); err != nil {
			return nil, bad("cannot be read: %v", err)
		}
	}
	if _, err := io.Copy(h, f); err != nil {
		return nil, bad("cannot be read: %v", err)
	}
	if sum := hex.EncodeToString(h.Sum(nil)); sum != part.SHA256 {
		return nil, bad("has SHA-256 %s, its index says %s", sum, part.SHA256)
	}
	return pixels, nil
}

// chunk is how much is read between two looks at the context.
const chunk = 4 << 20

// header is what a file of images begins with.
func (s *Set) header(rounds int) []byte {
	return idx.Header(rounds*len(s.Classes), s.Side, s.Side, s.Channels)
}
