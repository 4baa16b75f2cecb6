package command

import (
	"io/fs"
	"slices"
	"sync"

	"lossxfer-report/cache"
	"lossxfer-report/report/svg"
)

// drawingKind is the kind of the entries that hold static drawings of figures.
const drawingKind = "drawing"

// shelf keeps static drawings in the cache, each under what it is a drawing of and what it
// was drawn with. It implements report.Shelf.
type shelf struct {
	store  cache.Store
	drawer string // what drawerDigest says

	mu    sync.Mutex
	drawn map[string][]byte // what the store does not have yet, by figure
}

func newShelf(store cache.Store, sources fs.FS) (*shelf, error) {
	drawer, err := drawerDigest(sources)
	return &shelf{store: store, drawer: drawer, drawn: map[string][]byte{}}, err
}

func (s *shelf) parts(figure string) []cache.Part {
	return []cache.Part{{Name: "kind", Value: drawingKind}, {Name: "drawer", Value: s.drawer}, {Name: "figure", Value: figure}}
}

// Drawing returns a drawing that an earlier build left. What is no drawing is moved out of
// the way: a cache may come from somebody else.
func (s *shelf) Drawing(figure string) []byte {
	e, err := s.store.Get(cache.KeyOf(s.parts(figure)))
	if err != nil {
		return nil
	}
	text, err := s.store.Read(e)
	if err != nil {
		return nil
	}
	if svg.Sound(text) != nil {
		s.store.Reject(e)
		return nil
	}
	return text
}

// Keep holds a drawing until put.
func (s *shelf) Keep(figure string, drawing []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drawn[figure] = drawing
}

// putting is how many drawings are stored at a time: each waits for the disk.
const putting = 8

// put stores what was drawn since. A drawing that cannot be stored is drawn again next
// time.
func (s *shelf) put() {
	s.mu.Lock()
	drawn := s.drawn
	s.drawn = map[string][]byte{}
	s.mu.Unlock()
	figures := make(chan string)
	var done sync.WaitGroup
	for range min(putting, len(drawn)) {
		done.Go(func() {
			for figure := range figures {
				parts := s.parts(figure)
				_, _ = s.store.Put(cache.Entry{Key: cache.KeyOf(parts), Kind: drawingKind, Parts: parts, Made: cache.Here()}, drawn[figure])
			}
		})
	}
	for figure := range drawn {
		figures <- figure
	}
	close(figures)
	done.Wait()
}

// drawnBy says whether an entry is a drawing that this drawer made.
func drawnBy(drawer string, e cache.Entry) bool {
	return e.Kind == drawingKind && slices.Contains(e.Parts, cache.Part{Name: "drawer", Value: drawer})
}
