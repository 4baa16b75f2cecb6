package report

import (
	"runtime"
	"runtime/debug"
)

// headroom is how much the heap may grow while figures are drawn, in bytes.
const headroom = 512 << 20

// roomToDraw has the garbage collector run less often until the function it returns is
// called. The engine that draws allocates a lot and keeps little: collecting takes a third
// of its time otherwise. A heap that is large already, during a build, is left as it is.
func roomToDraw() (done func()) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	percent := max(100, int(headroom*100/max(m.HeapAlloc, 32<<20)))
	old := debug.SetGCPercent(percent)
	if old < 0 || old > percent {
		debug.SetGCPercent(old) // chosen by whoever runs the program, or enough
		return func() {}
	}
	return func() { debug.SetGCPercent(old) }
}
