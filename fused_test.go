package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// exactProducts are the lines where the compiler may fuse a product into a sum, because
// the product is exact (by a power of two) or the fused one is asked for.
var exactProducts = map[string]string{
	"return lo + float64((hi-lo)*s.Float64())":                     "2⁻⁵³ times an integer",
	"return sum/4 + float64(wobble*s.Uniform(-wobble, wobble))":    "a quarter, and as above",
	"t = low + (high-low)/2":                                       "half",
	"next = low + (high-low)/2":                                    "half",
	"sum[j] = math.FMA(x, y, sum[j])":                              "asked for",
	"return math.FMA(x, y, z)":                                     "asked for",
	"v0 := float64(sx*vx) + float64(sy*vy) + float64(m.H)/2 - 0.5": "half",
	"u0 := float64(sx*ux) + float64(sy*uy) + float64(m.W)/2 - 0.5": "half",
	"last := min(int(centre+wide/2+0.5), n)":                       "half",
	"-sin, cos, cy + float64(sin*cx) - float64(cos*cy),":           "half, in cy",
}

// fusedAt finds the position of a fused multiplication and addition in the assembly
// that the compiler prints.
var fusedAt = regexp.MustCompile(`\((/[^()]+\.go):(\d+)\)\s+VFN?M(?:ADD|SUB)\d+S[SD]\b`)

// TestNoProductIsFused compiles the program for an x86-64 whose compiler may fuse, as
// that for arm64 always does: a fused product has other last bits, so that results would
// depend on the machine. A line that is new here needs an explicit conversion around its
// product, float64(a*b) + c.
func TestNoProductIsFused(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles everything once more")
	}
	if runtime.GOARCH != "amd64" {
		t.Skip("reads the assembly of amd64")
	}
	repo, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-gcflags=lossxfer-report/...=-S", "-o", os.DevNull, ".")
	cmd.Env = append(os.Environ(), "GOAMD64=v3")
	var assembly bytes.Buffer
	cmd.Stderr = &assembly
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, assembly.String()[max(0, assembly.Len()-2000):])
	}
	sources, seen := map[string][]string{}, map[string]bool{}
	found := 0
	for lines := bufio.NewScanner(&assembly); lines.Scan(); {
		m := fusedAt.FindStringSubmatch(lines.Text())
		// Of the standard library's code that is inlined only math.FMA is fused.
		if m == nil || !strings.HasPrefix(m[1], repo+"/") {
			continue
		}
		found++
		if sources[m[1]] == nil {
			text, err := os.ReadFile(m[1])
			if err != nil {
				t.Fatal(err)
			}
			sources[m[1]] = strings.Split(string(text), "\n")
		}
		n, _ := strconv.Atoi(m[2])
		line := strings.TrimSpace(sources[m[1]][n-1])
		if _, ok := exactProducts[line]; !ok && !seen[line] {
			seen[line] = true
			t.Errorf("%s:%s: a product is fused into a sum: %s", m[1], m[2], line)
		}
	}
	if found == 0 {
		t.Error("no fused instruction at all, though some are asked for: the search is wrong")
	}
}
