package net

import "lossxfer-report/compute/kernel"

// maxPool is max pooling of an activation into the channels of another from offset on.
type maxPool struct {
	window  *kernel.Window
	in, out *activation
	offset  int
}

func (b *builder) maxPool(in, out *activation, offset int) (*maxPool, error) {
	w, err := kernel.NewWindow(in.shape[0], in.shape[1], in.shape[2])
	if err != nil {
		return nil, err
	}
	return &maxPool{w, in, out, offset}, nil
}

// forward pools images first to first+n.
func (m *maxPool) forward(first, n int) {
	x, y := part(m.in.data, first, n, m.in.len()), part(m.out.data, first, n, m.out.len())
	m.window.Max(y[m.offset:], x, n, m.out.shape[2])
}

// back adds to the gradient of the input, which must not be reduced yet.
func (m *maxPool) back(first, n int) {
	x, y := part(m.in.data, first, n, m.in.len()), part(m.out.data, first, n, m.out.len())
	dx, dy := part(m.in.grad, first, n, m.in.len()), part(m.out.grad, first, n, m.out.len())
	m.window.MaxGrad(dx, dy[m.offset:], x, y[m.offset:], n, m.out.shape[2])
}

// concatenate copies the parts' values of images first to first+n behind one another.
func (a *activation) concatenate(first, n int) {
	offset, pixels := 0, n*a.shape[0]*a.shape[1]
	to := part(a.data, first, n, a.len())
	for _, p := range a.parts {
		kernel.CopyChannels(to[offset:], a.shape[2], part(p.data, first, n, p.len()), p.shape[2], pixels, p.shape[2])
		offset += p.shape[2]
	}
}

// separate is concatenate for the gradient, the other way.
func (a *activation) separate(first, n int) {
	offset, pixels := 0, n*a.shape[0]*a.shape[1]
	from := part(a.grad, first, n, a.len())
	for _, p := range a.parts {
		kernel.CopyChannels(part(p.grad, first, n, p.len()), p.shape[2], from[offset:], a.shape[2], pixels, p.shape[2])
		offset += p.shape[2]
	}
}
