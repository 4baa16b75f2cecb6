package ingest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"

	_ "image/gif" // a few files that are called .jpg are GIFs
	_ "image/jpeg"
	_ "image/png"
)

// mostPixels bounds a picture that is decoded: 40 megapixels, at most 160 MB.
const mostPixels = 40 << 20

// mostFile bounds the file of a picture.
const mostFile = 64 << 20

// decode reads a JPEG, PNG or GIF as colour. Transparent pixels keep their own colour,
// as in Pillow's convert("RGB").
func decode(file []byte) (picture, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return picture{}, err
	}
	if config.Width < 1 || config.Height < 1 || config.Width > mostPixels/config.Height {
		return picture{}, fmt.Errorf("%d×%d pixels: at most %d are read", config.Width, config.Height, mostPixels)
	}
	m, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return picture{}, err
	}
	b := m.Bounds()
	p := picture{b.Dx(), b.Dy(), 3, make([]uint8, 0, 3*b.Dx()*b.Dy())}
	if p.w < 1 || p.h < 1 {
		return picture{}, fmt.Errorf("%d×%d pixels", p.w, p.h)
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, b := rgb(m, x, y)
			p.pix = append(p.pix, r, g, b)
		}
	}
	return p, nil
}

// rgb is a pixel in eight bits.
func rgb(m image.Image, x, y int) (r, g, b uint8) {
	switch m := m.(type) {
	case *image.YCbCr:
		i, j := m.YOffset(x, y), m.COffset(x, y)
		return color.YCbCrToRGB(m.Y[i], m.Cb[j], m.Cr[j])
	case *image.Gray:
		v := m.GrayAt(x, y).Y
		return v, v, v
	}
	c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
	return c.R, c.G, c.B
}

// square reads a picture as side × side pixels.
func square(file []byte, side int) ([]uint8, error) {
	p, err := decode(file)
	if err != nil {
		return nil, err
	}
	// A strip would become an image of a pixel's height stretched to side, and is long.
	const most = 1 << 14
	if longer, shorter := max(p.w, p.h), min(p.w, p.h); side*longer/shorter > most {
		return nil, fmt.Errorf("%d×%d pixels: too long and narrow", p.w, p.h)
	}
	return p.fit(side), nil
}
