package corrupt

import (
	"sync"

	"lossxfer-report/compute/random"
)

// frost lays a piece of a frosted window over the image, in grey levels
// scale·image + weight·frost.
func frost(p picture, severity int, s *random.Stream) []float64 {
	c := [Severities]struct{ scale, weight float64 }{{1, 0.2}, {1, 0.3}, {0.9, 0.4}, {0.85, 0.4}, {0.75, 0.45}}[severity]
	pane := panes()[s.IntN(paneCount)]
	top, left := s.IntN(paneSide-p.h), s.IntN(paneSide-p.w)
	x := p.unit()
	for i, v := range x {
		x[i] = float64(c.scale*v) + float64(c.weight*pane[(top+i/p.w)*paneSide+left+i%p.w])
	}
	return x
}

// There are as many panes as the authors' code chooses from, each large enough for the
// largest image.
const (
	paneCount = 5
	paneSide  = 128
)

var panes = sync.OnceValue(func() (list [paneCount][]float64) {
	for i := range list {
		list[i] = plasma(paneSide, 2, random.New("corrupt/frost pane", uint64(i)))
	}
	return list
})
