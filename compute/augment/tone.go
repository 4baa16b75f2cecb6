package augment

// table is a new grey level for every grey level.
type table [256]uint8

func (t *table) apply(pixels []uint8) {
	for i, p := range pixels {
		pixels[i] = t[p]
	}
}

// histogram counts the grey levels.
func histogram(pixels []uint8) (n [256]int) {
	for _, p := range pixels {
		n[p]++
	}
	return n
}

// invertImage turns light into dark.
func invertImage(pixels []uint8) {
	for i, p := range pixels {
		pixels[i] = 255 - p
	}
}

// solarizeImage inverts the grey levels from threshold upwards (Pillow's
// ImageOps.solarize).
func solarizeImage(pixels []uint8, threshold int) {
	for i, p := range pixels {
		if int(p) >= threshold {
			pixels[i] = 255 - p
		}
	}
}

// equalizeImage makes the grey levels about equally frequent (Pillow's
// ImageOps.equalize, integer division and all). An image of so few pixels or levels
// that a step of the result would be empty stays as it is.
func equalizeImage(pixels []uint8) {
	counts := histogram(pixels)
	levels, last := 0, 0
	for _, n := range counts {
		if n > 0 {
			levels++
			last = n
		}
	}
	step := (len(pixels) - last) / 255
	if levels <= 1 || step == 0 {
		return
	}
	var t table
	below := step / 2
	for p, n := range counts {
		t[p] = uint8(min(below/step, 255))
		below += n
	}
	t.apply(pixels)
}

// stretchImage spreads the grey levels from black to white (Pillow's
// ImageOps.autocontrast without cut-off).
func stretchImage(pixels []uint8) {
	lo, hi := uint8(255), uint8(0)
	for _, p := range pixels {
		lo, hi = min(lo, p), max(hi, p)
	}
	if hi <= lo {
		return
	}
	scale := 255 / float64(hi-lo)
	offset := -float64(float64(lo) * scale)
	var t table
	for p := range t {
		t[p] = uint8(min(max(int(float64(float64(p)*scale)+offset), 0), 255))
	}
	t.apply(pixels)
}

// contrastImage moves every grey level away from the mean by a factor (Pillow's
// ImageEnhance.Contrast, in the single precision of its Image.blend).
func contrastImage(pixels []uint8, factor float32) {
	sum := 0
	for _, p := range pixels {
		sum += int(p)
	}
	mean := int(float64(sum)/float64(len(pixels)) + 0.5)
	var t table
	for p := range t {
		v := float32(mean) + float32(factor*float32(p-mean))
		t[p] = uint8(min(max(v, 0), 255))
	}
	t.apply(pixels)
}
