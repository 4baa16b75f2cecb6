package imported

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"sync"

	"lossxfer-report/compute/arrays"
)

// File is a file by its content, or several of which each has one array, see ArrayPlace.
type File struct {
	Digest string // SHA-256 of its bytes, hex
	Path   string `json:"-"` // where it is; the same bytes elsewhere give the same results
}

// stamp is a file as it lies on the disk.
type stamp struct {
	path           string
	size, modified int64 // bytes; nanoseconds since 1970
}

func stampOf(path string) (stamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}, err
	}
	return stamp{path, info.Size(), info.ModTime().UnixNano()}, nil
}

// verified holds the files whose digests this process has computed itself.
var verified sync.Map // stamp to digest

// open opens the file if its bytes are those of the digest. They are hashed once in a
// process, because what the ledger says of a file may be wrong: a copy can keep size
// and time.
func (f File) open() (*container, error) {
	digest, err := f.digest()
	if err != nil {
		return nil, err
	}
	if digest != f.Digest {
		return nil, &arrays.Error{File: f.Path, Problem: "has changed since this run began", Mend: "run the command again"}
	}
	return openContainer(f.Path)
}

// digest is that of the file as it is now.
func (f File) digest() (string, error) {
	several, err := parts(f.Path)
	if err != nil {
		return "", &arrays.Error{File: f.Path, Problem: "cannot be opened", Cause: err}
	}
	if several == nil {
		return digestNow(f.Path)
	}
	digests := map[string]string{}
	for name, path := range several {
		if digests[name], err = digestNow(path); err != nil {
			return "", err
		}
	}
	return together(digests), nil
}

func digestNow(path string) (string, error) {
	s, err := stampOf(path)
	if err != nil {
		return "", &arrays.Error{File: path, Problem: "cannot be opened", Cause: err}
	}
	if digest, ok := verified.Load(s); ok {
		return digest.(string), nil
	}
	return digestOf(s)
}

// digestOf hashes a file.
func digestOf(s stamp) (string, error) {
	file, err := os.Open(s.path)
	if err != nil {
		return "", &arrays.Error{File: s.path, Problem: "cannot be opened", Cause: err}
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, file, make([]byte, 1<<20)); err != nil {
		return "", &arrays.Error{File: s.path, Problem: "cannot be read", Cause: err}
	}
	digest := hex.EncodeToString(h.Sum(nil))
	verified.Store(s, digest)
	return digest, nil
}
