//go:build !unix

package fetch

import "os"

// lock does nothing where there are no advisory locks: the digest still guards the file.
func lock(*os.File) error { return nil }
