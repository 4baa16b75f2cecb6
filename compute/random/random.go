// Package random is named streams of random numbers: the same name and seeds give
// the same numbers on every machine, and two names never share a stream.
package random

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"

	"lossxfer-report/compute/elementary"
)

// Stream is one reproducible sequence. It is not safe for concurrent use: give
// every task its own.
type Stream struct{ src *rand.ChaCha8 }

// New returns the stream of a name and any number of seeds. The name says what
// the numbers are for ("glyphs/train", "init"), so that a new use of randomness
// never disturbs an old one.
func New(name string, seeds ...uint64) *Stream {
	h := sha256.New()
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(len(name)))
	h.Write(b[:])
	h.Write([]byte(name))
	for _, s := range seeds {
		binary.LittleEndian.PutUint64(b[:], s)
		h.Write(b[:])
	}
	return &Stream{rand.NewChaCha8([32]byte(h.Sum(nil)))}
}

// Uint64 returns 64 uniform bits.
func (s *Stream) Uint64() uint64 { return s.src.Uint64() }

// Float64 returns a uniform number in [0, 1) with 53 random bits.
func (s *Stream) Float64() float64 { return float64(s.src.Uint64()>>11) * 0x1p-53 }

// Uniform returns a uniform number in [lo, hi).
func (s *Stream) Uniform(lo, hi float64) float64 {
	return lo + float64((hi-lo)*s.Float64())
}

// IntN returns a uniform integer in [0, n); n must be positive.
func (s *Stream) IntN(n int) int {
	if n <= 0 {
		panic("random: IntN needs a positive n")
	}
	// Rejection keeps the result exactly uniform.
	max := ^uint64(0) - (^uint64(0)%uint64(n)+1)%uint64(n)
	for {
		if v := s.src.Uint64(); v <= max {
			return int(v % uint64(n))
		}
	}
}

// Perm returns a uniform permutation of 0..n-1 (Fisher-Yates).
func (s *Stream) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		j := s.IntN(i + 1)
		p[i] = p[j]
		p[j] = i
	}
	return p
}

// Normal returns a standard normal number by inverting its distribution
// function: one uniform number gives one normal, and no library's sampling
// algorithm enters the results.
func (s *Stream) Normal() float64 {
	u := (float64(s.src.Uint64()>>11) + 0.5) * 0x1p-53
	return elementary.NormalQuantile(u)
}
