package main

import (
	"os"
	"regexp"

	"github.com/rogpeppe/go-internal/testscript"

	"lossxfer-report/cache"
)

// forge CACHE FILE BLOB writes a file for cache import with, for every kind of task, one
// result that is BLOB in place of what is in the cache: its digests are right. With
// BLOB "absurd" it is the result that was there with other numbers, of those kinds alone
// that nothing else is made from.
func forge(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: forge CACHE FILE BLOB|absurd")
	}
	from, err := cache.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	to, err := cache.Open(ts.MkAbs(args[1]) + ".folder")
	ts.Check(err)
	var all []cache.Entry
	under := map[string]bool{}
	kind := map[cache.Key]string{}
	for e, err := range from.All() {
		ts.Check(err)
		if e.Kind != "report" {
			all, kind[e.Key] = append(all, e), e.Kind
		}
	}
	for _, e := range all {
		for _, d := range e.Deps {
			under[kind[d.Key]] = true
		}
	}
	done := map[string]bool{}
	for _, e := range all {
		absurd := args[2] == "absurd"
		if done[e.Kind] || absurd && under[e.Kind] {
			continue
		}
		done[e.Kind] = true
		blob := []byte(args[2])
		if absurd {
			whole, err := from.Read(e)
			ts.Check(err)
			blob = largeNumbers(whole)
		}
		_, err := to.Put(e, blob)
		ts.Check(err)
	}
	f, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	n, err := to.Export(f, func(cache.Entry) bool { return true })
	ts.Check(err)
	ts.Check(f.Close())
	if n < 5 {
		ts.Fatalf("%d kinds of results were forged", n)
	}
	ts.Logf("forged one result of each of %d kinds", n)
}

// fractions are the numbers of a JSON text that no field of whole numbers has.
var fractions = regexp.MustCompile(`-?\d+\.\d+(e[+-]\d+)?`)

// largeNumbers makes its fractions so large that no sum of them is finite.
func largeNumbers(text []byte) []byte { return fractions.ReplaceAll(text, []byte("1e+308")) }
