package command

import (
	"encoding/xml"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"lossxfer-report/report"
)

// claimsFlags are the flags of claims alone.
type claimsFlags struct {
	junit  bool
	failOn []string
}

func (a *App) claims() *cobra.Command {
	var f claimsFlags
	cmd := &cobra.Command{
		Use:   "claims [report.json | report.html]",
		Short: "List the verdict on every claim of a report",
		Long: `Claims lists the paper's claims with their verdicts, from a report.json or the one
inside a report.html (default out/report.json). It computes nothing.

Exit codes: 0 read, 2 bad flags, no such report or not one, 3 a claim has a
verdict that --fail-on names.`,
		Example: `  lossxfer-report claims
  lossxfer-report claims report.html --fail-on claims
  lossxfer-report claims --junit > claims.xml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path := filepath.Join("out", "report.json")
			if len(args) == 1 {
				path = args[0]
			}
			return a.runClaims(path, f)
		},
	}
	cmd.Flags().BoolVar(&f.junit, "junit", false, "print JUnit XML, for continuous integration")
	failOnFlag(cmd, &f.failOn)
	return cmd
}

// failOnFlag adds --fail-on.
func failOnFlag(cmd *cobra.Command, into *[]string) {
	cmd.Flags().StringSliceVar(into, "fail-on", nil, "end with exit code 3 if a claim is among these: claims (the same as not-reproduced), direction-only, inconclusive, not-run")
}

// failing resolves --fail-on to verdicts.
func failing(words []string) (map[report.Verdict]bool, error) {
	out := map[report.Verdict]bool{}
	var known []string
	for _, v := range report.Verdicts() {
		if v != report.Reproduced {
			known = append(known, strings.ReplaceAll(string(v), " ", "-"))
		}
	}
	for _, w := range words {
		v := report.Verdict(strings.ReplaceAll(w, "-", " "))
		switch {
		case w == "claims":
			out[report.NotReproduced] = true
		case v.Valid() && v != report.Reproduced:
			out[v] = true
		default:
			return nil, exit(ExitUsage, fmt.Errorf("--fail-on %q: write claims, or some of %s", w, strings.Join(known, ", ")))
		}
	}
	return out, nil
}

// failed is the error of the claims that --fail-on names, or nil.
func failed(claims []judged, on map[report.Verdict]bool) error {
	var names []string
	for _, c := range claims {
		if on[c.Verdict] {
			names = append(names, fmt.Sprintf("%s is %s", c.ID, c.Verdict))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return exit(ExitDiffers, errors.New(strings.Join(names, ", ")))
}

func (a *App) runClaims(path string, f claimsFlags) error {
	on, err := failing(f.failOn)
	if err != nil {
		return err
	}
	if f.junit && a.json {
		return exit(ExitUsage, errors.New("--json and --junit: choose one"))
	}
	r, err := readReport(path)
	if err != nil {
		return exit(ExitUsage, err)
	}
	switch {
	case f.junit:
		err = a.printJUnit(r)
	case a.json:
		a.printJSON(map[string]any{"verdicts": report.CountVerdicts(r.Claims), "claims": r.Claims})
	case !a.quiet:
		err = a.printClaims(r)
	}
	if err != nil {
		return exit(ExitFailure, err)
	}
	return failed(judgedOf(r), on)
}

// readReport reads a report.json or report.html.
func readReport(path string) (*report.Report, error) {
	text, err := readBounded(path)
	if err != nil {
		return nil, fmt.Errorf("%w; build a report, or name a report.json or report.html", err)
	}
	r, err := report.Read(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// printClaims prints a line for each claim: its verdict, and whether the claim holds
// on the paper's own numbers.
func (a *App) printClaims(r *report.Report) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "claim\there\tin the paper\t")
	for _, c := range r.Claims {
		paper := "not printed"
		if c.Published != nil {
			paper = "does not hold"
			if c.Published.Holds {
				paper = "holds"
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", printable(c.ID), c.Verdict, paper, printable(c.Text))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(a.stdout, verdictLine(r))
	return err
}

// printable keeps a report from anyone from steering the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

// junit is the part of JUnit's XML that servers of continuous integration read. A
// family is a suite, a claim a test case. Only "not reproduced" fails; what is open is
// skipped, with the reason.
type junit struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitMessage `xml:"failure"`
	Skipped *junitMessage `xml:"skipped"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func (a *App) printJUnit(r *report.Report) error {
	var out junit
	for _, f := range append(append([]report.Family(nil), r.Families...), report.Family{Label: "Other claims"}) {
		suite := junitSuite{Name: f.Label}
		for _, c := range r.Claims {
			if c.Family == f.ID || f.ID == "" && !hasFamily(r, c.Family) {
				suite.add(c)
			}
		}
		if suite.Tests == 0 {
			continue
		}
		out.Tests, out.Failures, out.Skipped = out.Tests+suite.Tests, out.Failures+suite.Failures, out.Skipped+suite.Skipped
		out.Suites = append(out.Suites, suite)
	}
	text, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "%s%s\n", xml.Header, text)
	return err
}

func hasFamily(r *report.Report, id string) bool {
	for _, f := range r.Families {
		if f.ID == id {
			return true
		}
	}
	return false
}

func (s *junitSuite) add(c report.ClaimResult) {
	one := junitCase{Class: "claims." + c.Family, Name: c.ID + ": " + c.Text}
	message := &junitMessage{Message: string(c.Verdict), Text: c.Evidence.Text}
	s.Tests++
	switch c.Verdict {
	case report.Reproduced:
		one.Out = c.Evidence.Text
	case report.NotReproduced:
		one.Failure = message
		s.Failures++
	default:
		one.Skipped = message
		s.Skipped++
	}
	s.Cases = append(s.Cases, one)
}
