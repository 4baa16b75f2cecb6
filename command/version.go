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

// version says which program this is.
type version struct {
	Version      string `json:"version"`          // its release
	Commit       string `json:"commit,omitempty"` // where it was built from a checkout
	MadeFrom     string `json:"made_from"`        // digest of everything it is made from, which two builds of one tree share
	Go           string `json:"go"`
	Platform     string `json:"platform"`
	Instructions string `json:"instructions"`
}

func (a *App) version() version {
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
	return version{
		Version: name, Commit: cache.Here().Commit, MadeFrom: program, Go: runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH, Instructions: kernel.Level().String(),
	}
}

func (a *App) printVersion() {
	v := a.version()
	if a.json {
		a.printJSON(v)
		return
	}
	fmt.Fprintf(a.stdout, "lossxfer-report %s\ncommit       %s\nmade from    %.12s\ngo           %s %s\ninstructions %s\n",
		v.Version, orNone(v.Commit), v.MadeFrom, v.Go, v.Platform, v.Instructions)
}
