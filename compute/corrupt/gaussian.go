package corrupt

import "lossxfer-report/compute/elementary"

// gaussianKernel is half of a Gaussian filter, from the middle out: SciPy's
// gaussian_filter1d, which ends truncate standard deviations away.
func gaussianKernel(sigma, truncate float64) []float64 {
	radius := int(float64(truncate*sigma) + 0.5)
	half := make([]float64, radius+1)
	sum := 0.0
	for k := range half {
		half[k] = 1
		if k > 0 {
			half[k] = elementary.Exp(-0.5 / float64(sigma*sigma) * float64(k*k))
			sum += half[k]
		}
		sum += half[k]
	}
	for k := range half {
		half[k] /= sum
	}
	return half
}

// gaussianFilter smooths x of h·w along columns and then along rows; at says which
// pixel stands for one outside.
func gaussianFilter(x []float64, h, w int, sigma, truncate float64, at func(i, n int) int) []float64 {
	half := gaussianKernel(sigma, truncate)
	if len(half) == 1 {
		return x
	}
	radius := len(half) - 1
	middle, out := make([]float64, h*w), make([]float64, h*w)
	for y := range h {
		row := middle[y*w:][:w]
		for x0, v := range x[y*w:][:w] {
			row[x0] = float64(half[0] * v)
		}
		for k := 1; k <= radius; k++ {
			above, below := x[at(y-k, h)*w:][:w], x[at(y+k, h)*w:][:w]
			for x0 := range row {
				row[x0] += float64(half[k] * (above[x0] + below[x0]))
			}
		}
	}
	line := make([]float64, w+2*radius)
	for y := range h {
		row := middle[y*w:][:w]
		for i := range line {
			line[i] = row[at(i-radius, w)]
		}
		for x0 := range w {
			sum := float64(half[0] * row[x0])
			for k := 1; k <= radius; k++ {
				sum += float64(half[k] * (line[x0+radius-k] + line[x0+radius+k]))
			}
			out[y*w+x0] = sum
		}
	}
	return out
}

// nearest repeats the edge pixel outside an axis of n pixels.
func nearest(i, n int) int { return min(max(i, 0), n-1) }

// reflect mirrors an axis of n pixels at the edge of its outer pixels (c b a | a b c).
func reflect(i, n int) int {
	for i < 0 || i >= n {
		if i < 0 {
			i = -1 - i
		} else {
			i = 2*n - 1 - i
		}
	}
	return i
}

// reflect101 mirrors at the middle of the outer pixels (c b | a b c), OpenCV's default.
func reflect101(i, n int) int {
	for i < 0 || i >= n {
		if i < 0 {
			i = -i
		} else {
			i = 2*n - 2 - i
		}
	}
	return i
}
