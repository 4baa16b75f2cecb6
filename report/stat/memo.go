package stat

import "sync"

// maxMemo bounds what is remembered, should someone ask for ever new values.
const maxMemo = 1024

// memo remembers the values of a pure function. Two callers may compute one value at
// the same time; they get the same bits.
type memo[K comparable, V any] struct {
	mu     sync.Mutex
	values map[K]V
}

func (m *memo[K, V]) get(key K, compute func() V) V {
	m.mu.Lock()
	v, ok := m.values[key]
	m.mu.Unlock()
	if ok {
		return v
	}
	v = compute()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil || len(m.values) >= maxMemo {
		m.values = map[K]V{}
	}
	m.values[key] = v
	return v
}
