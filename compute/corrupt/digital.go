package corrupt

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"

	"lossxfer-report/compute/random"
)

// contrast moves every grey level towards the image's mean.
func contrast(p picture, severity int, _ *random.Stream) []float64 {
	factor := [Severities]float64{0.75, 0.5, 0.4, 0.3, 0.15}[severity]
	x := p.unit()
	mean := 0.0
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	for i, v := range x {
		x[i] = float64((v-mean)*factor) + mean
	}
	return x
}

// pixelate shrinks the image and magnifies it again, both with a box filter.
func pixelate(p picture, severity int, _ *random.Stream) ([]uint8, error) {
	factor := [Severities]float64{0.95, 0.9, 0.85, 0.75, 0.65}[severity]
	h, w := int(float64(p.h)*factor), int(float64(p.w)*factor)
	return boxResize(boxResize(p, h, w), p.h, p.w).pixels, nil
}

// jpegCompression encodes and decodes the image as a JPEG of one component.
func jpegCompression(p picture, severity int, _ *random.Stream) ([]uint8, error) {
	quality := [Severities]int{80, 65, 58, 50, 40}[severity]
	var file bytes.Buffer
	grey := &image.Gray{Pix: p.pixels, Stride: p.w, Rect: image.Rect(0, 0, p.w, p.h)}
	if err := jpeg.Encode(&file, grey, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	decoded, err := jpeg.Decode(&file)
	if err != nil {
		return nil, err
	}
	back, ok := decoded.(*image.Gray)
	if !ok {
		return nil, fmt.Errorf("a grey JPEG decodes as %T", decoded)
	}
	out := make([]uint8, len(p.pixels))
	for y := range p.h {
		copy(out[y*p.w:][:p.w], back.Pix[y*back.Stride:])
	}
	return out, nil
}
