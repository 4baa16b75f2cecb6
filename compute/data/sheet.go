package data

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"

	"github.com/go-fonts/dejavu/dejavusans"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// A contact sheet shows sheetColumns by sheetRows images of every class, or as many
// as its caller says, at twice their size, in blocks under the name of the class.
const (
	sheetColumns = 8
	sheetRows    = 3
	sheetZoom    = 2
	sheetGap     = 10 // between blocks
	sheetCaption = 22 // height of a class name
	sheetWide    = 4  // blocks side by side
)

var (
	sheetPaper = color.Gray{Y: 250}
	sheetText  = color.Gray{Y: 40}
)

// ContactSheet writes a PNG with the first images of every class.
func ContactSheet(set *Set, w io.Writer) error {
	return ContactSheetOf(set, sheetColumns, sheetRows, w)
}

// ContactSheetOf is ContactSheet with blocks of so many columns and rows of images.
func ContactSheetOf(set *Set, columns, rows int, w io.Writer) error {
	if set.C != 1 && set.C != 3 {
		return fmt.Errorf("contact sheet of %s: %d channels, only grey and colour images can be drawn", set.Name, set.C)
	}
	face, err := sheetFace()
	if err != nil {
		return err
	}
	cellW, cellH := set.W*sheetZoom+1, set.H*sheetZoom+1
	blockW, blockH := columns*cellW, sheetCaption+rows*cellH
	blocks := len(set.Classes)
	wide := min(sheetWide, blocks)
	high := (blocks + wide - 1) / wide
	sheet := canvas(set.C, image.Rect(0, 0, wide*(blockW+sheetGap)+sheetGap, high*(blockH+sheetGap)+sheetGap))
	draw.Draw(sheet, sheet.Bounds(), image.NewUniform(sheetPaper), image.Point{}, draw.Src)

	corner := func(class int) (x, y int) {
		return sheetGap + class%wide*(blockW+sheetGap), sheetGap + class/wide*(blockH+sheetGap)
	}
	for class, name := range set.Classes {
		x, y := corner(class)
		d := font.Drawer{Dst: sheet, Src: image.NewUniform(sheetText), Face: face, Dot: fixed.P(x, y+sheetCaption-6)}
		d.DrawString(name)
	}
	shown := make([]int, len(set.Classes))
	for i, class := range set.Labels {
		k := shown[class]
		if k == columns*rows {
			continue
		}
		shown[class]++
		x, y := corner(class)
		enlarge(sheet, set, i, x+k%columns*cellW, y+sheetCaption+k/columns*cellH)
	}
	return png.Encode(w, sheet)
}

// canvas is an empty sheet for images of one channel or three.
func canvas(channels int, size image.Rectangle) draw.Image {
	if channels == 1 {
		return image.NewGray(size)
	}
	return image.NewNRGBA(size)
}

// enlarge copies image i to the sheet with every pixel as a square.
func enlarge(sheet draw.Image, set *Set, i, x0, y0 int) {
	pixels := set.Image(i)
	for y := 0; y < set.H*sheetZoom; y++ {
		for x := 0; x < set.W*sheetZoom; x++ {
			p := pixels[(y/sheetZoom*set.W+x/sheetZoom)*set.C:]
			if set.C == 1 {
				sheet.Set(x0+x, y0+y, color.Gray{Y: p[0]})
			} else {
				sheet.Set(x0+x, y0+y, color.NRGBA{p[0], p[1], p[2], 255})
			}
		}
	}
}

// sheetFace is the lettering of the captions; DejaVu Sans has every character
// that a class is named after.
func sheetFace() (font.Face, error) {
	f, err := opentype.Parse(dejavusans.TTF)
	if err != nil {
		return nil, fmt.Errorf("contact sheet: %w", err)
	}
	return opentype.NewFace(f, &opentype.FaceOptions{Size: 15, DPI: 72})
}
