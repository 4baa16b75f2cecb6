package main

import (
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"lossxfer-report/cache"
	"lossxfer-report/compute/train"
)

// notRun are the examples of help that no script runs, and why.
var notRun = map[string]string{
	"data fetch cifar10": "it wants the network; data.txtar fetches from a server of its own",
	"data fetch @cifar":  "it wants the network",
	"serve":              "it does not end by itself; TestServe",
	"serve --preset smoke --addr 127.0.0.1:9000":                                                "it does not end by itself",
	"serve --only table-3,figure-5 -j 1":                                                        "it does not end by itself",
	"build --preset large --executor slurm --slurm partition=main --slurm time=2h":              "it wants a cluster; make test-slurm",
	"work CACHE/slurm/arrays/lossxfer-0123456789ab --element 3 --cache CACHE --preset standard": "it wants a job array; make test-slurm",
	"search":                                 "it trains a network for every setting; search.txtar searches a small grid",
	"search --objective cosine_softmax -j 1": "it trains a network for every setting",
	"search --write":                         "it trains a network for every setting",
	"diff main HEAD --build":                 "it compiles revisions; build.txtar does",
	"diff main out --format markdown":        "it wants a revision that was built; build.txtar does it",
	"cache verify --only table-3":            "it wants a processor with AVX2; bits.txtar",
	"export --preset smoke --to networks":    "the other example writes two of its networks",
}

// examples MANIFEST runs every example of help at the preset smoke of a manifest, whose
// results are in the cache, in a folder that has the files which they name.
func examples(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: examples MANIFEST")
	}
	help := func(path string) string {
		ts.Check(ts.Exec("lossxfer-report", append(strings.Fields(path), "--help")...))
		return ts.ReadFile("stdout")
	}
	unseen := map[string]bool{}
	for line := range notRun {
		unseen[line] = true
	}
	key := aKey(ts)
	ran := 0
	var visit func(path string)
	visit = func(path string) {
		text := help(path)
		for _, line := range block(text, "Examples:\n") {
			call := plainCall(line)
			if notRun[call] != "" {
				delete(unseen, call)
				continue
			}
			runExample(ts, strings.ReplaceAll(line, "3fa94c", key), args[0], strings.Contains(text, "--preset"))
			ran++
		}
		for _, line := range block(text, "Available Commands:\n") {
			if name := strings.Fields(line)[0]; name != "help" && name != "completion" {
				visit(strings.TrimSpace(path + " " + name))
			}
		}
	}
	visit("")
	for line := range unseen {
		ts.Fatalf("no help has the example %q", line)
	}
	if ran < 35 {
		ts.Fatalf("only %d examples ran", ran)
	}
	ts.Logf("%d examples ran, %d are left out by name", ran, len(notRun))
}

// aKey is the first digits of the key of some network.
func aKey(ts *testscript.TestScript) string {
	store, err := cache.Open(ts.Getenv("LOSSXFER_CACHE"))
	ts.Check(err)
	for e, err := range store.All() {
		if err == nil && e.Kind == (train.Model{}).Kind() {
			return e.Key.String()[:8]
		}
	}
	ts.Fatalf("there is no network in the cache")
	return ""
}

// block is the lines below a heading.
func block(text, heading string) []string {
	_, rest, ok := strings.Cut(text, heading)
	if !ok {
		return nil
	}
	rest, _, _ = strings.Cut(rest, "\n\n")
	return strings.Split(strings.Trim(rest, "\n"), "\n")
}

// plainCall is what a line of a shell has the program do.
func plainCall(line string) string {
	_, call, _ := strings.Cut(line, "lossxfer-report ")
	call, _, _ = strings.Cut(call, "|")
	call, _, _ = strings.Cut(call, ">")
	return strings.TrimSpace(call)
}

// runExample runs a line of a shell, with the manifest and at the preset smoke.
func runExample(ts *testscript.TestScript, line, manifest string, scaled bool) {
	line = strings.TrimSpace(line)
	line = strings.NewReplacer("--preset quick", "--preset smoke", "--preset standard", "--preset smoke", "--keep quick,standard", "--keep smoke", "--out /tmp/smoke", "--out smoke").Replace(line)
	line, _, _ = strings.Cut(line, "| dot")
	before, call, _ := strings.Cut(line, "lossxfer-report ")
	flags := ""
	if scaled && !strings.Contains(call, "--preset") {
		flags += "--preset smoke "
	}
	if !strings.Contains(call, "--manifest") {
		flags = "--manifest " + manifest + " " + flags
	}
	// Flags of a command follow its name.
	name := strings.Fields(call)[0]
	if name == "cache" || name == "data" {
		name = strings.Join(strings.Fields(call)[:2], " ")
	}
	at := strings.Index(call, name) + len(name)
	if strings.HasPrefix(call, "-") {
		at = 0 // a flag of all commands comes first, and is the manifest
	}
	line = before + "lossxfer-report " + call[:at] + " " + flags + call[at:]
	ts.Logf("> %s", line)
	err := ts.Exec("sh", "-c", line)
	ts.Check(err)
}
