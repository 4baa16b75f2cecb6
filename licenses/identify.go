package main

import (
	"slices"
	"strings"
)

// known are phrases by which a licence is known, and its SPDX identifier, or a word of
// ours for the few that have none.
var known = []struct{ id, phrase string }{
	{"Apache-2.0", "apache license version 2.0, january 2004"},
	{"OFL-1.1", "sil open font license version 1.1"},
	{"MPL-2.0", "mozilla public license version 2.0"},
	{"Unlicense", "this is free and unencumbered software released into the public domain"},
	{"CC-BY-SA-3.0", "creative commons attribution-share alike 3.0"},
	{"BSL-1.0", "boost software license - version 1.0"},
	{"Bitstream-Vera", "bitstream vera is a trademark"},
	{"W3C-test-suite", "2008/04-testsuite-copyright.html"},
	{"SunPro", "permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved"},
	{"HPND", "the name of lucent or any of its entities not be used in advertising"},
	{"Bogaert", "by ignace bogaert"},
	{"patent grant", "additional ip rights grant (patents)"},
	{"notice", "this product includes software developed at"},
	{"BSD-3-Clause", "to endorse or promote products derived from this software without specific prior written permission"},
	{"BSD-2-Clause", "redistribution and use in source and binary forms"},
	{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy"},
	{"0BSD", "permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted. the software is provided"},
	{"ISC", "permission to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted"},
}

// identify returns the SPDX identifiers of the licences in a text, in the order of known;
// none for a text that it does not know.
func identify(text string) []string {
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	var ids []string
	for _, k := range known {
		// The three clauses begin with the two.
		if strings.Contains(text, k.phrase) && !(k.id == "BSD-2-Clause" && slices.Contains(ids, "BSD-3-Clause")) {
			ids = append(ids, k.id)
		}
	}
	return ids
}
