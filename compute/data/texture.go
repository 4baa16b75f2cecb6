package data

import (
	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/random"
)

// A texture writes to dst, side² numbers, its deviation from the ground's grey,
// between −amplitude and +amplitude. Levels have 8 fractional bits, phases 16.
type texture func(dst []int32, side int, amplitude int32, s *random.Stream)

// textures are the backgrounds, the flat one first.
var textures = []texture{flat, gradient, stripes, checks, blotches}

// flat is an even ground.
func flat(dst []int32, side int, amplitude int32, s *random.Stream) { clear(dst) }

// gradient gets lighter in one direction.
func gradient(dst []int32, side int, amplitude int32, s *random.Stream) {
	dx, dy := direction(s)
	// The phase runs from −1 to 1 along a diagonal of the image at most.
	d := float64(side) * 0.7071067811865476
	phase(side, dx/d, dy/d, 0, func(i int, p int32) { dst[i] = amplitude * (p >> 4) >> 12 })
}

// stripes are soft parallel lines, two to six to an image.
func stripes(dst []int32, side int, amplitude int32, s *random.Stream) {
	dx, dy := direction(s)
	f := s.Uniform(2, 6) / float64(side)
	start := s.Float64()
	phase(side, float64(dx*f), float64(dy*f), start, func(i int, p int32) {
		dst[i] = amplitude * (triangle(p) >> 4) >> 12
	})
}

// checks is a chessboard at any angle, two to four periods to an image.
func checks(dst []int32, side int, amplitude int32, s *random.Stream) {
	dx, dy := direction(s)
	f := s.Uniform(2, 4) / float64(side)
	u, v := s.Float64(), s.Float64()
	phase(side, float64(dx*f), float64(dy*f), u, func(i int, p int32) { dst[i] = p >> 15 & 1 })
	phase(side, float64(-dy*f), float64(dx*f), v, func(i int, p int32) {
		dst[i] = amplitude * (2*(dst[i]^p>>15&1) - 1)
	})
}

// blotches is smooth noise: a 5×5 lattice of random levels, bilinear between.
func blotches(dst []int32, side int, amplitude int32, s *random.Stream) {
	const n = 5
	var lattice [n][n]int32
	for y := range lattice {
		for x := range lattice[y] {
			lattice[y][x] = int32(s.IntN(int(2*amplitude)+1)) - amplitude
		}
	}
	for y := 0; y < side; y++ {
		v := int32((2*y + 1) * (n - 1) * 128 / side) // 8 fractional bits
		for x := 0; x < side; x++ {
			u := int32((2*x + 1) * (n - 1) * 128 / side)
			a, b := &lattice[v>>8], &lattice[v>>8+1]
			top := a[u>>8]*(256-u&255) + a[u>>8+1]*(u&255)
			low := b[u>>8]*(256-u&255) + b[u>>8+1]*(u&255)
			dst[y*side+x] = (top>>4*(256-v&255) + low>>4*(v&255)) >> 12
		}
	}
}

// direction is a uniformly random unit vector.
func direction(s *random.Stream) (x, y float64) {
	const twoPi = 6.283185307179586
	a := s.Uniform(0, twoPi)
	return elementary.Cos(a), elementary.Sin(a)
}

// phase visits every pixel with the value, in 1/65536, of a plane of the given
// slopes that is start at the image's centre.
func phase(side int, dx, dy, start float64, visit func(i int, p int32)) {
	fx, fy := int32(fixed16(dx)), int32(fixed16(dy))
	row := int32(fixed16(start)) - (fx+fy)*int32(side-1)/2
	for y, i := 0, 0; y < side; y++ {
		p := row
		for x := 0; x < side; x++ {
			visit(i, p)
			p += fx
			i++
		}
		row += fy
	}
}

// triangle is the triangle wave of a phase: −65536 at whole periods, +65536 midway.
func triangle(p int32) int32 {
	p &= 0xffff
	if p > 0x8000 {
		p = 0x10000 - p
	}
	return 4*p - 0x10000
}
