package cache

import (
	"os"
	"runtime/debug"
	"sync"
)

// Here returns this process's provenance, without the time: the host's name and
// the commit the program was built from, each empty if it is not known.
var Here = sync.OnceValue(func() Provenance {
	var p Provenance
	p.Host, _ = os.Hostname()
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				p.Commit = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				p.Commit += "+"
			}
		}
	}
	return p
})
