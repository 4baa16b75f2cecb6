// Bench runs the benchmarks of the compute packages beside their peers (PyTorch,
// OpenBLAS through NumPy, scikit-learn) and prints ratios; at the end, how long the
// program's commands take.
//
//	go run ./compute/bench [-rounds 5] [-only step,gemm,…] [-preset smoke]
//
// Ours and the peer take turns, so that a machine whose speed drifts slows both; each
// round gives one ratio, and the median with the smallest and the largest is printed.
// Peers run on one core through python3; one that is not installed is left out.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
)

func main() {
	rounds := flag.Int("rounds", 5, "alternating runs of each comparison")
	only := flag.String("only", "", "comparisons to run, separated by commas (default all)")
	python := flag.String("python", "/usr/bin/python3", "interpreter that has the peers")
	preset := flag.String("preset", "smoke", "preset of the program's commands; another than smoke takes long, unless LOSSXFER_CACHE has it")
	flag.Parse()
	if err := run(*rounds, strings.FieldsFunc(*only, func(r rune) bool { return r == ',' }), *python, *preset); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(rounds int, only []string, python, preset string) error {
	for _, name := range only {
		if name != "scaling" && name != "commands" && !slices.ContainsFunc(comparisons, func(c comparison) bool { return c.name == name }) {
			return fmt.Errorf("no comparison %q", name)
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	defer w.Flush()
	fmt.Fprintln(w, "what\tours\tpeer\tratio: median\tmin … max\tpeer is")
	for _, c := range comparisons {
		if len(only) > 0 && !slices.Contains(only, c.name) {
			continue
		}
		if why := c.missing(python); why != "" {
			fmt.Fprintf(w, "%s\t\t\t\t\tleft out: %s\n", c.name, why)
			continue
		}
		rows, err := c.compare(rounds, python)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		for _, r := range rows {
			fmt.Fprintf(w, "%s\t%.4g %s\t%.4g %s\t%.2f\t%.2f … %.2f\t%s\n", r.name, median(r.ours), c.unit, median(r.peer), c.unit,
				median(r.ratio), slices.Min(r.ratio), slices.Max(r.ratio), c.peer)
		}
		w.Flush()
	}
	if err := scaling(w, rounds, only); err != nil {
		return err
	}
	w.Flush()
	return commands(w, rounds, only, preset)
}

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}
