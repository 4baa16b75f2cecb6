package main

import "fmt"

// tilesAMD64 declares the x86-64 assembly of convolution and element-wise kernels and
// puts every function into its place in the tables of dispatch.go.
func tilesAMD64(a *asm) {
	declareTiles(a, []target{
		{"512", "AVX512", columnVectors(avx512)},
		{"256", "AVX2", columnVectors(avx2)},
	})
}

// tilesARM64 is tilesAMD64 for arm64.
func tilesARM64(a *asm) { declareTiles(a, []target{{"neon", "NEON", []int{1}}}) }

// target is an instruction set: the suffix of its functions, its name in Go, and the
// widths of its element-wise kernels.
type target struct {
	suffix, level string
	columns       []int
}

func declareTiles(a *asm, targets []target) {
	var places []string
	a.p("package kernel\n")
	for _, t := range targets {
		declare := func(table, at, name, args string) {
			a.p("//go:noescape\nfunc %s_%s(a *%s)\n", name, t.suffix, args)
			places = append(places, fmt.Sprintf("\t%s[%s]%s = %s_%s", table, t.level, at, name, t.suffix))
		}
		for _, c := range convTiles {
			declare("convKernels", fmt.Sprintf("[%d][%d]", c.per, c.vectors), fmt.Sprintf("conv%dx%d", c.per, c.vectors), "convArgs")
		}
		for _, g := range gradTiles {
			declare("gradKernels", fmt.Sprintf("[%d][%d]", g.height, g.vectors), fmt.Sprintf("grad%dx%d", g.height, g.vectors), "gradArgs")
		}
		for n, op := range columnOps {
			for _, v := range t.columns {
				declare("columnKernels", fmt.Sprintf("[%d][%d]", n, v), fmt.Sprintf("%s%d", op.name, v), "columnArgs")
			}
		}
		for n, name := range []string{"winoIn", "winoOut", "winoGrad", "winoProduct1", "winoProduct2"} {
			declare("winoKernels", fmt.Sprintf("[%d]", n), name, "winoArgs")
		}
	}
	a.p("func init() {")
	for _, line := range places {
		a.p("%s", line)
	}
	a.p("}")
}
