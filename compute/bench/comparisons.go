package main

import (
	"regexp"
	"strings"
)

// comparisons are what make bench prints, in this order.
var comparisons = []comparison{
	{
		name: "step", peer: "PyTorch, one thread, the better of NCHW and channels_last",
		pkg: "net", bench: "^BenchmarkStep$", time: "1s", metric: "best-images/cpu-s", unit: "images/s",
		script: "peer_step.py", args: []string{"1"}, needs: "torch",
		line: regexp.MustCompile(`(?m)^torch (?P<key>\w+ batch=\d+) \w+: step (?P<value>\d+) images/s`),
		key:  func(name string) string { return network("Step/", name) },
	},
	{
		name: "features", peer: "PyTorch in eval mode, one thread, the better layout",
		pkg: "net", bench: "^BenchmarkFeatures$", time: "1s", metric: "best-images/cpu-s", unit: "images/s",
		script: "peer_step.py", args: []string{"1"}, needs: "torch",
		line: regexp.MustCompile(`(?m)^torch (?P<key>\w+ batch=\d+) \w+: step \d+ images/s, features (?P<value>\d+)`),
		key:  func(name string) string { return network("Features/", name) },
	},
	{
		name: "gemm", peer: "OpenBLAS through NumPy, one thread",
		pkg: "kernel", bench: "^BenchmarkGemm$", time: "200ms", metric: "best-GFLOP/s", unit: "GFLOP/s",
		script: "peer_gemm.py", args: []string{"0.2"}, needs: "numpy",
		line: regexp.MustCompile(`(?m)^(?P<key>[sd]/\w+) mean [\d.]+ best (?P<value>[\d.]+)`),
		key:  func(name string) string { return strings.TrimPrefix(name, "Gemm/") },
	},
	{
		name: "probe", peer: "scikit-learn's loss under SciPy's L-BFGS-B, to the same gradient norm, one thread",
		pkg: "probe", bench: "^BenchmarkPath$/^classes=64$", time: "1x", metric: "ns/op", unit: "s", scale: 1e-9, lower: true,
		script: "peer_probe.py", needs: "sklearn", export: "PROBE_EXPORT",
		line: regexp.MustCompile(`(?m)^(?P<key>classes=\d+) to the same gradient: (?P<value>[\d.]+) s`),
		key:  func(name string) string { return strings.TrimPrefix(name, "Path/") },
	},
	{
		name: "cka", peer: "NumPy with OpenBLAS, the better of two ways of centring, one thread",
		pkg: "represent", bench: "^BenchmarkCKA$", time: "10x", metric: "best-ms", unit: "ms", lower: true,
		script: "peer_cka.py", needs: "numpy",
		line: regexp.MustCompile(`(?m)^\w+: best (?P<value>[\d.]+) ms of processor time for (?P<key>\d+ minibatches)`),
		key:  func(string) string { return "2 minibatches" },
	},
}

// network is the peer's name for a benchmark of a network; PyTorch has one way for both
// algorithms.
func network(benchmark, name string) string {
	name = strings.ReplaceAll(strings.TrimPrefix(name, benchmark), "/", " ")
	return strings.Replace(name, "-direct", "", 1)
}
