package command

import (
	"io/fs"
	"os"
	"path/filepath"

	"lossxfer-report/report"
)

// drawerDigest is of what turns the options of a figure into a drawing: ECharts, the
// engine that runs it and what cleans its output. The rest of the program may change.
func drawerDigest(sources fs.FS) (string, error) {
	sums := map[string]string{}
	for _, root := range []string{"report/svg", "templates/echarts", "go.sum"} {
		err := fs.WalkDir(sources, root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := fs.ReadFile(sources, name)
			sums[name] = digest(text)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return digestOf(sums), nil
}

// recall takes over the drawings of a folder that are as they were written: most figures
// are the same from one build to the next, and drawing them is most of the time of a page.
func (d drawn) recall(dir string) error {
	for name, key := range d.Keys {
		text, err := os.ReadFile(filepath.Join(dir, "figures", filepath.Base(name)))
		if err != nil || digest(text) != d.Files["figures/"+name] {
			continue
		}
		if err := report.Recall(key, text); err != nil {
			return err
		}
	}
	return nil
}
