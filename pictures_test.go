package main

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// pictures DIR writes a folder of pictures of two classes.
func pictures(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: pictures DIR")
	}
	ts.Check(writePictures(ts.MkAbs(args[0])))
}

func writePictures(dir string) error {
	for _, class := range []string{"robin", "wren"} {
		if err := os.MkdirAll(filepath.Join(dir, class), 0o755); err != nil {
			return err
		}
		for i := range 10 {
			f, err := os.Create(filepath.Join(dir, class, fmt.Sprintf("%d.png", i)))
			if err != nil {
				return err
			}
			img := image.NewGray(image.Rect(0, 0, 40, 40))
			img.Pix[i*len(class)] = 255
			if err := errors.Join(png.Encode(f, img), f.Close()); err != nil {
				return err
			}
		}
	}
	return nil
}
