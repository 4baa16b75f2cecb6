package library

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
)

// The splits of a set, in this order wherever there are three of something.
var splits = [3]string{"train", "validation", "test"}

// Set is the index of a set: all that is known of it without its images. Images are
// square and come in rounds of one image per class, in the order of the classes; what
// larger classes have more is left out.
type Set struct {
	Format   int      `json:"format"` // of this file: 1
	Name     string   `json:"name"`
	Classes  []string `json:"classes"` // in the order of their labels
	Side     int      `json:"side"`    // of an image, in pixels
	Channels int      `json:"channels"`
	Splits   [3]Split `json:"splits"` // training, validation, test
	Digest   string   `json:"digest"` // SHA-256 of classes, shapes and images, hexadecimal
	// Made says how the images came to be as they are, for people.
	Made string `json:"made"`
	// Validation is what was to be kept apart for it, see NewWriter.
	Validation float64 `json:"validation,omitempty"`
	// Files are the published files that the set was made of; none for a folder.
	Files []Origin `json:"files,omitempty"`
	// Unread names images that could not be decoded.
	Unread []string `json:"unread,omitempty"`
}

// Split is a part of a set.
type Split struct {
	Rounds  int    `json:"rounds"`   // images of each class
	LeftOut int    `json:"left_out"` // images of larger classes that are in no round
	SHA256  string `json:"sha256"`   // of the file of images
}

// Origin is a published file, and its digest when it was read.
type Origin struct {
	URL    string `json:"url"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// ErrMissing is the error of Find for a set that is not in the library.
var ErrMissing = errors.New("not in the data folder")

// Bounds of what an index may say.
const (
	MostClasses = 1 << 15
	MostSide    = 512
	mostImages  = 1 << 22
	mostIndex   = 16 << 20 // bytes
	mostName    = 200      // bytes of a class name
)

// Find reads the index of a set from the library in a folder.
func Find(dir, name string) (*Set, error) {
	if err := CheckName(name); err != nil {
		return nil, err
	}
	path := indexFile(dir, name)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("data set %s: %w", name, ErrMissing)
	}
	if err == nil && info.Size() > mostIndex {
		err = fmt.Errorf("%d bytes are no index", info.Size())
	}
	var b []byte
	if err == nil {
		b, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("data set %s: %w", name, err)
	}
	s, err := parse(b)
	if err == nil && s.Name != name {
		err = fmt.Errorf("it is the index of %q", s.Name)
	}
	if err != nil {
		return nil, fmt.Errorf("data set %s: %s: %w; fetch or add the set again", name, path, err)
	}
	return s, nil
}

var hexDigest = regexp.MustCompile(`^[0-9a-f]{64}$`)

// parse reads an index and holds it against its digest.
func parse(b []byte) (*Set, error) {
	var s Set
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	if d := s.digest(); s.Digest != d {
		return nil, fmt.Errorf("its digest is %q, its contents have %s", s.Digest, d)
	}
	return &s, nil
}

// check says what of an index cannot be.
func (s *Set) check() error {
	if err := CheckName(s.Name); err != nil {
		return err
	}
	switch {
	case s.Format != 1:
		return fmt.Errorf("format %d; this version reads 1", s.Format)
	case len(s.Classes) < 2 || len(s.Classes) > MostClasses:
		return fmt.Errorf("%d classes; a set has 2 to %d", len(s.Classes), MostClasses)
	case s.Side < 8 || s.Side > MostSide:
		return fmt.Errorf("images of %d pixels; a set has 8 to %d", s.Side, MostSide)
	case s.Channels != 1 && s.Channels != 3:
		return fmt.Errorf("%d channels; a set has 1 or 3", s.Channels)
	}
	for _, c := range s.Classes {
		if c == "" || len(c) > mostName {
			return fmt.Errorf("class name %.20q; a name has 1 to %d bytes", c, mostName)
		}
	}
	for i, part := range s.Splits {
		if part.Rounds < 0 || part.Rounds > mostImages/len(s.Classes) {
			return fmt.Errorf("%d %s images of each class; a set has at most %d images", part.Rounds, splits[i], mostImages)
		}
		if !hexDigest.MatchString(part.SHA256) {
			return fmt.Errorf("%s: %q is no SHA-256", splits[i], part.SHA256)
		}
	}
	return nil
}

// digest is the SHA-256 of what the set is, each text with its length before it. How
// it came about and its name are no part of it.
func (s *Set) digest() string {
	h := sha256.New()
	number := func(v int) {
		h.Write(binary.LittleEndian.AppendUint64(nil, uint64(v)))
	}
	text := func(v string) {
		number(len(v))
		h.Write([]byte(v))
	}
	text("lossxfer data set 1")
	number(s.Side)
	number(s.Channels)
	number(len(s.Classes))
	for _, c := range s.Classes {
		text(c)
	}
	for _, part := range s.Splits {
		number(part.Rounds)
		text(part.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Split returns a part by its name.
func (s *Set) Split(name string) (Split, bool) {
	for i, part := range s.Splits {
		if splits[i] == name {
			return part, true
		}
	}
	return Split{}, false
}

// imageLen is the bytes of an image.
func (s *Set) imageLen() int { return s.Side * s.Side * s.Channels }
