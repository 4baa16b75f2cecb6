package kernel

import "unsafe"

// Relu sets y to max(0, norm(x)) for n images.
func (b *BatchNorm) Relu(y, x []float32, n int) {
	b.need("input", x, n)
	b.need("output", y, n)
	for i := 0; i < n; i++ {
		o := i * b.imageLen()
		b.args = columnArgs{
			p:   [3]unsafe.Pointer{ptr(x, o), ptr(y, o)},
			par: [4]unsafe.Pointer{ptr(b.scale, 0), ptr(b.shift, 0)},
		}
		b.shape.run(opNormRelu, &b.args)
	}
}

// AddRelu sets y to max(0, norm(x) + residual) for n images.
func (b *BatchNorm) AddRelu(y, x, residual []float32, n int) {
	b.need("input", x, n)
	b.need("output", y, n)
	b.need("residual", residual, n)
	for i := 0; i < n; i++ {
		o := i * b.imageLen()
		b.args = columnArgs{
			p:   [3]unsafe.Pointer{ptr(x, o), ptr(y, o), ptr(residual, o)},
			par: [4]unsafe.Pointer{ptr(b.scale, 0), ptr(b.shift, 0)},
		}
		b.shape.run(opNormAddRelu, &b.args)
	}
}

// AddNormRelu sets y to max(0, norm(x) + side's norm(z)) for n images: a residual
// block whose shortcut is a normalised projection. Both must have been finished.
func (b *BatchNorm) AddNormRelu(y, x []float32, side *BatchNorm, z []float32, n int) {
	b.need("input", x, n)
	b.need("output", y, n)
	side.need("input", z, n)
	shift := b.image[0] // free outside of Observe and Reduce
	for j := range shift {
		shift[j] = b.shift[j] + side.shift[j]
	}
	for i := 0; i < n; i++ {
		o := i * b.imageLen()
		b.args = columnArgs{
			p:   [3]unsafe.Pointer{ptr(x, o), ptr(y, o), ptr(z, o)},
			par: [4]unsafe.Pointer{ptr(b.scale, 0), ptr(shift, 0), ptr(side.scale, 0)},
		}
		b.shape.run(opNormNormRelu, &b.args)
	}
}

// BeginGrad starts the sums of a backward pass.
func (b *BatchNorm) BeginGrad() { b.Begin() }

// Reduce masks the gradient g of n images where the activation y behind the ReLU is
// not positive, and adds to the sums that the gradient of the statistics needs; x is
// what was normalised.
func (b *BatchNorm) Reduce(g, y, x []float32, n int) {
	b.need("gradient", g, n)
	b.need("activation", y, n)
	b.need("input", x, n)
	for i := 0; i < n; i++ {
		o := i * b.imageLen()
		b.args = columnArgs{
			p:   [3]unsafe.Pointer{ptr(g, o), ptr(y, o), ptr(x, o)},
			par: [4]unsafe.Pointer{ptr(b.center, 0)},
			sum: [2]unsafe.Pointer{ptr(b.image[0], 0), ptr(b.image[1], 0)},
		}
		b.shape.run(opReduce, &b.args)
		b.gather()
	}
}

// FinishGrad ends the sums: it sets the gradients of gamma and beta and prepares
// Apply. With S = Σg, Q = Σg·(x-mean), m values and inverse deviation r,
// dx = γr·(g - S/m - (x-mean)·r²·Q/m).
func (b *BatchNorm) FinishGrad(gamma, dgamma, dbeta []float32) {
	m := b.elements()
	for c := range b.mean {
		s, q := b.totals(c)
		r, mean := b.inverse[c], b.mean[c]
		// The kernel subtracted the mean as a float32; add what that left out.
		q += float64((float64(b.center[c]) - mean) * s)
		dgamma[c], dbeta[c] = float32(r*q), float32(s)
		onG := float64(gamma[c]) * r
		onX := -float64(onG*float64(r*r)) * q / m
		constant := -float64(onG*s)/m - float64(onX*mean)
		for j := c; j < b.shape.width; j += b.shape.channels {
			b.gradG[j], b.gradX[j], b.gradC[j] = float32(onG), float32(onX), float32(constant)
		}
	}
}

// Apply sets dx to the gradient with respect to x for n images, from the masked
// gradient g.
func (b *BatchNorm) Apply(dx, g, x []float32, n int) {
	b.need("gradient", g, n)
	b.need("input", x, n)
	b.need("input gradient", dx, n)
	for i := 0; i < n; i++ {
		o := i * b.imageLen()
		b.args = columnArgs{
			p:   [3]unsafe.Pointer{ptr(g, o), ptr(x, o), ptr(dx, o)},
			par: [4]unsafe.Pointer{ptr(b.gradG, 0), ptr(b.gradX, 0), ptr(b.gradC, 0)},
		}
		b.shape.run(opApply, &b.args)
	}
}
