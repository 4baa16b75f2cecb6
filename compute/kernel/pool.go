package kernel

// AveragePool sets h ([image][channels]) to the mean over the pixels of n images.
func AveragePool(h, a []float32, n, pixels, channels int) {
	for i := 0; i < n; i++ {
		out := h[i*channels : (i+1)*channels]
		clear(out)
		for p := 0; p < pixels; p++ {
			for c, v := range a[(i*pixels+p)*channels : (i*pixels+p+1)*channels] {
				out[c] += v
			}
		}
		for c := range out {
			out[c] /= float32(pixels)
		}
	}
}

// AveragePoolGrad sets g to the gradient of the mean with respect to every pixel.
func AveragePoolGrad(g, dh []float32, n, pixels, channels int) {
	for i := 0; i < n; i++ {
		image := g[i*pixels*channels : (i+1)*pixels*channels]
		for c, v := range dh[i*channels : (i+1)*channels] {
			image[c] = v / float32(pixels)
		}
		for p := 1; p < pixels; p++ {
			copy(image[p*channels:], image[:channels])
		}
	}
}
