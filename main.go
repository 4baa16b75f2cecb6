// Lossxfer-report regenerates the paper "Why Do Better Loss Functions Lead to Less
// Transferable Features?" (Kornblith, Chen, Lee, Norouzi, NeurIPS 2021) at the scale
// of one computer.
package main

import (
	"embed"
	"io/fs"
	"os"

	"lossxfer-report/command"
)

// The sources of everything that computes a result enter the keys of the cache, so
// that a change of code, and nothing else, makes its results stale.
//
//go:embed go.mod go.sum compute
var sources embed.FS

//go:embed report templates go.mod go.sum
var drawing embed.FS

//go:embed paper.toml published searched.json
var manifest embed.FS

// The rest of the program: with the above, a build is known by what it was made from.
//
//go:embed main.go cache command sections
var rest embed.FS

// What the program's users have to be given with it.
var (
	//go:embed LICENSE
	license string
	//go:embed THIRD_PARTY.md
	thirdParty string
)

func assets() command.Assets {
	return command.Assets{
		Sources: sources, Drawing: drawing, Module: "lossxfer-report", Manifest: manifest,
		Program: []fs.FS{sources, drawing, manifest, rest},
		License: license, ThirdParty: thirdParty,
	}
}

func main() {
	os.Exit(command.Run(os.Args[1:], assets(), os.Stdout, os.Stderr))
}
