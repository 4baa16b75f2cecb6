package kernel

import "unsafe"

// The pieces of Winograd's algorithm in plain Go, the definition that the assembly
// reproduces bit for bit. Transforms do 16 channels of a row of tiles.

// at is the float of channel c at a byte offset.
func at(p unsafe.Pointer, offset, c int) *float32 {
	return (*float32)(unsafe.Add(p, offset+4*c))
}

func winoInGeneric(a *winoArgs) {
	for tile := range a.tiles {
		for c := range 16 {
			var t [4][4]float32
			for k := range 4 {
				d := func(row int) float32 {
					x := 2*tile - 1 + k
					if x < 0 || x >= 2*a.tiles {
						return 0
					}
					return *at(a.rows[row], x*a.column, c)
				}
				t[0][k], t[1][k], t[2][k], t[3][k] = spread4(d(0), d(1), d(2), d(3))
			}
			for r := range 4 {
				v := func(k int) *float32 { return at(a.dst, (4*r+k)*a.point+tile*a.column, c) }
				*v(0), *v(1), *v(2), *v(3) = spread4(t[r][0], t[r][1], t[r][2], t[r][3])
			}
		}
	}
}

// spread4 is one column of Bᵀ.
func spread4(a, b, c, d float32) (float32, float32, float32, float32) {
	return a - c, b + c, c - b, b - d
}

func winoOutGeneric(a *winoArgs) {
	for tile := range a.tiles {
		for c := range 16 {
			var t [2][4]float32
			for k := range 4 {
				m := func(row int) float32 { return *at(a.src, (4*row+k)*a.point+tile*a.column, c) }
				t[0][k], t[1][k] = collect4(m(0), m(1), m(2), m(3))
			}
			for r := range 2 {
				y := [2]float32{}
				y[0], y[1] = collect4(t[r][0], t[r][1], t[r][2], t[r][3])
				for k := range 2 {
					out := at(a.dst, r*a.row+(2*tile+k)*a.column, c)
					if a.add != 0 {
						y[k] += *out
					}
					*out = y[k]
				}
			}
		}
	}
}

// collect4 is one column of Aᵀ.
func collect4(a, b, c, d float32) (float32, float32) { return a + b + c, b - c - d }

func winoGradGeneric(a *winoArgs) {
	for tile := range a.tiles {
		for c := range 16 {
			var t [4][2]float32
			for k := range 2 {
				dy := func(row int) float32 { return *at(a.src, row*a.row+(2*tile+k)*a.column, c) }
				t[0][k], t[1][k], t[2][k], t[3][k] = dy(0), dy(0)+dy(1), dy(0)-dy(1), dy(1)
			}
			for r := range 4 {
				left, right := t[r][0], t[r][1]
				for k, v := range [4]float32{left, left + right, left - right, right} {
					*at(a.dst, (4*r+k)*a.point+tile*a.column, c) = v
				}
			}
		}
	}
}

func winoProductGeneric(vectors int) func(a *winoArgs) {
	n := vectors * 16
	return func(a *winoArgs) {
		for p := range winoPoints {
			u := unsafe.Slice((*float32)(unsafe.Add(a.u, 4*p*a.depth*n)), a.depth*n)
			for tile := range winoTiles {
				v := unsafe.Slice(at(a.src, p*a.inPoint+tile*a.step, 0), a.depth)
				m := unsafe.Slice(at(a.dst, p*a.outPoint+tile*a.outStep, 0), n)
				clear(m)
				for k, x := range v {
					for c, w := range u[k*n : (k+1)*n] {
						m[c] = fma32(x, w, m[c])
					}
				}
			}
		}
	}
}
