package kernel

// PatchLen returns the floats of one 3×3 patch of an image with the given channels,
// padded to the multiple of 4 that a convolution takes.
func PatchLen(channels int) int { return (9*channels + 3) / 4 * 4 }

// Patches sets dst to the 3×3 patches of n images (height×width×channels) around
// every stride-th pixel, zero outside the image: [image][row][column][PatchLen]. It
// turns the first layer, whose few channels no vector likes, into a 1×1 convolution.
func Patches(dst, src []float32, n, height, width, channels, stride int) {
	length := PatchLen(channels)
	for i := 0; i < n; i++ {
		image := src[i*height*width*channels : (i+1)*height*width*channels]
		for y := 0; y < height; y += stride {
			for x := 0; x < width; x += stride {
				if channels == 1 && y > 0 && x > 0 && y < height-1 && x < width-1 {
					inner((*[12]float32)(dst), image[(y-1)*width+x-1:], width)
					dst = dst[length:]
					continue
				}
				patch(dst[:length:length], image, y, x, height, width, channels)
				dst = dst[length:]
			}
		}
	}
}

// patch copies the patch around one pixel.
func patch(dst, image []float32, y, x, height, width, channels int) {
	clear(dst)
	first, last := max(x-1, 0), min(x+1, width-1)
	for ky := 0; ky < 3; ky++ {
		if row := y + ky - 1; row >= 0 && row < height {
			copy(dst[(ky*3+first-x+1)*channels:], image[(row*width+first)*channels:(row*width+last+1)*channels])
		}
	}
}

// inner copies a patch of one channel that lies inside the image, from its top left
// pixel on: nearly all patches, and many times faster than the general case.
func inner(dst *[12]float32, top []float32, width int) {
	up, middle, down := top[:3:3], top[width:width+3:width+3], top[2*width:2*width+3:2*width+3]
	dst[0], dst[1], dst[2] = up[0], up[1], up[2]
	dst[3], dst[4], dst[5] = middle[0], middle[1], middle[2]
	dst[6], dst[7], dst[8] = down[0], down[1], down[2]
	dst[9], dst[10], dst[11] = 0, 0, 0
}
