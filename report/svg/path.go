package svg

import (
	"math"
	"strconv"
	"strings"
)

// segment is one command of a path: M, L, C, Q, A or Z with absolute coordinates, the
// last pair being where it ends. An arc has its radii, rotation and flags before.
type segment struct {
	command byte
	v       []float64
}

// operands is how many numbers a command takes.
var operands = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'Q': 4, 'A': 7, 'Z': 0}

// parsePath reads path data; ok is false for anything but what it knows.
func parsePath(d string) (path []segment, ok bool) {
	var x, y, startX, startY float64
	var command byte
	for i := skipBlank(d, 0); i < len(d); i = skipBlank(d, i) {
		if c := d[i]; c >= 'A' && c != 'e' && c != 'E' {
			command = c
			i++
		} else if command == 'Z' || command == 'z' || command == 0 {
			return nil, false
		}
		upper := command &^ 0x20
		n, known := operands[upper]
		if !known {
			return nil, false
		}
		v := make([]float64, n)
		for k := range v {
			end := numberEnd(d, skipBlank(d, i))
			f, err := strconv.ParseFloat(d[skipBlank(d, i):end], 64)
			if err != nil {
				return nil, false
			}
			v[k], i = f, end
		}
		s := absolute(upper, v, command != upper, x, y)
		switch n := len(s.v); {
		case upper == 'Z':
			x, y = startX, startY
		default:
			x, y = s.v[n-2], s.v[n-1]
			if upper == 'M' {
				startX, startY = x, y
				command -= 'M' - 'L' // what follows without a letter is lines
			}
		}
		path = append(path, s)
	}
	return path, len(path) > 0
}

// absolute turns one command into a segment; from (x, y), where relative says so.
func absolute(command byte, v []float64, relative bool, x, y float64) segment {
	if !relative {
		switch command {
		case 'H':
			return segment{'L', []float64{v[0], y}}
		case 'V':
			return segment{'L', []float64{x, v[0]}}
		}
		return segment{command, v}
	}
	switch command {
	case 'H':
		return segment{'L', []float64{x + v[0], y}}
	case 'V':
		return segment{'L', []float64{x, y + v[0]}}
	}
	first := 0
	if command == 'A' {
		first = 5
	}
	for k := first; k < len(v); k += 2 {
		v[k] += x
		v[k+1] += y
	}
	return segment{command, v}
}

func skipBlank(d string, i int) int {
	for i < len(d) && (d[i] == ' ' || d[i] == ',' || d[i] == '\n') {
		i++
	}
	return i
}

func numberEnd(d string, i int) int {
	start, dot := i, false
	for ; i < len(d); i++ {
		c := d[i]
		switch {
		case c >= '0' && c <= '9', c == 'e', (c == '-' || c == '+') && (i == start || d[i-1] == 'e'):
		case c == '.' && !dot:
			dot = true
		default:
			return i
		}
	}
	return i
}

// move scales a path and shifts it.
func move(path []segment, sx, sy, tx, ty float64) {
	for _, s := range path {
		first := 0
		if s.command == 'A' {
			first = 5
			s.v[0] *= math.Abs(sx)
			s.v[1] *= math.Abs(sy)
		}
		for k := first; k < len(s.v); k += 2 {
			s.v[k] = float64(s.v[k]*sx) + tx
			s.v[k+1] = float64(s.v[k+1]*sy) + ty
		}
	}
}

// circleOf says whether a path is a full circle: two arcs from its rightmost point.
func circleOf(path []segment) (x, y, r float64, ok bool) {
	if len(path) < 3 || len(path) > 4 || path[0].command != 'M' || path[1].command != 'A' || path[2].command != 'A' {
		return 0, 0, 0, false
	}
	start, end, r := path[0].v, path[2].v, path[1].v[0]
	if r != path[1].v[1] || path[1].v[3] != 1 || start[0] != end[5] || start[1] != end[6] || math.Abs(path[1].v[6]-start[1]) > float64(r*0.2) {
		return 0, 0, 0, false
	}
	return start[0] - r, start[1], r, true
}

// box says whether a path is a rectangle of the size of a cell or larger.
func box(path []segment) bool {
	if len(path) != 5 || path[4].command != 'Z' {
		return false
	}
	const cell = 12 // pixels
	for i := range 4 {
		if path[i].command != 'L' && i > 0 || path[i].command != 'M' && i == 0 {
			return false
		}
		if i == 0 {
			continue
		}
		dx, dy := math.Abs(path[i].v[0]-path[i-1].v[0]), math.Abs(path[i].v[1]-path[i-1].v[1])
		if i%2 == 1 && (dx < cell || dy != 0) || i%2 == 0 && (dx != 0 || dy < cell) {
			return false
		}
	}
	return true
}

// formatPath writes a path in few letters, to a tenth of a pixel. What is rounded is the
// place, not the step, so that rounding does not add up.
func formatPath(path []segment) string {
	w := pathWriter{}
	for _, s := range path {
		w.segment(s)
	}
	return w.b.String()
}

type pathWriter struct {
	b              strings.Builder
	x, y           float64 // where the pen is, rounded
	startX, startY float64
	last           byte // the letter that need not be repeated
}

func (w *pathWriter) segment(s segment) {
	switch n := len(s.v); s.command {
	case 'Z':
		w.letter('z')
		w.x, w.y = w.startX, w.startY
	case 'M':
		x, y := tenth(s.v[0]), tenth(s.v[1])
		if w.b.Len() == 0 {
			w.letter('M')
			w.numbers(x, y)
			w.last = 'L'
		} else {
			w.letter('m')
			w.numbers(x-w.x, y-w.y)
			w.last = 'l'
		}
		w.x, w.y, w.startX, w.startY = x, y, x, y
	case 'L':
		x, y := tenth(s.v[0]), tenth(s.v[1])
		dx, dy := tenth(x-w.x), tenth(y-w.y)
		switch {
		case dy == 0:
			w.letter('h')
			w.numbers(dx)
		case dx == 0:
			w.letter('v')
			w.numbers(dy)
		default:
			w.letter('l')
			w.numbers(dx, dy)
		}
		w.x, w.y = x, y
	case 'A':
		w.letter('a')
		x, y := tenth(s.v[5]), tenth(s.v[6])
		w.numbers(tenth(s.v[0]), tenth(s.v[1]), s.v[2], s.v[3], s.v[4], x-w.x, y-w.y)
		w.x, w.y = x, y
	default: // C and Q
		w.letter(s.command | 0x20)
		for k := 0; k < n; k += 2 {
			w.numbers(tenth(s.v[k])-w.x, tenth(s.v[k+1])-w.y)
		}
		w.x, w.y = tenth(s.v[n-2]), tenth(s.v[n-1])
	}
}

func (w *pathWriter) letter(c byte) {
	if c != w.last || c == 'z' || c == 'm' {
		w.b.WriteByte(c)
	}
	w.last = c
}

// numbers writes numbers with a comma only where one is needed: a page may leave the
// quotes of a value without blanks out.
func (w *pathWriter) numbers(v ...float64) {
	for _, f := range v {
		s := short(f)
		text := w.b.String()
		if c := text[len(text)-1]; s[0] != '-' && (c >= '0' && c <= '9' || c == '.') {
			w.b.WriteByte(',')
		}
		w.b.WriteString(s)
	}
}

func tenth(v float64) float64 { return math.Round(float64(v*10)) / 10 }

// short writes a number to a tenth, without what can be left out.
func short(v float64) string { return decimals(v, 1) }

func decimals(v float64, n int) string {
	s := strconv.FormatFloat(v, 'f', n, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	switch {
	case s == "-0" || s == "":
		return "0"
	case strings.HasPrefix(s, "0."):
		return s[1:]
	case strings.HasPrefix(s, "-0."):
		return "-" + s[2:]
	}
	return s
}
