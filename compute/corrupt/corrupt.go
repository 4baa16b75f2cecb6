// Package corrupt is the fifteen corruptions of Hendrycks and Dietterich, "Benchmarking
// Neural Network Robustness to Common Corruptions and Perturbations" (ICLR 2019), at
// their five severities, for small grey images.
//
// Constants are those the authors made CIFAR-10-C with, for images of 32 pixels
// (make_cifar_c.py in hendrycks/robustness, ImageNet-C/create_c). Where the code says 32
// it means the image's side, and so it is read here. On a grey image brightness, which
// changes V of HSV, adds to the grey level, and the whitening of snow takes the level
// itself for the luminance. Two things differ: frost has panes of our own in place of
// the authors' photographs (pane.go), and JPEG is Go's encoder and decoder in place of
// libjpeg, with the same tables. How close the rest is to the libraries that the
// authors' code calls is in reference_test.go.
package corrupt

import (
	"fmt"
	"slices"
	"strings"

	"lossxfer-report/compute/random"
)

// Severities is the number of strengths of every corruption, 1 to Severities.
const Severities = 5

// Sides of the images that can be corrupted, in pixels.
const minSide, maxSide = 8, 64

// picture is the image to corrupt: h rows of w grey levels.
type picture struct {
	pixels []uint8
	h, w   int
}

// unit returns the grey levels as fractions of white.
func (p picture) unit() []float64 {
	x := make([]float64, len(p.pixels))
	for i, v := range p.pixels {
		x[i] = float64(v) / 255
	}
	return x
}

// corruption is one of the two functions: what becomes of a picture at a severity,
// counted from 0, as h·w fractions of white, not clipped yet, or as grey levels.
type corruption struct {
	name   string
	unit   func(p picture, severity int, s *random.Stream) []float64
	levels func(p picture, severity int, s *random.Stream) ([]uint8, error)
}

// corruptions are in the order of the paper's tables.
var corruptions = []corruption{
	{name: "gaussian_noise", unit: gaussianNoise},
	{name: "shot_noise", unit: shotNoise},
	{name: "impulse_noise", unit: impulseNoise},
	{name: "defocus_blur", unit: defocusBlur},
	{name: "glass_blur", unit: glassBlur},
	{name: "motion_blur", levels: motionBlur},
	{name: "zoom_blur", unit: zoomBlur},
	{name: "snow", unit: snow},
	{name: "frost", unit: frost},
	{name: "fog", unit: fog},
	{name: "brightness", unit: brightness},
	{name: "contrast", unit: contrast},
	{name: "elastic_transform", unit: elasticTransform},
	{name: "pixelate", levels: pixelate},
	{name: "jpeg_compression", levels: jpegCompression},
}

// Names lists the corruptions in the order of the paper's tables: three of noise, four
// of blur, four of weather, four digital ones.
func Names() []string {
	names := make([]string, len(corruptions))
	for i, c := range corruptions {
		names[i] = c.name
	}
	return names
}

// Apply corrupts the h·w grey levels of src and writes them to dst, which may be src.
// All that is random comes from s: give every image a stream of its own (Stream), and
// its corruption does not depend on which images came before. Severities are 1 to 5.
func Apply(name string, severity int, dst, src []uint8, h, w int, s *random.Stream) error {
	i := slices.IndexFunc(corruptions, func(c corruption) bool { return c.name == name })
	switch {
	case i < 0:
		return fmt.Errorf("no corruption %q: they are %s", name, strings.Join(Names(), ", "))
	case severity < 1 || severity > Severities:
		return fmt.Errorf("%s at severity %d: give 1 to %d", name, severity, Severities)
	case min(h, w) < minSide || max(h, w) > maxSide:
		return fmt.Errorf("%s of an image of %d×%d: sides are %d to %d pixels", name, h, w, minSide, maxSide)
	case len(src) != h*w || len(dst) != h*w:
		return fmt.Errorf("%s of an image of %d×%d: %d pixels given, room for %d", name, h, w, len(src), len(dst))
	}
	p, c := picture{src, h, w}, corruptions[i]
	if c.unit != nil {
		quantise(dst, c.unit(p, severity-1, s))
		return nil
	}
	levels, err := c.levels(p, severity-1, s)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	copy(dst, levels)
	return nil
}

// Stream is the stream of random numbers with which image number image is corrupted:
// another for every corruption, severity and image.
func Stream(name string, severity, image int) *random.Stream {
	return random.New("corrupt/"+name, uint64(severity), uint64(image))
}

// quantise clips fractions of white and cuts off what is below a grey level, as numpy's
// conversion does in the authors' code.
func quantise(dst []uint8, x []float64) {
	for i, v := range x {
		dst[i] = uint8(min(max(v, 0), 1) * 255)
	}
}
