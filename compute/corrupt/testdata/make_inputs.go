//go:build ignore

// Writes what the reference values are computed from: images.raw, three images of 28×28
// grey levels (a rendered character, a written digit, uniform noise), and words.raw, the
// first random words, little-endian, of the stream every corruption is given.
//
//	cd testdata && go run make_inputs.go
package main

import (
	"context"
	"encoding/binary"
	"log"
	"os"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/random"
)

func main() {
	var images []uint8
	for _, s := range []struct {
		name  string
		image int
	}{{"latin43", 3}, {"mnist", 4}} {
		set, err := data.Source{Name: s.name, Split: data.Test, PerClass: 1}.Load(context.Background())
		if err != nil {
			log.Fatal(err)
		}
		images = append(images, set.Image(s.image)...)
	}
	noise := random.New("reference images")
	for range 28 * 28 {
		images = append(images, uint8(noise.IntN(256)))
	}
	var words []byte
	stream := random.New("corrupt reference")
	for range 2800 { // glass blur takes the most
		words = binary.LittleEndian.AppendUint64(words, stream.Uint64())
	}
	for name, b := range map[string][]byte{"images.raw": images, "words.raw": words} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
