package svg

import (
	"errors"
	"strings"
)

// Sound says what is wrong with a drawing that comes from outside the process: it has to
// be one as Draw writes them, to the byte. Only such a drawing may stand in a page.
func Sound(drawing []byte) error {
	root, err := parse(string(drawing), "")
	if err != nil {
		return err
	}
	var b strings.Builder
	root.write(&b)
	if b.String() != string(drawing) {
		return errors.New("not written by this program")
	}
	return nil
}
