package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lossxfer-report/compute/data/ingest"
	"lossxfer-report/compute/data/library"
	"lossxfer-report/report"
)

func (a *App) dataAdd() *cobra.Command {
	var dir string
	var side int
	var validation, test float64
	cmd := &cobra.Command{
		Use:   "add NAME --dir DIR",
		Short: "Put a folder of pictures into the data folder, for use in a manifest",
		Long: `Add reads JPEG, PNG and GIF files out of DIR/train/CLASS and DIR/test/CLASS (and
DIR/validation/CLASS, if it is there), or out of DIR/CLASS, of which a part is set aside
for testing. Images are resized on their shorter side and cut to a square. DIR is
not needed afterwards. The digest of the images is part of every result's key: after
another add under the same name, results are computed anew.

A manifest uses the set by a [[dataset]] with the reader "folder"; add prints one. If the
manifest has it already, its side and its share for validation are taken.`,
		Example: `  lossxfer-report data add birds --dir ~/pictures/birds --side 32`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if dir == "" {
				return exit(ExitUsage, errors.New("--dir: name the folder of the pictures"))
			}
			m, err := a.load()
			if err != nil {
				return err
			}
			d, listed := m.StoredSet(args[0])
			switch {
			case listed && len(d.Files) > 0:
				return exit(ExitUsage, fmt.Errorf("%s is a published set in the manifest: lossxfer-report data fetch %s, or give the folder another name", d.ID, d.ID))
			case listed && (cmd.Flags().Changed("side") || cmd.Flags().Changed("validation")):
				return exit(ExitUsage, fmt.Errorf("the manifest's [[dataset]] %s says side and validation: take the flags out, or change it", d.ID))
			case !listed:
				d = report.StoredSet{ID: args[0], Reader: ingest.FolderReader, Side: side, Validation: validation}
			}
			if err := library.CheckName(d.ID); err != nil {
				return exit(ExitUsage, err)
			}
			to, err := library.Folder()
			if err != nil {
				return exit(ExitFailure, err)
			}
			set, err := ingest.FromFolder(cmd.Context(), to, d.ID, dir, d.Side, d.Validation, test, a.reading(d.ID))
			if err != nil {
				return exit(ExitFailure, err)
			}
			a.printSet(d, set)
			if !listed && !a.quiet && !a.json {
				fmt.Fprintf(a.stdout, "\n[[dataset]]\nid = %q\nlabel = %q\nreader = \"folder\"\nside = %d\nvalidation = %v\nlicence = \"\"\ncitation = \"\"\n", d.ID, d.ID, d.Side, d.Validation)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "the folder of the pictures")
	cmd.Flags().IntVar(&side, "side", 32, "side of the images, in pixels")
	cmd.Flags().Float64Var(&validation, "validation", 0.2, "training images of each class to keep for validation, or below 1 the share of them, where DIR has none")
	cmd.Flags().Float64Var(&test, "test", 0.2, "images of each class to set aside for testing, or below 1 the share of them, where DIR has none")
	return cmd
}

// reading reports how many pictures have been read, a line for every tenth.
func (a *App) reading(name string) func(done, total int) {
	last := 0
	return func(done, total int) {
		if n := 10 * done / max(total, 1); !a.quiet && n > last {
			last = n
			fmt.Fprintf(a.stderr, "%s: %d of %d pictures\n", name, done, total)
		}
	}
}

// removeFiles takes published files out of their folder, and the folder if nothing else
// is in it.
func removeFiles(dir string, files []report.StoredFile) error {
	for _, f := range files {
		for _, name := range []string{f.Name, f.Name + ".part"} {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	os.Remove(dir)
	return nil
}
