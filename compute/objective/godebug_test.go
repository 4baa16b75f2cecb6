package objective

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"testing"

	"gorgonia.org/tensor"
)

// printDigest makes TestDigest print what it computed.
const printDigest = "LOSSXFER_PRINT_DIGEST"

// TestDigest computes every reference case in float64; as a child of
// TestCPUFeaturesSameBits it prints a digest of all bits. (In float32 a change of
// the last bit of an exponential would mostly be rounded away.)
func TestDigest(t *testing.T) {
	p := readReference(t)
	h := sha256.New()
	for _, c := range p.Cases {
		r := p.evaluate(t, c.Spec, tensor.Float64, 1)
		for _, x := range [][]float64{{r.loss}, r.logits, r.dH, r.dW, r.dB} {
			fmt.Fprintf(h, "%x\n", x)
		}
	}
	if os.Getenv(printDigest) != "" {
		fmt.Printf("digest %x\n", h.Sum(nil))
	}
}

// TestCPUFeaturesSameBits: the standard library's exponential has other bits on
// a CPU without FMA, and gorgonia calls it. Nothing on our path does.
func TestCPUFeaturesSameBits(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	digest := regexp.MustCompile(`digest [0-9a-f]{64}`)
	var want []byte
	for _, debug := range []string{"", "cpu.fma=off", "cpu.fma=off,cpu.avx2=off,cpu.avx=off,cpu.sse41=off"} {
		c := exec.Command(self, "-test.run=^TestDigest$")
		c.Env = append(os.Environ(), printDigest+"=1", "GODEBUG="+debug)
		out, err := c.CombinedOutput()
		got := digest.Find(out)
		if err != nil || got == nil {
			t.Fatalf("GODEBUG=%s: %v\n%s", debug, err, out)
		}
		if want == nil {
			want = got
		}
		if string(got) != string(want) {
			t.Errorf("GODEBUG=%s: other bits", debug)
		}
	}
}
