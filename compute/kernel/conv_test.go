package kernel

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"lossxfer-report/compute/random"
)

// convShapes covers every tile, skip pattern and border: maps of 28, 14, 7 and 4 and of
// 32, 16, 8 and 4, both sizes and strides, lines, and channels of one, two and three vectors; without
// the few that are too narrow to tile.
func convShapes() []ConvShape {
	var all []ConvShape
	for _, hw := range [][2]int{{28, 28}, {14, 14}, {7, 7}, {4, 4}, {32, 32}, {16, 16}, {8, 8}, {2, 28}, {4, 14}, {3, 14}, {1, 7}, {2, 8}, {5, 4}, {1, 28}} {
		channels := [][2]int{{16, 16}, {16, 32}, {32, 32}, {32, 48}, {48, 64}}
		if hw[0] > 8 {
			channels = channels[:1] // plain Go takes long
		}
		for _, c := range channels {
			for _, size := range []int{1, 3} {
				for _, stride := range []int{1, 2} {
					s := ConvShape{hw[0], hw[1], c[0], c[1], size, stride, Square, false}
					if _, err := NewConv(s, true); err == nil {
						all = append(all, s)
					}
					for _, s.Extent = range []Extent{Across, Down} {
						if _, err := NewConv(s, true); err == nil {
							all = append(all, s)
						}
					}
				}
			}
		}
	}
	return append(all, ConvShape{1, 196, 12, 16, 1, 1, Square, false}, ConvShape{4, 4, 96, 256, 1, 1, Square, false}, ConvShape{4, 4, 28, 16, 1, 1, Square, false})
}

// results runs all three directions with canaries around every output.
func results(t *testing.T, s ConvShape, n int, seed uint64) (out [4][]float32) {
	t.Helper()
	c, err := NewConv(s, s.In%16 == 0)
	if err != nil {
		t.Fatal(err)
	}
	r := random.New("kernel/conv", seed)
	x, w, dy := guard(n*s.InLen()), guard(s.WeightLen()), guard(n*s.OutLen())
	for _, v := range []guarded{x, w, dy} {
		normals(r, v.v)
	}
	y, dx, sum, dw := guard(n*s.OutLen()), guard(n*s.InLen()), guard(n*s.InLen()), guard(s.WeightLen())
	normals(r, sum.v)
	normals(r, dw.v)
	c.Pack(w.v)
	c.Forward(y.v, x.v, n)
	if s.In%16 == 0 {
		c.DataGrad(dx.v, dy.v, n, false)
		c.DataGrad(sum.v, dy.v, n, true)
	}
	c.WeightGrad(dw.v, x.v, dy.v, n)
	c.FinishWeightGrad(dw.v)
	for i, g := range []guarded{y, dx, sum, dw} {
		g.check(t, fmt.Sprintf("%v, output %d", s, i))
		out[i] = g.v
	}
	return out
}

func TestConvolutionBitsAreTheSameEverywhere(t *testing.T) {
	r := random.New("kernel/conv/shapes")
	for i, s := range convShapes() {
		if testing.Short() && i%5 != 0 {
			continue
		}
		n := 1 + r.IntN(3)
		var want [4][]float32
		atLevels(t, func(t *testing.T, l Instructions) {
			got := results(t, s, n, uint64(i))
			if l == Generic {
				want = got
				return
			}
			for k, name := range []string{"forward", "data gradient", "added data gradient", "weight gradient"} {
				sameBits(t, fmt.Sprintf("%v on %d images with %v, %s", s, n, l, name), got[k], want[k])
			}
		})
	}
}

// direct is the textbook sum in float64.
func direct(s ConvShape, x, w []float32, oy, ox, co int) float64 {
	sum := 0.0
	kh, kw := s.Kernel()
	for ky := 0; ky < kh; ky++ {
		for kx := 0; kx < kw; kx++ {
			y, x0 := oy*s.Stride+ky-kh/2, ox*s.Stride+kx-kw/2
			if y < 0 || x0 < 0 || y >= s.Height || x0 >= s.Width {
				continue
			}
			for ci := 0; ci < s.In; ci++ {
				sum += float64(x[(y*s.Width+x0)*s.In+ci]) * float64(w[((ky*kw+kx)*s.In+ci)*s.Out+co])
			}
		}
	}
	return sum
}

// TestConvolutionIsTheSum checks the forward pass against the definition, and the
// gradients by the identity <dy, conv(x, w)> = <dx, x> = <dw, w>, which holds exactly
// for a map that is linear in x and in w.
func TestConvolutionIsTheSum(t *testing.T) {
	for i, s := range convShapes() {
		if s.In%16 != 0 || i%3 != 0 && !s.suits() {
			continue
		}
		c, err := NewConv(s, true)
		if err != nil {
			t.Fatal(err)
		}
		r := random.New("kernel/conv/sum", uint64(i))
		fill := func(n int) []float32 {
			v := make([]float32, n)
			for i := range v {
				v[i] = float32(r.Normal())
			}
			return v
		}
		x, w, dy := fill(s.InLen()), fill(s.WeightLen()), fill(s.OutLen())
		y, dx, dw := make([]float32, s.OutLen()), make([]float32, s.InLen()), make([]float32, s.WeightLen())
		c.Pack(w)
		c.Forward(y, x, 1)
		c.DataGrad(dx, dy, 1, false)
		c.WeightGrad(dw, x, dy, 1)
		c.FinishWeightGrad(dw)
		for j := range y {
			p := j / s.Out
			want := direct(s, x, w, p/s.OutWidth(), p%s.OutWidth(), j%s.Out)
			if math.Abs(float64(y[j])-want) > 1e-3 {
				t.Fatalf("%v: output %d is %v, want %v", s, j, y[j], want)
			}
		}
		a, b, d := dot(dy, y), dot(dx, x), dot(dw, w)
		scale := math.Sqrt(dot(dy, dy)*dot(y, y)) + 1
		if math.Abs(a-b) > 1e-6*scale || math.Abs(a-d) > 1e-6*scale {
			t.Errorf("%v: <dy,y> = %v, <dx,x> = %v, <dw,w> = %v", s, a, b, d)
		}
	}
}

func dot(a, b []float32) float64 {
	s := 0.0
	for i := range a {
		s += float64(a[i]) * float64(b[i])
	}
	return s
}

// TestGroupsOfImagesChangeNothing: a batch in one call and image by image.
func TestGroupsOfImagesChangeNothing(t *testing.T) {
	s := ConvShape{7, 7, 16, 32, 3, 1, Square, false}
	c, _ := NewConv(s, true)
	r := random.New("kernel/conv/groups")
	const n = 5
	x, w, dy := make([]float32, n*s.InLen()), make([]float32, s.WeightLen()), make([]float32, n*s.OutLen())
	normals(r, x)
	normals(r, w)
	normals(r, dy)
	c.Pack(w)
	run := func(group int) (y, dw []float32) {
		y, dw = make([]float32, n*s.OutLen()), make([]float32, s.WeightLen())
		for i := 0; i < n; i += group {
			g := min(group, n-i)
			c.Forward(y[i*s.OutLen():], x[i*s.InLen():], g)
			c.WeightGrad(dw, x[i*s.InLen():], dy[i*s.OutLen():], g)
		}
		c.FinishWeightGrad(dw)
		return y, dw
	}
	y, dw := run(n)
	for _, group := range []int{1, 2, 3} {
		y2, dw2 := run(group)
		sameBits(t, "output", y2, y)
		sameBits(t, "weight gradient", dw2, dw)
	}
}

func TestNewConvRefuses(t *testing.T) {
	for want, s := range map[string]ConvShape{
		"size":            {14, 14, 16, 16, 5, 1, Square, false},
		"stride":          {14, 14, 16, 16, 3, 3, Square, false},
		"input channels":  {14, 14, 3, 16, 3, 1, Square, false},
		"output channels": {14, 14, 16, 17, 3, 1, Square, false},
		"cannot be tiled": {14, 15, 16, 16, 3, 1, Square, false},
		"empty":           {0, 14, 16, 16, 3, 1, Square, false},
		"across or down":  {14, 14, 16, 16, 3, 2, Across, false},
	} {
		if _, err := NewConv(s, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v does not speak of %q", s, err, want)
		}
	}
}

func TestShortBufferPanicsBeforeTheKernel(t *testing.T) {
	s := ConvShape{14, 14, 16, 16, 3, 1, Square, false}
	c, _ := NewConv(s, true)
	defer func() {
		if r := recover(); r == nil || !strings.Contains(r.(string), "input has") {
			t.Errorf("panic %v does not name the buffer", r)
		}
	}()
	c.Forward(make([]float32, s.OutLen()), make([]float32, s.InLen()-1), 1)
}

// FuzzConvolution compares the instruction sets on shapes nobody thought of.
func FuzzConvolution(f *testing.F) {
	f.Add(uint8(7), uint8(7), uint8(0), uint8(1), true, true, uint8(3), uint64(1))
	f.Add(uint8(14), uint8(14), uint8(1), uint8(1), true, false, uint8(2), uint64(2))
	f.Fuzz(func(t *testing.T, height, width, in, out uint8, three, two bool, n uint8, seed uint64) {
		s := ConvShape{1 + int(height)%15, 1 + int(width)%28, 16 * (1 + int(in)%3), 16 * (1 + int(out)%6), 1, 1, Square, false}
		if three {
			s.Size = 3
		}
		if two {
			s.Stride = 2
		}
		if three && !two {
			s.Extent = Extent(seed % 3)
		}
		if _, err := NewConv(s, true); err != nil {
			t.Skip()
		}
		var want [4][]float32
		atLevels(t, func(t *testing.T, l Instructions) {
			got := results(t, s, 1+int(n)%3, seed)
			if l == Generic {
				want = got
			}
			for k := range got {
				sameBits(t, fmt.Sprintf("%v with %v, output %d", s, l, k), got[k], want[k])
			}
		})
	})
}

// TestPatches checks every pixel of every patch, for one channel and for three.
func TestPatches(t *testing.T) {
	const n, height, width = 2, 5, 6
	for _, channels := range []int{1, 3} {
		for _, stride := range []int{1, 2} {
			src := make([]float32, n*height*width*channels)
			normals(random.New("kernel/patches"), src)
			length := PatchLen(channels)
			dst := guard(n * ((height-1)/stride + 1) * ((width-1)/stride + 1) * length)
			Patches(dst.v, src, n, height, width, channels, stride)
			dst.check(t, "patches")
			at := 0
			for i := range n {
				for y := 0; y < height; y += stride {
					for x := 0; x < width; x += stride {
						for k := range length {
							want := float32(0)
							py, px := y+k/channels/3-1, x+k/channels%3-1
							if k < 9*channels && py >= 0 && px >= 0 && py < height && px < width {
								want = src[((i*height+py)*width+px)*channels+k%channels]
							}
							if dst.v[at] != want {
								t.Fatalf("image %d, pixel %d,%d, number %d is %v, want %v", i, y, x, k, dst.v[at], want)
							}
							at++
						}
					}
				}
			}
		}
	}
}
