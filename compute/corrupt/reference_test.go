package corrupt

import (
	"encoding/json"
	"image"
	"image/png"
	"os"
	"testing"

	"lossxfer-report/compute/random"
)

// tolerances say how far a corruption may be from the authors' code: in how many of a
// thousand pixels it differs, and by how many grey levels at most. A corruption that is
// not listed gives the same bytes.
var tolerances = map[string]struct{ perMille, levels int }{
	"defocus_blur":      {60, 1}, // OpenCV convolves through a Fourier transform, and what is left of it is cut to whole levels
	"snow":              {6, 1},  // OpenCV's luminance of grey is a rounding error off the grey
	"elastic_transform": {7, 1},  // images in single precision there
	// Where the two transforms round a coefficient differently it moves by a step of its
	// quantiser: 9 levels in uniform noise, 2 in the two characters.
	"jpeg_compression": {150, 9},
}

// TestAgainstTheAuthorsLibraries compares with NumPy, SciPy, scikit-image, OpenCV, Pillow
// and ImageMagick, every random number being the same (testdata/make_reference.py).
func TestAgainstTheAuthorsLibraries(t *testing.T) {
	var r struct{ Corruptions []string }
	b, err := os.ReadFile("testdata/reference.json")
	if err == nil {
		err = json.Unmarshal(b, &r)
	}
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("testdata/reference.png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	decoded, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	sheet := decoded.(*image.Gray)
	for row, name := range r.Corruptions {
		for k, src := range images(t) {
			for severity := 1; severity <= Severities; severity++ {
				got := make([]uint8, len(src))
				if err := Apply(name, severity, got, src, 28, 28, random.New("corrupt reference")); err != nil {
					t.Fatal(err)
				}
				column := k*Severities + severity - 1
				differ, most := 0, 0
				for i, v := range got {
					d := int(v) - int(sheet.Pix[(row*28+i/28)*sheet.Stride+column*28+i%28])
					if d != 0 {
						differ++
					}
					most = max(most, d, -d)
				}
				if limit := tolerances[name]; differ*1000 > limit.perMille*len(got) || most > limit.levels {
					t.Errorf("%s of image %d at severity %d: %d pixels differ, by %d levels at most", name, k, severity, differ, most)
				}
			}
		}
	}
}
