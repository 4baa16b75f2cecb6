package main

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// scaling prints what two processes at once do, on two cores, of what one does alone:
// the training step, and beside it the matrix kernel that never leaves the first-level
// cache, which shows what the machine itself gives.
func scaling(w io.Writer, rounds int, only []string) error {
	if len(only) > 0 && !slices.Contains(only, "scaling") {
		return nil
	}
	for _, c := range []struct{ pkg, bench, what, metric string }{
		{"net", "^BenchmarkStep$/^glyphnet$/^batch=32$", "two training runs against one", "images/s"},
		{"kernel", "^BenchmarkMicroKernel$", "two loops of multiply-adds against one", "GFLOP/s"},
	} {
		dir := filepath.Join("compute", c.pkg)
		binary, clean, err := build(dir)
		if err != nil {
			return err
		}
		defer clean()
		bench := comparison{bench: c.bench, time: "2s", metric: c.metric}
		gain := map[string][]float64{}
		for range rounds {
			alone, err := bench.runOurs(binary, dir, "")
			if err != nil {
				return err
			}
			both, err := twice(func() (map[string]float64, error) { return bench.runOurs(binary, dir, "") })
			if err != nil {
				return err
			}
			for name, one := range alone {
				gain[name] = append(gain[name], both[name]/one)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(gain)) {
			fmt.Fprintf(w, "%s: %s\t\t\t%.3f\t%.3f … %.3f\t\n", c.what, strings.TrimPrefix(name, "MicroKernel/"), median(gain[name]), slices.Min(gain[name]), slices.Max(gain[name]))
		}
	}
	return nil
}

// twice runs f two times at once and adds up what both did.
func twice(f func() (map[string]float64, error)) (map[string]float64, error) {
	type result struct {
		values map[string]float64
		err    error
	}
	results := make(chan result, 2)
	for range 2 {
		go func() {
			v, err := f()
			results <- result{v, err}
		}()
	}
	sum := map[string]float64{}
	for range 2 {
		r := <-results
		if r.err != nil {
			return nil, r.err
		}
		for name, v := range r.values {
			sum[name] += v
		}
	}
	return sum, nil
}
