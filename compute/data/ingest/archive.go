package ingest

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// Bounds of an archive: members, bytes of a member that is read, bytes of all of it.
const (
	mostMembers = 1 << 18
	mostMember  = 256 << 20
	mostArchive = 8 << 30
)

// eachMember calls visit with every regular file of a gzip-compressed tar archive whose
// name is wanted (at most that many bytes of it, or it fails). Names are compared, never
// used as paths; links and devices are passed over.
func eachMember(ctx context.Context, path string, want func(name string) bool, visit func(name string, b []byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := members(ctx, f, want, visit); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func members(ctx context.Context, r io.Reader, want func(name string) bool, visit func(name string, b []byte) error) error {
	z, err := gzip.NewReader(bufio.NewReaderSize(r, 1<<20))
	if err != nil {
		return err
	}
	whole := &io.LimitedReader{R: z, N: mostArchive}
	t := tar.NewReader(whole)
	for range mostMembers {
		if err := ctx.Err(); err != nil {
			return err
		}
		head, err := t.Next()
		if errors.Is(err, io.EOF) && whole.N > 0 {
			return nil
		}
		if whole.N <= 0 {
			return fmt.Errorf("more than %d bytes", int64(mostArchive))
		}
		if err != nil {
			return err
		}
		if head.Typeflag != tar.TypeReg || !want(head.Name) {
			continue
		}
		if head.Size > mostMember {
			return fmt.Errorf("%s has %d bytes; at most %d are read", head.Name, head.Size, mostMember)
		}
		b, err := io.ReadAll(t)
		if err != nil {
			return fmt.Errorf("%s: %w", head.Name, err)
		}
		if err := visit(head.Name, b); err != nil {
			return fmt.Errorf("%s: %w", head.Name, err)
		}
	}
	return fmt.Errorf("more than %d members", mostMembers)
}

// wanted reads some members by name and fails if one is missing.
func wanted(ctx context.Context, path string, names ...string) (map[string][]byte, error) {
	found := map[string][]byte{}
	for _, n := range names {
		found[n] = nil
	}
	err := eachMember(ctx, path, func(name string) bool { _, ok := found[name]; return ok }, func(name string, b []byte) error {
		found[name] = b
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		if found[n] == nil {
			return nil, fmt.Errorf("%s: it has no %s", path, n)
		}
	}
	return found, nil
}
