package command

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/data/library"
	"lossxfer-report/report"
	"lossxfer-report/sections"
)

func (a *App) data() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "data",
		Short: "Show the data sets that the program carries; fetch and add others",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.dataList(), a.dataShow(), a.dataFetch(), a.dataAdd())
	return cmd
}

// described is a data set as the commands show it: what the program knows of its
// images, and what the manifest says it stands for.
type described struct {
	data.Description
	StandsFor string `json:"stands_for"`
	Why       string `json:"why,omitempty"` // why it stands there
	// Pool is the number of images that those of the set are chosen from.
	Pool int `json:"pool,omitempty"`
	// Stored is the state of a set that is fetched or added.
	Stored string `json:"stored,omitempty"`

	images *library.Set // of a stored set that is there
}

// describe adds the manifest's words to a set of pretraining or of a downstream task.
func describe(m *report.Manifest, d data.Description) described {
	out := described{Description: d, StandsFor: "nothing in this manifest"}
	var presets []string
	for _, p := range m.Presets {
		if p.Pretraining.Classes == d.Name {
			presets = append(presets, p.ID)
		}
	}
	if len(presets) > 0 {
		out.StandsFor = "ImageNet, at preset " + strings.Join(presets, ", ")
	}
	for _, task := range m.Downstream {
		if task.ID != d.Name || task.Dataset != "" {
			continue
		}
		out.StandsFor, out.Why = "no data set of the paper", task.Why
		var names []string
		for _, id := range task.Plays {
			names = append(names, m.Paper.DatasetLabel(id))
		}
		if len(names) > 0 {
			out.StandsFor = strings.Join(names, ", ")
		}
	}
	return out
}

// catalogue lists all sets: those of pretraining, of downstream tasks, the shifted ones
// at the chosen preset, and those that are fetched or added.
func (a *App) catalogue() ([]described, *sections.Study, error) {
	m, study, err := a.loadStudy()
	if err != nil {
		return nil, nil, err
	}
	var all []described
	for _, d := range data.All() {
		all = append(all, describe(m, d))
	}
	for _, set := range m.Shifted.Sets {
		d, err := describeShifted(study, set)
		if err != nil {
			return nil, nil, exit(ExitUsage, err)
		}
		all = append(all, d)
	}
	for _, entry := range m.Stored {
		d, err := describeStored(m, entry)
		if err != nil {
			return nil, nil, exit(ExitFailure, err)
		}
		all = append(all, d)
	}
	return all, study, nil
}

// presetFlag adds the flag that chooses the scale of the shifted sets.
func (a *App) presetFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.preset, "preset", "", "scale of the shifted sets, a [preset] of the manifest (default the one it names)")
}

func (a *App) dataList() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the data sets with their sizes and what they stand for",
		Example: "  lossxfer-report data list",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			all, _, err := a.catalogue()
			if err != nil {
				return err
			}
			if a.json {
				a.printJSON(all)
				return nil
			}
			w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "set\tclasses\ttraining\tvalidation\ttest\tstands for")
			for _, d := range all {
				if d.Stored != "" && d.images == nil {
					fmt.Fprintf(w, "%s\t-\t-\t-\t-\t%s (%s)\n", d.Name, d.StandsFor, d.Stored)
					continue
				}
				fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\n", d.Name, len(d.Classes), images(d.Count.Train), images(d.Count.Validation), d.tested(), d.StandsFor)
			}
			return w.Flush()
		},
	}
	a.presetFlag(cmd)
	return cmd
}

// images is a number of images, or a dash for none.
func images(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

// tested is the number of test images, as far as it is known beforehand.
func (d described) tested() string {
	if d.Pool > 0 {
		return "some of " + strconv.Itoa(d.Pool)
	}
	return images(d.Count.Test)
}

func (a *App) dataShow() *cobra.Command {
	var out, split string
	var rows int
	cmd := &cobra.Command{
		Use:   "show SET",
		Short: "Say what a data set is and write a contact sheet of its images",
		Example: `  lossxfer-report data show greek
  lossxfer-report data show latin43 --split test --out latin43.png
  lossxfer-report data show sketch --preset smoke`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, study, err := a.catalogue()
			if err != nil {
				return err
			}
			i := slices.IndexFunc(all, func(d described) bool { return d.Name == args[0] })
			if i < 0 {
				var names []string
				for _, d := range all {
					names = append(names, d.Name)
				}
				return exit(ExitUsage, fmt.Errorf("no data set %q; there are %s", args[0], strings.Join(names, ", ")))
			}
			if j := slices.IndexFunc(study.Manifest.Shifted.Sets, func(s report.ShiftedSet) bool { return s.ID == args[0] }); j >= 0 {
				if cmd.Flags().Changed("split") && split != data.Test {
					return exit(ExitUsage, fmt.Errorf("--split %s: a shifted set has test images only", split))
				}
				s, err := a.shiftedSheet(cmd.Context(), study, study.Manifest.Shifted.Sets[j], rows)
				if err != nil {
					return err
				}
				return a.showData(all[i], s, out)
			}
			src := data.Source{Name: args[0], Split: split, PerClass: rows}
			if all[i].Stored != "" {
				if src, err = all[i].source(split, rows); err != nil {
					return exit(ExitUsage, err)
				}
			}
			set, err := src.Load(cmd.Context())
			if err != nil {
				return exit(ExitUsage, err)
			}
			return a.showData(all[i], sheet{set: set}, out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "PNG file of the contact sheet (default SET.png)")
	cmd.Flags().StringVar(&split, "split", data.Train, "train, validation or test")
	cmd.Flags().IntVar(&rows, "per-class", 12, "images of each class")
	a.presetFlag(cmd)
	return cmd
}

// sheet is the images of a contact sheet, in blocks of the default size or another.
type sheet struct {
	set           *data.Set
	columns, rows int // 0: the default
}

func (s sheet) write(f *os.File) error {
	if s.columns == 0 {
		return data.ContactSheet(s.set, f)
	}
	return data.ContactSheetOf(s.set, s.columns, s.rows, f)
}

func (a *App) showData(d described, s sheet, out string) error {
	if out == "" {
		out = d.Name + ".png"
	}
	f, err := os.Create(out)
	if err != nil {
		return exit(ExitFailure, err)
	}
	if err := s.write(f); err != nil {
		f.Close()
		return exit(ExitFailure, err)
	}
	if err := f.Close(); err != nil {
		return exit(ExitFailure, err)
	}
	if a.json {
		a.printJSON(struct {
			described
			Sheet  string `json:"sheet"`
			Digest string `json:"digest"`
		}{d, out, fmt.Sprintf("%x", s.set.Digest())})
		return nil
	}
	if a.quiet {
		return nil
	}
	fmt.Fprintf(a.stdout, "%s: %s\n", d.Name, d.Title)
	fmt.Fprintf(a.stdout, "stands for   %s\n", d.StandsFor)
	if d.Why != "" {
		fmt.Fprintf(a.stdout, "why          %s\n", d.Why)
	}
	fmt.Fprintf(a.stdout, "classes      %d: %s\n", len(d.Classes), strings.Join(d.Classes, " "))
	fmt.Fprintf(a.stdout, "images       %s training, %s validation, %s test\n", images(d.Count.Train), images(d.Count.Validation), d.tested())
	fmt.Fprintf(a.stdout, "source       %s\n", d.Source)
	fmt.Fprintf(a.stdout, "licence      %s\n", d.Licence)
	fmt.Fprintf(a.stdout, "sheet        %s (%d images of %s, SHA-256 %x)\n", out, s.set.Len(), s.set.Name, s.set.Digest())
	return nil
}
