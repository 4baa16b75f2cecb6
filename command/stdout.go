package command

import (
	"fmt"
	"io"
)

// output is a stream that remembers its first error. What a command prints is often all
// that it does, so a full disk must not look like success; and no command has to look.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(p)
	if err != nil {
		o.err = fmt.Errorf("what was to be printed could not be written: %w", err)
	}
	return n, err
}
