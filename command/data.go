package command

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"lossxfer-report/compute/data"
)

func (a *App) data() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "data",
		Short: "Show the data sets that the program carries",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.dataList(), a.dataShow())
	return cmd
}

func (a *App) dataList() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the data sets with sizes, measure and licence",
		Example: "  lossxfer-report data list",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			all := data.All()
			if a.json {
				a.printJSON(all)
				return nil
			}
			w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "set\tclasses\ttraining\tvalidation\ttest\tstands for")
			for _, d := range all {
				fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%s\n", d.Name, len(d.Classes), d.Count.Train, d.Count.Validation, d.Count.Test, d.Plays)
			}
			return w.Flush()
		},
	}
}

func (a *App) dataShow() *cobra.Command {
	var out, split string
	var rows int
	cmd := &cobra.Command{
		Use:   "show SET",
		Short: "Say what a data set is and write a contact sheet of its images",
		Example: `  lossxfer-report data show greek
  lossxfer-report data show latin43 --split test --out latin43.png`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, d := range data.All() {
				if d.Name != args[0] {
					continue
				}
				return a.showData(cmd, d, data.Source{Name: d.Name, Split: split, PerClass: rows}, out)
			}
			return exit(ExitUsage, fmt.Errorf("no data set %q; there are %s", args[0], strings.Join(data.Names(), ", ")))
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "PNG file of the contact sheet (default SET.png)")
	cmd.Flags().StringVar(&split, "split", data.Train, "train, validation or test")
	cmd.Flags().IntVar(&rows, "per-class", 12, "images of each class")
	return cmd
}

func (a *App) showData(cmd *cobra.Command, d data.Description, s data.Source, out string) error {
	set, err := s.Load(cmd.Context())
	if err != nil {
		return exit(ExitUsage, err)
	}
	if out == "" {
		out = d.Name + ".png"
	}
	f, err := os.Create(out)
	if err != nil {
		return exit(ExitFailure, err)
	}
	if err := data.ContactSheet(set, f); err != nil {
		f.Close()
		return exit(ExitFailure, err)
	}
	if err := f.Close(); err != nil {
		return exit(ExitFailure, err)
	}
	if a.quiet {
		return nil
	}
	if a.json {
		a.printJSON(struct {
			data.Description
			Sheet  string
			Digest string
		}{d, out, fmt.Sprintf("%x", set.Digest())})
		return nil
	}
	fmt.Fprintf(a.stdout, "%s: %s\n", d.Name, d.Title)
	fmt.Fprintf(a.stdout, "stands for   %s\n", d.Plays)
	fmt.Fprintf(a.stdout, "classes      %d: %s\n", len(d.Classes), strings.Join(d.Classes, " "))
	fmt.Fprintf(a.stdout, "images       %d training, %d validation, %d test\n", d.Count.Train, d.Count.Validation, d.Count.Test)
	fmt.Fprintf(a.stdout, "source       %s\n", d.Source)
	fmt.Fprintf(a.stdout, "licence      %s\n", d.Licence)
	fmt.Fprintf(a.stdout, "sheet        %s (%d images of %s, SHA-256 %x)\n", out, set.Len(), s, set.Digest())
	return nil
}
