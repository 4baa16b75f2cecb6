//go:build ignore

// Writes the images that the reference values are computed on, 28×28 grey levels each:
// five rendered characters, a written digit, uniform noise, noise in a narrow band and
// one level.
//
//	go run testdata/make_images.go > testdata/images.raw
package main

import (
	"context"
	"log"
	"os"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/random"
)

func main() {
	var out []uint8
	for _, s := range []struct {
		name   string
		images []int
	}{{"latin43", []int{3, 11, 17, 20, 38}}, {"mnist", []int{4}}} {
		set, err := data.Source{Name: s.name, Split: data.Test, PerClass: 1}.Load(context.Background())
		if err != nil {
			log.Fatal(err)
		}
		for _, i := range s.images {
			out = append(out, set.Image(i)...)
		}
	}
	noise := random.New("reference images")
	for range 28 * 28 {
		out = append(out, uint8(noise.IntN(256)))
	}
	for range 28 * 28 {
		out = append(out, uint8(90+noise.IntN(40)))
	}
	for range 28 * 28 {
		out = append(out, 77)
	}
	if _, err := os.Stdout.Write(out); err != nil {
		log.Fatal(err)
	}
}
