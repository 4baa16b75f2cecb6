package command

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"lossxfer-report/cache"
	"lossxfer-report/compute/kernel"
)

// release is the version that `make release` stamps with the linker; empty elsewhere.
var release string

// version says which program this is: its release, the commit where it was built from a
// checkout, and the digest of everything it is made from, which two builds of one tree
// share.
func (a *App) version() string {
	name := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		name = info.Main.Version
	}
	if release != "" {
		name = release
	}
	program, err := programDigest(a.assets.Program...)
	if err != nil {
		program = "unknown"
	}
	return fmt.Sprintf("%s\ncommit       %s\nmade from    %.12s\ngo           %s %s/%s\ninstructions %s",
		name, orNone(cache.Here().Commit), program, runtime.Version(), runtime.GOOS, runtime.GOARCH, kernel.Level())
}
