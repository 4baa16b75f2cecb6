package main

import "fmt"

// tilesAMD64 declares the assembly of convolution and element-wise kernels and puts
// every function into its place in the tables of dispatch.go.
func tilesAMD64(a *asm) {
	var places []string
	declare := func(table, name, args string, i isa, at string) {
		a.p("//go:noescape\nfunc %s_%s(a *%s)\n", name, i.name, args)
		places = append(places, fmt.Sprintf("\t%s[%s]%s = %s_%s", table, map[string]string{"512": "AVX512", "256": "AVX2"}[i.name], at, name, i.name))
	}
	a.p("package kernel\n")
	for _, i := range []isa{avx512, avx2} {
		for _, t := range convTiles {
			declare("convKernels", fmt.Sprintf("conv%dx%d", t.per, t.vectors), "convArgs", i, fmt.Sprintf("[%d][%d]", t.per, t.vectors))
		}
		for _, t := range gradTiles {
			declare("gradKernels", fmt.Sprintf("grad%dx%d", t.height, t.vectors), "gradArgs", i, fmt.Sprintf("[%d][%d]", t.height, t.vectors))
		}
		for n, op := range columnOps {
			for _, v := range columnVectors(i) {
				declare("columnKernels", fmt.Sprintf("%s%d", op.name, v), "columnArgs", i, fmt.Sprintf("[%d][%d]", n, v))
			}
		}
		for n, name := range []string{"winoIn", "winoOut", "winoGrad", "winoProduct1", "winoProduct2"} {
			declare("winoKernels", name, "winoArgs", i, fmt.Sprintf("[%d]", n))
		}
	}
	a.p("func init() {")
	for _, line := range places {
		a.p("%s", line)
	}
	a.p("}")
}
