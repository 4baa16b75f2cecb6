package cache

import "fmt"

// Reason says why a lookup missed.
type Reason string

// The reasons of a miss. All but Absent and Unreadable concern a file that is
// bad; it is moved to the folder's quarantine.
const (
	Absent     Reason = "absent"         // nobody has stored it
	BlobAbsent Reason = "result missing" // the entry is there, its blob is not
	Truncated  Reason = "truncated"      // shorter or longer than it says it is
	Corrupt    Reason = "corrupt"        // its bytes do not have their hash, or do not decode
	Swapped    Reason = "swapped"        // a whole entry, but of another key
	TooLarge   Reason = "too large"      // beyond what a reader takes
	NotAFile   Reason = "not a file"     // a folder, a pipe, a device, a link out of the folder
	Unreadable Reason = "unreadable"     // the operating system would not read it
	Rejected   Reason = "rejected"       // whole, but its reader could not decode it
)

// Miss is the error of a lookup that gave nothing: compute it, then store it.
type Miss struct {
	Key    Key
	Reason Reason
	Err    error // what the operating system or the decoder said; may be nil
}

func (m *Miss) Error() string {
	s := fmt.Sprintf("cache: no result for %.12s…: %s", m.Key, string(m.Reason))
	if m.Err != nil {
		s += ": " + m.Err.Error()
	}
	return s
}

// Unwrap returns the underlying error.
func (m *Miss) Unwrap() error { return m.Err }
