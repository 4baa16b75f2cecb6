package kernel

// The kernels by instruction set and tile: convKernels by pixels of a half and
// vectors, gradKernels by height and vectors, columnKernels by operation and vectors.
// A missing entry means that the instruction set uses another tile or the plain Go.
var (
	convKernels   [AVX512 + 1][8][4]func(*convArgs)
	gradKernels   [AVX512 + 1][17][4]func(*gradArgs)
	columnKernels [AVX512 + 1][columnOps][5]func(*columnArgs)
	winoKernels   [AVX512 + 1][winoOps]func(*winoArgs)
)

func init() {
	for _, per := range []int{3, 4, 7} {
		for vectors := 1; vectors <= 3; vectors++ {
			convKernels[Generic][per][vectors] = convGeneric(per, vectors)
		}
	}
	for _, height := range []int{4, 8, 12, 16} {
		for vectors := 1; vectors <= 3; vectors++ {
			gradKernels[Generic][height][vectors] = gradGeneric(height, vectors)
		}
	}
	winoKernels[Generic] = [winoOps]func(*winoArgs){winoInGeneric, winoOutGeneric, winoGradGeneric, winoProductGeneric(1), winoProductGeneric(2)}
	for op := range columnKernels[Generic] {
		for vectors := 1; vectors <= 4; vectors++ {
			columnKernels[Generic][op][vectors] = columnGeneric(op, vectors)
		}
	}
}

// convKernel returns the kernel of the instruction set in use; what it lacks, plain Go
// does.
func convKernel(per, vectors int) func(*convArgs) {
	if k := convKernels[level][per][vectors]; k != nil {
		return k
	}
	return convKernels[Generic][per][vectors]
}

// gradKernel is convKernel for weight gradients.
func gradKernel(height, vectors int) func(*gradArgs) {
	if k := gradKernels[level][height][vectors]; k != nil {
		return k
	}
	return gradKernels[Generic][height][vectors]
}

// columnKernel returns the widest kernel of at most most vectors, and its width.
func columnKernel(op, most int) (func(*columnArgs), int) {
	for v := min(most, 4); v > 0; v-- {
		if k := columnKernels[level][op][v]; k != nil {
			return k, v
		}
	}
	return columnKernels[Generic][op][1], 1
}

// winoKernel is convKernel for the pieces of Winograd's algorithm.
func winoKernel(op int) func(*winoArgs) {
	if k := winoKernels[level][op]; k != nil {
		return k
	}
	return winoKernels[Generic][op]
}
