package kernel

import (
	"math"
	"strings"
	"testing"

	"lossxfer-report/compute/random"
)

// around calls f with the pixels inside the image of the window around (y, x), tap by
// tap.
func (w *Window) around(y, x int, f func(tap, pixel int)) {
	for t := range 9 {
		py, px := y+t/3-1, x+t%3-1
		if py >= 0 && px >= 0 && py < w.Height && px < w.Width {
			f(t, py*w.Width+px)
		}
	}
}

var windows = [][3]int{{14, 14, 64}, {7, 7, 96}, {4, 4, 48}, {5, 8, 16}, {1, 3, 16}, {3, 1, 32}, {1, 1, 16}, {2, 2, 16}}

// TestAverageIsTheMean checks the values against the definition, and that the map is
// its own adjoint: <u, Av> = <Au, v>.
func TestAverageIsTheMean(t *testing.T) {
	for _, s := range windows {
		w, err := NewWindow(s[0], s[1], s[2])
		if err != nil {
			t.Fatal(err)
		}
		const n = 2
		size := w.inLen()
		r := random.New("kernel/window")
		x, u, y, back := guard(n*size), guard(n*size), guard(n*size), guard(n*size)
		normals(r, x.v)
		normals(r, u.v)
		w.Average(y.v, x.v, n)
		w.Average(back.v, u.v, n)
		y.check(t, "average")
		back.check(t, "gradient of the average")
		for p := range n * s[0] * s[1] {
			i, q := p/(s[0]*s[1]), p%(s[0]*s[1])
			for c := range s[2] {
				sum, scale := 0.0, 1.0
				w.around(q/s[1], q%s[1], func(_, pixel int) {
					v := float64(x.v[i*size+pixel*s[2]+c])
					sum, scale = sum+v, scale+math.Abs(v)
				})
				if got := float64(y.v[p*s[2]+c]); math.Abs(got-sum/9) > 1e-6*scale {
					t.Fatalf("%v: pixel %d, channel %d is %v, want %v", s, p, c, got, sum/9)
				}
			}
		}
		a, b := dot(u.v, y.v), dot(back.v, x.v)
		if math.Abs(a-b) > 1e-6*math.Sqrt(dot(u.v, u.v)*dot(x.v, x.v)) {
			t.Errorf("%v: <u, Av> = %v, <Au, v> = %v", s, a, b)
		}
	}
}

// TestMaxIsTheLargest checks values, taps and the gradient against the definition, in
// the last channels of a wider image and with many ties.
func TestMaxIsTheLargest(t *testing.T) {
	atLevels(t, func(t *testing.T, _ Instructions) { testMaximum(t) })
}

func testMaximum(t *testing.T) {
	for _, s := range windows {
		w, _ := NewWindow(s[0], s[1], s[2])
		const n, offset = 2, 3
		size, pitch := w.inLen(), s[2]+offset
		pixels := w.MaxOutHeight() * w.MaxOutWidth()
		r := random.New("kernel/window/max")
		x, y, dx := guard(n*size), guard(n*pixels*pitch), guard(n*size)
		dy := make([]float32, n*pixels*pitch)
		for i := range x.v {
			x.v[i] = float32(r.IntN(4)) // ties
		}
		normals(r, dy)
		want := make([]float32, n*size)
		for i := range want {
			want[i], dx.v[i] = 1, 1
		}
		w.Max(y.v[offset:], x.v, n, pitch)
		w.MaxGrad(dx.v, dy[offset:], x.v, y.v[offset:], n, pitch)
		y.check(t, "maximum")
		dx.check(t, "gradient of the maximum")
		for p := range n * pixels {
			i, oy, ox := p/pixels, p%pixels/w.MaxOutWidth(), p%w.MaxOutWidth()
			for c := range pitch {
				got := y.v[p*pitch+c]
				if c < offset {
					if got != 0 {
						t.Fatalf("%v: wrote channel %d beside its own", s, c)
					}
					continue
				}
				most, from := float32(-1), 0
				w.around(2*oy, 2*ox, func(_, pixel int) {
					at := i*size + pixel*s[2] + c - offset
					if x.v[at] > most {
						most, from = x.v[at], at
					}
				})
				want[from] += dy[p*pitch+c]
				if got != most {
					t.Fatalf("%v: pixel %d, channel %d is %v, want %v", s, p, c, got, most)
				}
			}
		}
		for i := range want { // up to the order of the sum
			if math.Abs(float64(dx.v[i]-want[i])) > 1e-6*(1+math.Abs(float64(want[i]))) {
				t.Fatalf("%v: gradient %d is %v, want %v", s, i, dx.v[i], want[i])
			}
		}
	}
}

// TestMaxKeepsNaN: a diverged network must stay one; and a negative zero is a zero.
func TestMaxKeepsNaN(t *testing.T) {
	w, _ := NewWindow(1, 3, 16)
	x, y := make([]float32, 48), make([]float32, 32)
	x[0], x[16], x[32] = float32(math.Copysign(0, -1)), 7, float32(math.Copysign(math.NaN(), -1))
	atLevels(t, func(t *testing.T, l Instructions) {
		w.Max(y, x, 1, 16)
		if y[0] != 7 || y[16] == y[16] {
			t.Errorf("%v: maxima %v and %v, want 7 and NaN", l, y[0], y[16])
		}
	})
}

func TestWindowRefuses(t *testing.T) {
	if _, err := NewWindow(4, 4, 8); err == nil || !strings.Contains(err.Error(), "multiple of 16") {
		t.Errorf("error %v", err)
	}
	w, _ := NewWindow(4, 4, 16)
	defer func() {
		if r := recover(); r == nil || !strings.Contains(r.(string), "output has 63") {
			t.Errorf("panic %v does not name the buffer", r)
		}
	}()
	w.Max(make([]float32, 63), make([]float32, 256), 1, 16)
}
