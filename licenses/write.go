package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

const intro = `# What others have made

The program carries the following parts, and its pages show some of them. lossxfer-report
itself is under the licence in the file LICENSE. ` + "`go run ./licenses`" + ` writes this file, and
` + "`lossxfer-report licenses`" + ` prints it.

| part | version | licence | texts | for |
| --- | --- | --- | --- | --- |
`

// write makes the table of all parts and, once each, the texts of their licences. A part
// without a licence, or with a text that is not known, is an error that names it.
func write(parts []part) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(intro)
	var texts []string
	holders := map[string][]string{} // of each text, the parts that are under it
	var errs []error
	for _, p := range parts {
		var ids, numbers []string
		for _, file := range p.files {
			text, err := read(file)
			if err != nil {
				return nil, err
			}
			found := identify(text)
			if len(found) == 0 {
				errs = append(errs, fmt.Errorf("%s: %s is a licence that identify.go does not know", p.name, file))
			}
			for _, id := range found {
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
			if holders[text] == nil {
				texts = append(texts, text)
			}
			if !slices.Contains(holders[text], p.name) {
				holders[text] = append(holders[text], p.name)
			}
			n := fmt.Sprintf("[%[1]d](#text-%[1]d)", slices.Index(texts, text)+1)
			if !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
		license := p.license
		if license == "" {
			license = strings.Join(ids, ", ")
		}
		if license == "" {
			errs = append(errs, fmt.Errorf("%s has no file with a licence", p.name))
		}
		use := p.use
		if p.origin != "" {
			use += "; " + p.origin
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", p.name, p.version, license, strings.Join(numbers, " "), use)
	}
	for i, text := range texts {
		fmt.Fprintf(&out, "\n## Text %d\n\nof %s\n\n~~~~text\n%s\n~~~~\n", i+1, strings.Join(holders[text], ", "), text)
	}
	return out.Bytes(), errors.Join(errs...)
}

// read returns a text without trailing white space and control characters, so that equal
// texts are equal.
func read(file string) (string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	lines := strings.Split(strings.ReplaceAll(string(raw), "\f", ""), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
	}
	return strings.Trim(strings.ToValidUTF8(strings.Join(lines, "\n"), "?"), "\n"), nil
}
