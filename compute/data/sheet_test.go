package data

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

func TestContactSheetShowsEveryClass(t *testing.T) {
	for _, name := range []string{"latin10", "style", "mnist"} {
		set := load(t, Source{Name: name, Split: Train, PerClass: 30})
		var b bytes.Buffer
		if err := ContactSheet(set, &b); err != nil {
			t.Fatal(err)
		}
		sheet, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		// The first image of class 1 stands in the second block, below its name.
		i, block := 1, sheetColumns*(28*sheetZoom+1)+sheetGap
		for y := 0; y < 28; y++ {
			for x := 0; x < 28; x++ {
				got := color.GrayModel.Convert(sheet.At(sheetGap+block+x*sheetZoom, sheetGap+sheetCaption+y*sheetZoom)).(color.Gray).Y
				if want := set.Image(i)[y*28+x]; got != want {
					t.Fatalf("%s: pixel %d,%d of the sheet is %d, the image has %d", name, x, y, got, want)
				}
			}
		}
		caption := 0
		for x := sheetGap + block; x < sheetGap+2*block; x++ {
			for y := sheetGap; y < sheetGap+sheetCaption; y++ {
				if color.GrayModel.Convert(sheet.At(x, y)).(color.Gray).Y < 128 {
					caption++
				}
			}
		}
		if caption < 5 {
			t.Errorf("%s: no caption above class 1", name)
		}
	}
}

func TestContactSheetOfOtherBlocks(t *testing.T) {
	set := load(t, Source{Name: "latin10", Split: Train, PerClass: 30})
	var b bytes.Buffer
	if err := ContactSheetOf(set, 5, 2, &b); err != nil {
		t.Fatal(err)
	}
	sheet, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	cell := 28*sheetZoom + 1
	want := image.Pt(sheetWide*(5*cell+sheetGap)+sheetGap, 3*(sheetCaption+2*cell+sheetGap)+sheetGap)
	if sheet.Bounds().Size() != want {
		t.Errorf("a sheet of %v, want %v", sheet.Bounds().Size(), want)
	}
	// The sixth image of class 1 begins the second row of the second block.
	x, y := sheetGap+5*cell+sheetGap, sheetGap+sheetCaption+cell
	if got, want := color.GrayModel.Convert(sheet.At(x+20, y+20)).(color.Gray).Y, set.Image(51)[10*28+10]; got != want {
		t.Errorf("a pixel of the sheet is %d, the image has %d", got, want)
	}
}

func TestContactSheetInColour(t *testing.T) {
	set := &Set{Name: "x", H: 8, W: 8, C: 3, Classes: []string{"a"}, Labels: []int{0}, Pixels: make([]uint8, 8*8*3)}
	copy(set.Pixels[3*(8*2+5):], []uint8{10, 20, 30}) // row 2, column 5
	var b bytes.Buffer
	if err := ContactSheet(set, &b); err != nil {
		t.Fatal(err)
	}
	sheet, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	at := sheet.At(sheetGap+5*sheetZoom+1, sheetGap+sheetCaption+2*sheetZoom+1)
	if got := color.NRGBAModel.Convert(at); got != (color.NRGBA{10, 20, 30, 255}) {
		t.Errorf("the pixel is %v", got)
	}
	if err := ContactSheet(&Set{Name: "x", C: 2}, &bytes.Buffer{}); err == nil {
		t.Error("images of two channels were drawn")
	}
}
