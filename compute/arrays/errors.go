package arrays

import (
	"fmt"
	"strings"
)

// Error is why a file or one of its arrays cannot be used.
type Error struct {
	File    string // its path as given to Open
	Array   string // empty if the whole file is meant
	Problem string // what is wrong
	Mend    string // what to do about it, may be empty
	Cause   error  // of the system or of a decoder, may be nil
}

func (e *Error) Error() string {
	var s strings.Builder
	s.WriteString(e.File)
	if e.Array != "" {
		fmt.Fprintf(&s, ": array %q", e.Array)
	}
	s.WriteString(": " + e.Problem)
	if e.Cause != nil {
		fmt.Fprintf(&s, ": %v", e.Cause)
	}
	if e.Mend != "" {
		s.WriteString("; " + e.Mend)
	}
	return s.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// The mends that more than one place has to offer.
const (
	mendCopy  = "the copy is incomplete or damaged: copy or write the file again"
	mendWrite = "write the file again with a current safetensors or numpy"
	mendFloat = "convert it to float32 before saving"
)

// wrong is an Error of which only the problem and the mend are known yet; the file
// and the array are filled in by whoever knows them.
func wrong(mend, format string, args ...any) *Error {
	return &Error{Problem: fmt.Sprintf(format, args...), Mend: mend}
}

// because is wrong with a cause.
func because(cause error, mend, problem string) *Error {
	return &Error{Problem: problem, Mend: mend, Cause: cause}
}

// of names the array that an error is about.
func (e *Error) of(array string) *Error {
	e.Array = array
	return e
}

// in names the file that an error is about; nil stays nil.
func (e *Error) in(file string) error {
	if e == nil {
		return nil
	}
	e.File = file
	return e
}
