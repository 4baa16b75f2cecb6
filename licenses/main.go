// Command licenses writes THIRD_PARTY.md at the root of the module: everything that the
// program or its page carries and others have made, under which licence, and the text of
// each licence. Run it with `go run ./licenses` after a change of the modules; a test
// checks that the committed file is what it writes.
//
// The usual tools that collect licences look at one platform and at Go modules only. This
// one looks at all platforms of a release, and a missing or unknown licence is an error.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("licenses: ")
	root := flag.String("root", ".", "the module's `folder`")
	flag.Parse()
	text, err := page(*root)
	if err == nil {
		err = os.WriteFile(filepath.Join(*root, "THIRD_PARTY.md"), text, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// part is something that others have made.
type part struct {
	name, version string
	use           string   // what it is for here
	origin        string   // who made it and whence it comes, where no text says it
	files         []string // its licences and notices
	license       string   // what the files say, if they say it in words that identify does not know
}

// page returns the bytes of THIRD_PARTY.md for the module in the folder root.
func page(root string) ([]byte, error) {
	parts, err := others(root)
	if err != nil {
		return nil, err
	}
	modules, err := modules(root)
	if err != nil {
		return nil, err
	}
	return write(append(parts, modules...))
}
