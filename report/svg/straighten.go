package svg

import "math"

// unseen is how far, in pixels, a line may run beside the one it stands for.
const unseen = 0.25

// straighten leaves out the corners of a drawn line that nobody could see: those that lie
// on the straight between the corners that stay (after Ramer, Douglas and Peucker).
func straighten(path []segment) []segment {
	var out []segment
	for i := 0; i < len(path); {
		end := i + 1
		for end < len(path) && path[end].command == 'L' {
			end++
		}
		if path[i].command != 'M' || end-i < 3 {
			out = append(out, path[i:end]...)
		} else {
			out = append(out, corners(path[i:end])...)
		}
		i = end
	}
	return out
}

// corners keeps the first and the last segment, and between them the farthest from their
// straight, as long as it is far enough.
func corners(line []segment) []segment {
	last := len(line) - 1
	if last < 2 {
		return line
	}
	farthest, distance := 0, unseen
	for i := 1; i < last; i++ {
		if d := beside(line[i].v, line[0].v, line[last].v); d > distance {
			farthest, distance = i, d
		}
	}
	if farthest == 0 {
		return []segment{line[0], line[last]}
	}
	left := corners(line[:farthest+1])
	// A copy: both halves are parts of one line.
	return append(append([]segment(nil), left[:len(left)-1]...), corners(line[farthest:])...)
}

// beside is the distance of a point from the straight between two others.
func beside(p, a, b []float64) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	x, y := p[0]-a[0], p[1]-a[1]
	length := float64(dx*dx) + float64(dy*dy)
	t := 0.0
	if length > 0 {
		t = min(max((float64(x*dx)+float64(y*dy))/length, 0), 1)
	}
	ex, ey := x-float64(t*dx), y-float64(t*dy)
	return math.Sqrt(float64(ex*ex) + float64(ey*ey))
}
