package command

import (
	"io/fs"
	"path"
	"regexp"

	"lossxfer-report/report"
)

// registers is how the source of a section says which item it draws.
var registers = regexp.MustCompile(`register\("([^"]+)"`)

// readInputs finds, for every item, its entry of the manifest and the source of the
// section that draws it. Sources that the program does not carry stay empty.
func readInputs(m *report.Manifest, program []fs.FS) (map[string]*report.Input, error) {
	inputs := make(map[string]*report.Input)
	for _, item := range m.Items {
		entry, line := m.Entry(item.ID)
		inputs[item.ID] = &report.Input{Entry: entry, Line: line}
	}
	for _, root := range program {
		names, err := fs.Glob(root, "sections/*.go")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := fs.ReadFile(root, name)
			if err != nil {
				return nil, err
			}
			found := registers.FindSubmatch(text)
			if found == nil {
				continue
			}
			if in := inputs[string(found[1])]; in != nil {
				in.File, in.Source = path.Clean(name), string(text)
			}
		}
	}
	return inputs, nil
}
