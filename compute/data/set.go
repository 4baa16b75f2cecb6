// Package data is the data sets of the program: images of characters rendered
// from typefaces that Go modules carry, and subsets of MNIST and Fashion-MNIST.
// A Source names a set and loads it; the same Source gives the same bytes on
// every machine.
package data

import (
	"crypto/sha256"
	"encoding/binary"
)

// Set is a labelled set of images. Images come in rounds of one image per class,
// so that any prefix is balanced.
type Set struct {
	Name    string
	H, W, C int      // height, width, channels
	Pixels  []uint8  // N·H·W·C grey levels, NHWC
	Labels  []int    // class index of each image
	Classes []string // name of each class
	Norm    Norm     // how grey levels become the numbers a network sees
}

// Norm is the standardisation of a family of sets: (p/255 − Mean)/Std.
type Norm struct{ Mean, Std float32 }

// The constants are fixed numbers, not estimated from the set at hand, so that
// an image has the same representation whatever set it sits in. They are the
// rounded mean and standard deviation of the grey levels of the latin43 training
// set and of the full MNIST and Fashion-MNIST training sets.
var (
	GlyphNorm   = Norm{Mean: 0.34, Std: 0.23}
	MNISTNorm   = Norm{Mean: 0.1307, Std: 0.3081}
	FashionNorm = Norm{Mean: 0.2860, Std: 0.3530}
)

// Len returns the number of images.
func (s *Set) Len() int { return len(s.Labels) }

// Image returns the H·W·C grey levels of image i, sharing the set's memory.
func (s *Set) Image(i int) []uint8 {
	n := s.H * s.W * s.C
	return s.Pixels[i*n : (i+1)*n : (i+1)*n]
}

// Floats writes the standardised images of idx to dst, NHWC; dst must hold
// len(idx)·H·W·C numbers.
func (s *Set) Floats(dst []float32, idx []int) {
	table := s.Norm.table()
	n := s.H * s.W * s.C
	for k, i := range idx {
		out := dst[k*n : (k+1)*n]
		for j, p := range s.Image(i) {
			out[j] = table[p]
		}
	}
}

// table lists the standardised value of every grey level.
func (n Norm) table() (t [256]float32) {
	for p := range t {
		t[p] = (float32(p)/255 - n.Mean) / n.Std
	}
	return t
}

// Digest is the SHA-256 of everything in the set, each part with its length
// before it.
func (s *Set) Digest() [32]byte {
	h := sha256.New()
	number := func(v int) {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], uint64(v))
		h.Write(b[:])
	}
	text := func(v string) {
		number(len(v))
		h.Write([]byte(v))
	}
	text(s.Name)
	number(s.H)
	number(s.W)
	number(s.C)
	number(len(s.Pixels))
	h.Write(s.Pixels)
	number(len(s.Labels))
	for _, l := range s.Labels {
		number(l)
	}
	number(len(s.Classes))
	for _, c := range s.Classes {
		text(c)
	}
	binary.Write(h, binary.LittleEndian, s.Norm)
	return [32]byte(h.Sum(nil))
}
