package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// comparison is one benchmark beside one peer.
type comparison struct {
	name, peer string
	pkg        string // folder of the benchmark below compute/
	bench      string // -test.bench
	time       string // -test.benchtime
	metric     string // unit of the benchmark's line that counts
	script     string // the peer, in the package's testdata/
	args       []string
	needs      string // Python module of the peer
	line       *regexp.Regexp
	unit       string
	lower      bool    // less is better: the ratio is peer / ours
	scale      float64 // from the benchmark's unit to that of the peer; 0 is 1
	// export names the environment variable by which the benchmark is told a folder
	// for its input; the peer gets the folder as its argument.
	export string
	// key maps the name of a benchmark to the name in the peer's lines.
	key func(string) string
}

// row is one measured pair over all rounds.
type row struct {
	name              string
	ours, peer, ratio []float64
}

// missing says why the peer cannot run, or nothing.
func (c comparison) missing(python string) string {
	if err := exec.Command(python, "-c", "import "+c.needs).Run(); err != nil {
		return fmt.Sprintf("%s has no module %s", python, c.needs)
	}
	return ""
}

// compare runs ours and the peer in turn. Where the peer has several ways of doing the
// same (memory layouts), its best counts.
func (c comparison) compare(rounds int, python string) ([]row, error) {
	dir := filepath.Join("compute", c.pkg)
	binary, clean, err := build(dir)
	if err != nil {
		return nil, err
	}
	defer clean()
	exported := filepath.Dir(binary)
	var rows []row
	for range rounds {
		ours, err := c.runOurs(binary, dir, exported)
		if err != nil {
			return nil, err
		}
		peer, err := c.runPeer(python, dir, exported)
		if err != nil {
			return nil, err
		}
		for _, name := range slices.Sorted(maps.Keys(ours)) {
			theirs, ok := peer[c.key(name)]
			if !ok {
				continue
			}
			i := slices.IndexFunc(rows, func(r row) bool { return r.name == name })
			if i < 0 {
				i, rows = len(rows), append(rows, row{name: name})
			}
			r := &rows[i]
			r.ours, r.peer = append(r.ours, ours[name]), append(r.peer, theirs)
			ratio := ours[name] / theirs
			if c.lower {
				ratio = theirs / ours[name]
			}
			r.ratio = append(r.ratio, ratio)
		}
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("no benchmark of ours has a name that the peer printed")
	}
	return rows, nil
}

// build compiles the tests of a package.
func build(dir string) (binary string, clean func(), err error) {
	tmp, err := os.MkdirTemp("", "bench")
	if err != nil {
		return "", nil, err
	}
	binary = filepath.Join(tmp, "bench")
	out, err := exec.Command("go", "test", "-c", "-o", binary, "./"+dir).CombinedOutput()
	if err != nil {
		os.RemoveAll(tmp)
		return "", nil, fmt.Errorf("go test -c ./%s: %v\n%s", dir, err, out)
	}
	return binary, func() { os.RemoveAll(tmp) }, nil
}

func (c comparison) runOurs(binary, dir, exported string) (map[string]float64, error) {
	cmd := exec.Command(binary, "-test.run", "^$", "-test.bench", c.bench, "-test.benchtime", c.time, "-test.cpu", "1")
	cmd.Dir = dir
	if c.export != "" {
		cmd.Env = append(os.Environ(), c.export+"="+exported)
	}
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("our benchmark: %w\n%s", err, out)
	}
	values := parseBenchmarks(string(out), c.metric)
	if c.scale != 0 {
		for name := range values {
			values[name] *= c.scale
		}
	}
	return values, nil
}

// parseBenchmarks reads one metric of every line of a Go benchmark.
func parseBenchmarks(out, metric string) map[string]float64 {
	values := map[string]float64{}
	for line := range strings.Lines(out) {
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		for i := 2; i+1 < len(fields); i += 2 {
			if v, err := strconv.ParseFloat(fields[i], 64); err == nil && fields[i+1] == metric {
				values[strings.TrimPrefix(fields[0], "Benchmark")] = v
			}
		}
	}
	return values
}

func (c comparison) runPeer(python, dir, exported string) (map[string]float64, error) {
	cmd := exec.Command(python, append([]string{"testdata/" + c.script}, c.args...)...)
	if c.export != "" {
		cmd.Args = append(cmd.Args, exported)
	}
	cmd.Dir = dir
	// A library must choose its own kernels for this CPU, and one core.
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "OPENBLAS_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.script, err)
	}
	best := map[string]float64{}
	for _, m := range c.line.FindAllStringSubmatch(string(out), -1) {
		v, err := strconv.ParseFloat(m[c.line.SubexpIndex("value")], 64)
		if err != nil {
			return nil, fmt.Errorf("%s printed %q", c.script, m[0])
		}
		key := m[c.line.SubexpIndex("key")]
		if old, ok := best[key]; !ok || v > old != c.lower {
			best[key] = v
		}
	}
	return best, nil
}
