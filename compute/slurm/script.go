package slurm

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// script is the batch script of an array. It can be handed to sbatch by hand.
func (e Executor) script(a *array, program string) (string, error) {
	o := e.withDefaults()
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	option := func(format string, args ...any) { fmt.Fprintf(&b, "#SBATCH "+format+"\n", args...) }
	option("--job-name=%s", a.Name)
	limit := ""
	if o.Limit > 0 {
		limit = fmt.Sprintf("%%%d", o.Limit)
	}
	option("--array=0-%d%s", len(a.Elements)-1, limit)
	logs, err := directive(filepath.Join(a.folder, logDir))
	if err != nil {
		return "", err
	}
	dir, err := directive(here)
	if err != nil {
		return "", err
	}
	option("--output=%s/%%a", logs)
	// What Slurm itself runs again adds to what the first run said.
	option("--open-mode=append")
	option("--requeue")
	option("--chdir=%s", dir)
	option("--ntasks=1")
	option("--cpus-per-task=%d", o.CPUs)
	if o.Partition != "" {
		option("--partition=%s", o.Partition)
	}
	if o.Time > 0 {
		option("--time=%d", int((o.Time+time.Minute-1)/time.Minute))
	}
	if o.Memory != "" {
		option("--mem=%s", o.Memory)
	}
	for _, x := range o.Extra {
		option("%s", x)
	}
	for _, line := range o.Setup {
		b.WriteString(line + "\n")
	}
	fmt.Fprintf(&b, "export GOMAXPROCS=%d\n", o.CPUs)
	words := append([]string{"exec", quote(program)}, make([]string, 0, len(e.Words)+1)...)
	for _, w := range append(e.Words[:len(e.Words):len(e.Words)], a.folder) {
		words = append(words, quote(w))
	}
	b.WriteString(strings.Join(words, " ") + "\n")
	return b.String(), nil
}

// quote makes one word of a shell.
func quote(s string) string {
	safe := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./=:,+@", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !safe(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// directive is a path as a #SBATCH line takes it: in quotes where it has spaces, and with
// percent signs doubled, which are Slurm's own otherwise.
func directive(path string) (string, error) {
	if strings.ContainsAny(path, "\n\r\"\\") {
		return "", fmt.Errorf("slurm: %q: sbatch cannot take a folder with quotes, backslashes or line breaks in its name; give another with --cache", path)
	}
	path = strings.ReplaceAll(path, "%", "%%")
	if strings.ContainsAny(path, " \t'") {
		return `"` + path + `"`, nil
	}
	return path, nil
}
