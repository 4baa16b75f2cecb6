package corrupt

import (
	"sync"

	"lossxfer-report/compute/random"
)

// frost lays a piece of a frosted pane over the image: scale·image + weight·pane, as the
// authors do with photographs.
func frost(p picture, severity int, s *random.Stream) []float64 {
	c := [Severities]struct{ scale, weight float64 }{{1, 0.2}, {1, 0.3}, {0.9, 0.4}, {0.85, 0.4}, {0.75, 0.45}}[severity]
	pane := panes[s.IntN(len(panes))]()
	top, left := s.IntN(paneSide-p.h), s.IntN(paneSide-p.w)
	x := p.unit()
	for i, v := range x {
		x[i] = float64(c.scale*v) + float64(c.weight*pane[(top+i/p.w)*paneSide+left+i%p.w])
	}
	return x
}

// panes are as many as the photographs that the authors' code chooses from (of six it
// never takes the last). Each is made when first asked for.
var panes = func() (list [5]func() []float64) {
	for i := range list {
		list[i] = sync.OnceValue(func() []float64 { return newPane(uint64(i)) })
	}
	return list
}()
