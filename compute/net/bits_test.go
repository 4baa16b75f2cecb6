package net

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"

	"lossxfer-report/compute/kernel"
)

// trainingDigest trains networks for a few steps with full and short batches and hashes
// every bit of what came out.
func trainingDigest(tb testing.TB, names ...string) string {
	h := sha256.New()
	for _, name := range names {
		s := newStepper(tb, onGlyphs(name), 3)
		for _, n := range []int{3, 2, 3} {
			s.n = n
			full := *s
			s.x, s.h, s.dh = s.x[:n*28*28], s.h[:n*s.trunk.Dim()], s.dh[:n*s.trunk.Dim()]
			s.step(tb)
			for _, v := range [][]float32{s.h, s.dtheta, s.theta, s.stats} {
				binary.Write(h, binary.LittleEndian, v)
			}
			s.x, s.h, s.dh = full.x, full.h, full.dh
		}
		if err := s.trunk.Features(s.x, 3, s.theta, s.stats, s.h); err != nil {
			tb.Fatal(err)
		}
		binary.Write(h, binary.LittleEndian, s.h)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// trainedDigest is what trainingDigest returns on every machine for the residual
// networks, and inceptionDigest for the other. A change means that all results change.
const (
	trainedDigest   = "298a869576fff32a2f58c888d8fbeabacd3fa141d22e126cb782e173832470f2"
	inceptionDigest = "2f0dca3e9c071e21d75a408bc701a849c8478133ce5fae545c1c4da3aa3f570e"
)

// digests are the digests of all networks.
const digests = trainedDigest + " " + inceptionDigest

func trainingDigests(tb testing.TB) string {
	return trainingDigest(tb, "glyphnet", "miniresnet") + " " + trainingDigest(tb, "inception")
}

const digestOnly = "NET_TEST_DIGEST"

func TestMain(m *testing.M) {
	if os.Getenv(digestOnly) != "" {
		if err := kernel.LevelError(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println("level", kernel.Level(), "digest", trainingDigests(&testing.B{}))
		return
	}
	os.Exit(m.Run())
}

func TestTrainingBitsAreTheSameEverywhere(t *testing.T) {
	before := kernel.Level()
	defer kernel.SetLevel(before)
	for _, l := range kernel.Levels() {
		if err := kernel.SetLevel(l); err != nil {
			t.Fatal(err)
		}
		if got := trainingDigests(t); got != digests {
			t.Errorf("training with %v: digests %s, want %s", l, got, digests)
		}
	}
	// A process that believes the CPU has no AVX and no FMA: the kernels fall back to
	// plain Go, and so does the Go library.
	for _, env := range []string{"GODEBUG=cpu.fma=off,cpu.avx=off", "GODEBUG=cpu.avx512f=off"} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), env, digestOnly+"=1", "LOSSXFER_CPU=")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(out), digests) {
			t.Errorf("%s: %s, want digests %s", env, out, digests)
		}
		if strings.Contains(env, "fma") && !strings.Contains(string(out), "generic") {
			t.Errorf("%s: runs %s, want plain Go", env, out)
		}
	}
}

func TestUnknownOrMissingInstructionsAreAnError(t *testing.T) {
	for env, want := range map[string]string{
		"LOSSXFER_CPU=sse9":                           "no such instruction set; one of generic",
		"LOSSXFER_CPU=avx512 GODEBUG=cpu.avx512f=off": "does not have these instructions; it has generic",
		"LOSSXFER_CPU=neon":                           "LOSSXFER_CPU=neon",
		"LOSSXFER_CPU=avx2 GODEBUG=cpu.fma=off":       "does not have these instructions; it has generic",
	} {
		if strings.Contains(env, kernel.Level().String()) && strings.Contains(env, "neon") {
			continue
		}
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(append(os.Environ(), digestOnly+"=1"), strings.Fields(env)...)
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: error %v and output %q, want an error with %q", env, err, out, want)
		}
	}
}

// TestShortBatchIsItsOwn: a batch of n gives the same bits in a network made for more
// images, whatever the buffers held before.
func TestShortBatchIsItsOwn(t *testing.T) {
	for _, name := range Names() {
		a := onGlyphs(name)
		big, small := newStepper(t, a, 9), newStepper(t, a, 5)
		big.step(t)
		copy(big.theta, small.theta)
		big.n, big.x, big.h, big.dh = small.n, small.x, small.h[:len(small.h):len(small.h)], small.dh
		big.h = make([]float32, len(small.h))
		big.step(t)
		small.step(t)
		for i := range small.dtheta {
			if math.Float32bits(small.dtheta[i]) != math.Float32bits(big.dtheta[i]) {
				t.Fatalf("%s: gradient %d is %v in a network for 9 images, %v in one for 5", name, i, big.dtheta[i], small.dtheta[i])
			}
		}
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	for _, name := range Names() {
		s := newStepper(t, onGlyphs(name), 3)
		if n := testing.AllocsPerRun(2, func() { s.step(t) }); n != 0 {
			t.Errorf("%s: a step allocates %v times", name, n)
		}
		if n := testing.AllocsPerRun(2, func() { s.trunk.Features(s.x, s.n, s.theta, s.stats, s.h) }); n != 0 {
			t.Errorf("%s: evaluation allocates %v times", name, n)
		}
	}
}

// TestNetworksRunSideBySide: networks share nothing, so training several at once, one
// on each core, changes no bit.
func TestNetworksRunSideBySide(t *testing.T) {
	run := func() string {
		s := newStepper(t, onGlyphs("glyphnet"), 8)
		for range 3 {
			s.step(t)
		}
		return fmt.Sprint(sha256.Sum256(fmt.Append(nil, s.theta)))
	}
	want := run()
	got := make(chan string)
	for range 4 {
		go func() { got <- run() }()
	}
	for range 4 {
		if g := <-got; g != want {
			t.Error("a network trained beside others has other weights")
		}
	}
}
