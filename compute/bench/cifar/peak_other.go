//go:build !unix

package main

import (
	"os"
	"time"
)

// peak is not known here.
func peak(*os.ProcessState) string { return "" }

var begin = time.Now()

// processor is the time since the start, where processor time is not known.
func processor() time.Duration { return time.Since(begin) }
