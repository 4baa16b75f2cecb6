package kernel

// pack takes the weights [ky][kx][in][out] to the points: U = G·g·Gᵀ. For the data
// gradient the kernel is turned around and its channels are swapped.
func (w *winograd) pack(weights []float32, back bool) {
	c := w.In
	for i := range c {
		for o := range c {
			var g [9]float32
			for t := range g {
				if back {
					g[8-t] = weights[(t*c+o)*c+i]
				} else {
					g[t] = weights[(t*c+i)*c+o]
				}
			}
			u := w.forward
			if back {
				u = w.back
			}
			winoWeights(u[i*c+o:], &g, c*c)
		}
	}
}

// winoWeights writes the 16 points of one 3×3 kernel, span floats apart.
func winoWeights(u []float32, g *[9]float32, span int) {
	var t [4][3]float32
	for k := range 3 {
		t[0][k], t[1][k], t[2][k], t[3][k] = expand3(g[k], g[3+k], g[6+k])
	}
	for r := range 4 {
		a, b, c, d := expand3(t[r][0], t[r][1], t[r][2])
		u[4*r*span], u[(4*r+1)*span], u[(4*r+2)*span], u[(4*r+3)*span] = a, b, c, d
	}
}

// expand3 is one column of G: rows (1, 0, 0), (½, ½, ½), (½, -½, ½), (0, 0, 1).
func expand3(a, b, c float32) (float32, float32, float32, float32) {
	return a, float32((a + b + c) * 0.5), float32((a - b + c) * 0.5), c
}

// addGrad adds the weight gradient dw = Gᵀ·dU·G to dw and starts a new one. winoGrad
// leaves the sign of the last row and column to it.
func (w *winograd) addGrad(dw []float32) {
	c := w.In
	for i := range c * c {
		var t [4][3]float32
		for r := range 4 {
			u := w.grad[4*r*c*c+i:]
			t[r][0], t[r][1], t[r][2] = gather4(u[0], u[c*c], u[2*c*c], -u[3*c*c])
		}
		for k := range 3 {
			a, b, d := gather4(t[0][k], t[1][k], t[2][k], -t[3][k])
			dw[k*c*c+i] += a
			dw[(3+k)*c*c+i] += b
			dw[(6+k)*c*c+i] += d
		}
	}
	clear(w.grad)
}

// gather4 is one column of Gᵀ.
func gather4(a, b, c, d float32) (float32, float32, float32) {
	half := float32((b + c) * 0.5)
	return a + half, float32((b - c) * 0.5), half + d
}
