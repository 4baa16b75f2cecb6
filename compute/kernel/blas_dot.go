package kernel

// Sdot returns Σ x·y: exact products, summed by Dsdot, rounded once.
func (b BLAS) Sdot(n int, x []float32, incX int, y []float32, incY int) float32 {
	return float32(b.Dsdot(n, x, incX, y, incY))
}

// Sdsdot returns alpha + Σ x·y, rounded once.
func (b BLAS) Sdsdot(n int, alpha float32, x []float32, incX int, y []float32, incY int) float32 {
	return float32(float64(alpha) + b.Dsdot(n, x, incX, y, incY))
}

// Dsdot returns Σ x·y of float32 vectors in float64.
func (BLAS) Dsdot(n int, x []float32, incX int, y []float32, incY int) float64 {
	return innerProduct(n, x, incX, y, incY)
}

// Ddot returns Σ x·y.
func (BLAS) Ddot(n int, x []float64, incX int, y []float64, incY int) float64 {
	return innerProduct(n, x, incX, y, incY)
}

// innerProduct sums by index modulo four, so that the additions need not wait for each other.
func innerProduct[T float](n int, x []T, incX int, y []T, incY int) float64 {
	xs, ys := vector(x, n, incX), vector(y, n, incY)
	incX, incY = max(incX, 1), max(incY, 1)
	var s0, s1, s2, s3 float64
	i := 0
	if incX == 1 && incY == 1 && n >= 4 {
		xs, ys := xs[:n], ys[:n]
		for ; i+4 <= len(xs) && i+4 <= len(ys); i += 4 {
			s0 += float64(float64(xs[i]) * float64(ys[i]))
			s1 += float64(float64(xs[i+1]) * float64(ys[i+1]))
			s2 += float64(float64(xs[i+2]) * float64(ys[i+2]))
			s3 += float64(float64(xs[i+3]) * float64(ys[i+3]))
		}
	}
	sum := [4]float64{s0, s1, s2, s3}
	for ; i < n; i++ {
		sum[i&3] += float64(float64(xs[i*incX]) * float64(ys[i*incY]))
	}
	return (sum[0] + sum[1]) + (sum[2] + sum[3])
}

// Saxpy computes y += alpha·x, the product rounded before the sum.
func (BLAS) Saxpy(n int, alpha float32, x []float32, incX int, y []float32, incY int) {
	axpy(n, alpha, x, incX, y, incY)
}

// Daxpy is Saxpy in float64.
func (BLAS) Daxpy(n int, alpha float64, x []float64, incX int, y []float64, incY int) {
	axpy(n, alpha, x, incX, y, incY)
}

func axpy[T float](n int, alpha T, x []T, incX int, y []T, incY int) {
	xs, ys := vector(x, n, incX), vector(y, n, incY)
	incX, stepY := max(incX, 1), max(incY, 1)
	for i := range n {
		ys[i*stepY] += T(alpha * xs[i*incX])
	}
	if incY < 0 {
		reverseInto(y, ys, incY)
	}
}
