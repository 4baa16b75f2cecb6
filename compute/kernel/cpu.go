// Package kernel holds the arithmetic that takes the time: convolution, batch
// normalisation, matrix products and exponentials. Every kernel exists for several
// instruction sets and in plain Go, and all of them give the same bits: vectors run
// over independent outputs only, and each output is one chain of fused multiply-adds
// in a fixed order, so how wide the vectors are cannot be seen in the result. (Which
// bits a NaN carries beside being one is all that machines may differ in.)
package kernel

//go:generate go run ./gen

import (
	"fmt"
	"os"
	"strings"
)

// Instructions names a set of machine instructions that the kernels are written for.
// It changes how long a result takes and never the result.
type Instructions uint8

// The instruction sets, slowest first.
const (
	Generic Instructions = iota // plain Go, runs everywhere
	NEON                        // arm64
	AVX2                        // x86-64 with AVX2 and FMA
	AVX512                      // x86-64 with AVX-512 F, BW, DQ and VL
)

var names = [...]string{Generic: "generic", NEON: "neon", AVX2: "avx2", AVX512: "avx512"}

// String returns the name that LOSSXFER_CPU knows the set by.
func (i Instructions) String() string {
	if int(i) < len(names) {
		return names[i]
	}
	return fmt.Sprintf("Instructions(%d)", uint8(i))
}

// level is what the kernels use; levelErr is why LOSSXFER_CPU could not be obeyed.
var level, levelErr = choose(os.Getenv("LOSSXFER_CPU"))

// Level returns the instruction set in use: the best this CPU has, or the one that
// the environment variable LOSSXFER_CPU asks for.
func Level() Instructions { return level }

// LevelError says why LOSSXFER_CPU could not be obeyed, or returns nil. A program
// should refuse to go on: whoever sets the variable wants to know what ran.
func LevelError() error { return levelErr }

// SetLevel switches the instruction set of the whole process. It is for tests and
// benchmarks and must not be called while kernels run.
func SetLevel(i Instructions) error {
	if !supported(i) {
		return unsupported(i)
	}
	level, levelErr = i, nil
	return nil
}

// Levels returns the instruction sets this CPU has, slowest first.
func Levels() []Instructions {
	var have []Instructions
	for i := range names {
		if supported(Instructions(i)) {
			have = append(have, Instructions(i))
		}
	}
	return have
}

// choose returns the level for a value of LOSSXFER_CPU; with an error it is Generic,
// which every machine can run.
func choose(want string) (Instructions, error) {
	have := Levels()
	if want == "" {
		return have[len(have)-1], nil
	}
	for i, name := range names {
		if name != strings.ToLower(strings.TrimSpace(want)) {
			continue
		}
		if !supported(Instructions(i)) {
			return Generic, unsupported(Instructions(i))
		}
		return Instructions(i), nil
	}
	return Generic, fmt.Errorf("LOSSXFER_CPU=%s: no such instruction set; one of %s, or unset it", want, list(have))
}

func unsupported(i Instructions) error {
	return fmt.Errorf("LOSSXFER_CPU=%s: this CPU does not have these instructions; it has %s (unset LOSSXFER_CPU to use the best)", i, list(Levels()))
}

func list(is []Instructions) string {
	var s []string
	for _, i := range is {
		s = append(s, i.String())
	}
	return strings.Join(s, ", ")
}
