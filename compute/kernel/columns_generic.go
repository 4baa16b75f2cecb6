package kernel

import (
	"math"
	"unsafe"
)

// columnGeneric returns an element-wise kernel in plain Go, the definition that the
// assembly reproduces bit for bit.
func columnGeneric(op, vectors int) func(a *columnArgs) {
	width := vectors * 16
	row := columnRow(op)
	return func(a *columnArgs) {
		for _, s := range a.sum {
			clear(floats(s, 0, width))
		}
		for r := 0; r < a.rows; r++ {
			var p [3][]float32
			for i := range p {
				p[i] = floats(a.p[i], r*a.row, width)
			}
			row(a, p)
		}
	}
}

// columnRow is one row of an operation, of any width.
func columnRow(op int) func(a *columnArgs, p [3][]float32) {
	return [...]func(a *columnArgs, p [3][]float32){
		opSums: sumsRow, opNormRelu: normReluRow, opNormAddRelu: normAddReluRow,
		opNormNormRelu: normNormReluRow, opReduce: reduceRow, opApply: applyRow,
		opLarger: largerRow, opMatch: matchRow, opRoute: routeRow,
		opMomentum: momentumRow, opNesterov: nesterovRow, opAverage: averageRow,
	}[op]
}

// floats is the slice of n floats at a byte offset, nil for a pointer that is not set.
func floats(p unsafe.Pointer, offset, n int) []float32 {
	if p == nil {
		return nil
	}
	return unsafe.Slice((*float32)(unsafe.Add(p, offset)), n)
}

func sumsRow(a *columnArgs, p [3][]float32) {
	sums, squares := floats(a.sum[0], 0, len(p[0])), floats(a.sum[1], 0, len(p[0]))
	for j, x := range p[0] {
		sums[j] += x
		squares[j] = fma32(x, x, squares[j])
	}
}

func normReluRow(a *columnArgs, p [3][]float32) {
	scale, shift := floats(a.par[0], 0, len(p[0])), floats(a.par[1], 0, len(p[0]))
	for j, x := range p[0] {
		p[1][j] = relu(fma32(x, scale[j], shift[j]))
	}
}

func normAddReluRow(a *columnArgs, p [3][]float32) {
	scale, shift := floats(a.par[0], 0, len(p[0])), floats(a.par[1], 0, len(p[0]))
	for j, x := range p[0] {
		p[1][j] = relu(fma32(x, scale[j], shift[j]) + p[2][j])
	}
}

func normNormReluRow(a *columnArgs, p [3][]float32) {
	scale, shift, scale2 := floats(a.par[0], 0, len(p[0])), floats(a.par[1], 0, len(p[0])), floats(a.par[2], 0, len(p[0]))
	for j, x := range p[0] {
		p[1][j] = relu(fma32(p[2][j], scale2[j], fma32(x, scale[j], shift[j])))
	}
}

func reduceRow(a *columnArgs, p [3][]float32) {
	mean := floats(a.par[0], 0, len(p[0]))
	sums, products := floats(a.sum[0], 0, len(p[0])), floats(a.sum[1], 0, len(p[0]))
	for j, g := range p[0] {
		if p[1][j] <= 0 {
			g = 0
		}
		p[0][j] = g
		sums[j] += g
		products[j] = fma32(p[2][j]-mean[j], g, products[j])
	}
}

func applyRow(a *columnArgs, p [3][]float32) {
	ga, xa, ca := floats(a.par[0], 0, len(p[0])), floats(a.par[1], 0, len(p[0])), floats(a.par[2], 0, len(p[0]))
	for j, g := range p[0] {
		p[2][j] = fma32(g, ga[j], fma32(p[1][j], xa[j], ca[j]))
	}
}

func largerRow(a *columnArgs, p [3][]float32) {
	for j, x := range p[0] {
		p[1][j] = math.Float32frombits(max(math.Float32bits(x)<<1, math.Float32bits(p[1][j])<<1) >> 1)
	}
}

func matchRow(a *columnArgs, p [3][]float32) {
	for j, x := range p[0] {
		mask := uint32(0)
		if math.Float32bits(x) == math.Float32bits(p[1][j]) {
			mask = math.MaxUint32
		}
		p[1][j] = math.Float32frombits(math.Float32bits(p[1][j]) | mask)
		p[2][j] = math.Float32frombits(mask)
	}
}

func routeRow(a *columnArgs, p [3][]float32) {
	for j, g := range p[0] {
		p[2][j] += math.Float32frombits(math.Float32bits(g) & math.Float32bits(p[1][j]))
	}
}

// relu is max(0, x) that keeps NaN: a diverged network must not look like a sparse
// one.
func relu(x float32) float32 {
	if 0 > x {
		return 0
	}
	return x
}
