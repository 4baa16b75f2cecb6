// Package fetch downloads published files. A file is at its place only if it has the
// published size and digests; until then it grows beside it and is taken up where it
// stopped.
package fetch

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"lossxfer-report/cache"
)

// File is a file as it is published.
type File struct {
	Name   string // on the disk
	URL    string // http or https; the digest, not the connection, is what is trusted
	Bytes  int64
	SHA256 string // hexadecimal
	MD5    string // hexadecimal, where the publisher gives one too; may be empty
}

// Client downloads files.
type Client struct {
	HTTP *http.Client
	// Stall is how long a server may be silent before the connection is given up.
	Stall time.Duration
	// Attempts is how often a file is tried, each time from where it stopped; Pause is
	// the time before the second try, doubled for each that follows.
	Attempts int
	Pause    time.Duration
	Progress func(f File, done int64)
}

// Default is a client for people: a minute of silence, five tries.
func Default(progress func(File, int64)) *Client {
	return &Client{HTTP: &http.Client{}, Stall: time.Minute, Attempts: 5, Pause: 2 * time.Second, Progress: progress}
}

// ErrBusy is the error of a file that another process is downloading.
var ErrBusy = errors.New("another process is downloading it")

// fatal is an error that another try would not mend.
type fatal struct{ error }

func (f fatal) Unwrap() error { return f.error }

// Get makes a file be in dir, verified, and returns its path. What is there and is not
// the file is downloaded anew.
func (c *Client) Get(ctx context.Context, dir string, f File) (string, error) {
	if err := f.check(); err != nil {
		return "", err
	}
	path := filepath.Join(dir, f.Name)
	if Verify(path, f) == nil {
		return path, nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	part, err := os.OpenFile(path+".part", os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return "", err
	}
	defer part.Close()
	// Where there are no locks the digest still guards the file.
	if free, err := cache.TryLock(part); err == nil && !free {
		return "", fmt.Errorf("%s: %w", path, ErrBusy)
	}
	if Verify(path, f) == nil { // by whoever had the lock
		return path, nil
	}
	pause := c.Pause
	for try := 1; ; try++ {
		err = c.once(ctx, part, f)
		if err == nil {
			break
		}
		var final fatal
		if errors.As(err, &final) || ctx.Err() != nil || try >= c.Attempts {
			return "", fmt.Errorf("%s: %w", f.URL, err)
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("%s: %w", f.URL, ctx.Err())
		case <-time.After(pause):
		}
		pause *= 2
	}
	if err := part.Sync(); err != nil {
		return "", err
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return "", err
	}
	return path, nil
}

// check says what is wrong with the description of a file.
func (f File) check() error {
	u, err := url.Parse(f.URL)
	switch {
	case f.Name == "" || f.Name != filepath.Base(f.Name) || f.Name[0] == '.':
		return fmt.Errorf("%q is no name for a file", f.Name)
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("%s: no address of a file on the web: %q", f.Name, f.URL)
	case f.Bytes < 1:
		return fmt.Errorf("%s: its size is %d bytes", f.Name, f.Bytes)
	case len(f.SHA256) != hex.EncodedLen(sha256.Size):
		return fmt.Errorf("%s: SHA-256 %q; a file without a digest is not fetched", f.Name, f.SHA256)
	}
	return nil
}

// once makes one try: it asks for what is missing and verifies the whole.
func (c *Client) once(ctx context.Context, part *os.File, f File) error {
	have, err := part.Seek(0, io.SeekEnd)
	if err != nil {
		return fatal{err}
	}
	if have > f.Bytes {
		have = 0
	}
	if have < f.Bytes {
		if err := c.download(ctx, part, f, have); err != nil {
			return err
		}
	}
	if err := verify(part, f); err != nil {
		// What came is not the file, be it a wrong page or two halves of different files.
		if e := part.Truncate(0); e != nil {
			return fatal{e}
		}
		if have > 0 {
			return err // once more from the start
		}
		return fatal{err}
	}
	return nil
}

// download appends what a file has from byte have on.
func (c *Client) download(ctx context.Context, part *os.File, f File, have int64) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := time.AfterFunc(c.Stall, func() { cancel(fmt.Errorf("the server was silent for %v", c.Stall)) })
	defer watch.Stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL, nil)
	if err != nil {
		return fatal{err}
	}
	// What is on the disk has to be what is sent, not what is unpacked of it.
	r.Header.Set("Accept-Encoding", "identity")
	if have > 0 {
		r.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
	}
	answer, err := c.HTTP.Do(r)
	if err != nil {
		return cause(ctx, err)
	}
	defer answer.Body.Close()
	if have, err = start(answer, f, have); err != nil {
		return err
	}
	if err := part.Truncate(have); err != nil {
		return fatal{err}
	}
	if _, err := part.Seek(have, io.SeekStart); err != nil {
		return fatal{err}
	}
	buffer := make([]byte, 256<<10)
	for {
		n, err := answer.Body.Read(buffer)
		watch.Reset(c.Stall)
		if have+int64(n) > f.Bytes {
			return fatal{fmt.Errorf("the server sends more than the %d bytes of the file", f.Bytes)}
		}
		if _, err := part.Write(buffer[:n]); err != nil {
			return fatal{err}
		}
		have += int64(n)
		if c.Progress != nil {
			c.Progress(f, have)
		}
		switch {
		case errors.Is(err, io.EOF) && have == f.Bytes:
			return nil
		case errors.Is(err, io.EOF):
			return fmt.Errorf("the connection ended after %d of %d bytes", have, f.Bytes)
		case err != nil:
			return cause(ctx, fmt.Errorf("after %d of %d bytes: %w", have, f.Bytes, err))
		}
	}
}

// start looks at the head of an answer and says at which byte it begins.
func start(answer *http.Response, f File, have int64) (int64, error) {
	switch {
	case answer.StatusCode == http.StatusOK:
		have = 0
	case answer.StatusCode == http.StatusPartialContent && have > 0:
		var first, last, total int64
		if _, err := fmt.Sscanf(answer.Header.Get("Content-Range"), "bytes %d-%d/%d", &first, &last, &total); err != nil || first != have || total != f.Bytes {
			return 0, fatal{fmt.Errorf("asked for the bytes from %d on of %d, the server sends %q", have, f.Bytes, answer.Header.Get("Content-Range"))}
		}
	case answer.StatusCode == http.StatusTooManyRequests || answer.StatusCode >= 500:
		return 0, fmt.Errorf("the server answers %s", answer.Status)
	default:
		return 0, fatal{fmt.Errorf("the server answers %s", answer.Status)}
	}
	if n := answer.ContentLength; n >= 0 && have+n != f.Bytes {
		return 0, fatal{fmt.Errorf("the server offers %d bytes, the file has %d", have+n, f.Bytes)}
	}
	return have, nil
}

// cause is why a request ended: the silence that ended it, if that was it.
func cause(ctx context.Context, err error) error {
	if c := context.Cause(ctx); c != nil && !errors.Is(c, context.Canceled) {
		return fmt.Errorf("%w (%v)", c, err)
	}
	return err
}

// Verify says whether the file at a path is the published one.
func Verify(path string, f File) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	return verify(in, f)
}

func verify(in *os.File, f File) error {
	info, err := in.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s: %w", in.Name(), fs.ErrInvalid)
	}
	if info.Size() != f.Bytes {
		return fmt.Errorf("%d bytes came, the file has %d", info.Size(), f.Bytes)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return err
	}
	sums := map[string]hash.Hash{"SHA-256": sha256.New(), "MD5": md5.New()}
	if _, err := io.Copy(io.MultiWriter(sums["SHA-256"], sums["MD5"]), in); err != nil {
		return err
	}
	for _, d := range []struct{ kind, want string }{{"SHA-256", f.SHA256}, {"MD5", f.MD5}} {
		if got := hex.EncodeToString(sums[d.kind].Sum(nil)); d.want != "" && got != d.want {
			return fmt.Errorf("what came has %s %s, the published file %s", d.kind, got, d.want)
		}
	}
	return nil
}
