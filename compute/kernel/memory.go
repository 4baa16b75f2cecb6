package kernel

// Memory collects the buffers of a network and makes them in one piece. Buffers that
// are walked together share large pages this way, which saves time in address
// translation: packed weights alone are more than the first-level table covers.
type Memory struct {
	buffers []*[]float32
	lengths []int
}

// Want asks for n zero floats at a multiple of 64 bytes. They exist after Allocate;
// until then *v must not move.
func (m *Memory) Want(v *[]float32, n int) {
	m.buffers, m.lengths = append(m.buffers, v), append(m.lengths, n)
}

// Allocate makes all buffers wanted so far.
func (m *Memory) Allocate() {
	total := 0
	for _, n := range m.lengths {
		total += padded(n)
	}
	all := largePages(total)
	for i, n := range m.lengths {
		*m.buffers[i] = all[:n:n]
		all = all[padded(n):]
	}
	m.buffers, m.lengths = nil, nil
}

// padded rounds floats up to 64 bytes.
func padded(n int) int { return (n + 15) &^ 15 }
