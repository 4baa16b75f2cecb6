package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/external"
	"lossxfer-report/report"
)

type verifyFlags struct {
	rerun   int
	seed    uint64
	against bool
}

func (a *App) verify() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify FILE",
		Short: "Check a report.html or report.json that somebody sent",
		Long: `verify computes every mean, interval, mark, test and verdict of a report again from the
samples in it, draws the page again and compares it byte by byte. With --rerun it also
computes some of the results again, with this program, and compares their digests; with
--against it compares all digests with those in the cache.

The code may have changed since the report was made. --rerun then finds a result by what
it was asked to do, which stands in the report, and says so: the same bits by other code
say more, other bits may be what the change was for.

A report that carries its own samples can be checked for damage and for numbers that do
not follow from each other. It cannot prove that the samples are what was measured: that
takes --rerun. The exit code is 3 if anything is not as it should be.`,
		Example: `  lossxfer-report verify out/report.html
  lossxfer-report verify report.html --rerun 5
  lossxfer-report verify out/report.json --against`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runVerify(cmd.Context(), args[0], f) },
	}
	cmd.Flags().IntVar(&f.rerun, "rerun", 0, "how many results to compute again")
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "another seed picks other results for --rerun")
	cmd.Flags().BoolVar(&f.against, "against", false, "compare the digests of all results with those in the cache")
	a.jobsFlag(cmd)
	a.trains.add(cmd)
	return cmd
}

// verdictOf is what verify prints as JSON.
type verdictOf struct {
	*report.Verification
	File     string   `json:"file"`
	Results  []result `json:"results,omitempty"`  // that were computed again or looked up
	Unknown  int      `json:"unknown"`            // results that this program with its manifest does not plan
	Missing  int      `json:"missing"`            // results that the cache does not have
	Verified bool     `json:"verified"`           // nothing was found
	Limits   []string `json:"what_is_not_shown"`  // by this check
	Digest   string   `json:"code_digest_report"` // of the code behind the report's results
}

// result is one that was compared.
type result struct {
	Key      string `json:"key"`
	Kind     string `json:"kind"`
	SameCode bool   `json:"same_code"`          // false: only what was asked for is the same, not the code that did it
	KeyHere  string `json:"key_here,omitempty"` // where the code has changed
	Was      string `json:"was"`                // digest in the report
	Is       string `json:"is,omitempty"`       // digest here
	Error    string `json:"error,omitempty"`
}

// same holds the digits that the report gives against those here. Fewer than any version
// wrote are none.
func (r result) same() bool {
	return len(r.Was) >= report.DigestDigits && strings.HasPrefix(r.Is, r.Was)
}

func (a *App) runVerify(ctx context.Context, name string, f verifyFlags) error {
	if f.rerun < 0 {
		return exit(ExitUsage, fmt.Errorf("--rerun: %d; give a number of results from 1 up", f.rerun))
	}
	file, err := readBounded(name)
	if err != nil {
		return exit(ExitUsage, err)
	}
	checked, err := report.Verify(file)
	if err != nil {
		return exit(ExitDiffers, fmt.Errorf("%s: %w", name, err))
	}
	out := verdictOf{Verification: checked, File: name, Digest: checked.Report.CodeDigest}
	if f.against {
		if err := a.compareWithCache(&out); err != nil {
			return err
		}
	}
	if f.rerun > 0 {
		if err := a.rerun(ctx, &out, f); err != nil {
			return err
		}
	}
	out.Limits = limits(f, out)
	out.Verified = len(out.Findings) == 0 && !slices.ContainsFunc(out.Results, func(r result) bool { return !r.same() })
	if a.json {
		a.printJSON(out)
	} else {
		a.printVerified(out)
	}
	if !out.Verified {
		return exit(ExitDiffers, errors.New(""))
	}
	return nil
}

// maxPage bounds what is read of a file that came from outside, in bytes.
const maxPage = 256 << 20

func readBounded(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxPage+1))
	if err == nil && len(text) > maxPage {
		err = fmt.Errorf("%s: more than %d bytes; not a report", name, maxPage)
	}
	return text, err
}

// compareWithCache looks every result of the report up.
func (a *App) compareWithCache(out *verdictOf) error {
	store, err := a.store()
	if err != nil {
		return err
	}
	for _, t := range out.Report.Tasks {
		k, err := cache.ParseKey(t.Key)
		if err != nil || t.Digest == "" {
			out.Missing++
			continue
		}
		e, err := store.Get(k)
		if err != nil {
			out.Missing++
			continue
		}
		out.Results = append(out.Results, result{Key: t.Key, Kind: t.Kind, SameCode: true, Was: t.Digest, Is: e.Blob.String()})
	}
	return nil
}

// rerun computes some of the report's results again, with everything under them, in a
// store of its own.
func (a *App) rerun(ctx context.Context, out *verdictOf, f verifyFlags) error {
	a.preset = out.Report.Preset.ID
	p, err := a.plan()
	if err != nil {
		return err
	}
	known, unknown := match(out.Report.Tasks, p)
	out.Unknown = unknown
	known = slices.DeleteFunc(known, func(t matched) bool { return t.Digest == "" || t.Kind == external.Kind })
	if len(known) == 0 {
		return exit(ExitDiffers, fmt.Errorf("%s: none of its %d results is one that this program would compute, by this code or by other: it was made by another manifest or at another preset (--manifest names one)", out.File, len(out.Report.Tasks)))
	}
	rand.New(rand.NewPCG(f.seed, 0)).Shuffle(len(known), func(i, j int) { known[i], known[j] = known[j], known[i] })
	known = known[:min(f.rerun, len(known))]
	asked := map[cache.Key]bool{}
	for _, t := range known {
		asked[t.here] = true
	}
	store := cache.NewMemory()
	if p.trainer != nil {
		kept, err := a.store()
		if err != nil {
			return err
		}
		if err := keepTrained(out.Report.Tasks, kept, store); err != nil {
			return exit(ExitFailure, err)
		}
	}
	progress := a.newProgress()
	_, err = compute.Pool{Jobs: a.jobs, KeepGoing: true}.Run(ctx, p.tasks.Restrict(asked), store, follower{progress})
	progress.close()
	if ctx.Err() != nil {
		return exit(ExitInterrupted, errors.New("interrupted"))
	}
	for _, t := range known {
		r := result{Key: t.Key, Kind: t.Kind, SameCode: t.sameCode, Was: t.Digest}
		if !t.sameCode {
			r.KeyHere = t.here.String()
		}
		if e, missing := store.Get(t.here); missing == nil {
			r.Is = e.Blob.String()
		} else if err != nil {
			r.Error = err.Error()
		}
		out.Results = append(out.Results, r)
	}
	return nil
}

// limits says plainly what the check did not show.
func limits(f verifyFlags, out verdictOf) []string {
	var all []string
	if f.rerun == 0 {
		all = append(all, "whether the samples are what the experiments give: --rerun N computes N of the results again")
	} else {
		all = append(all, "results that were not picked, and samples that were changed together with the digests of results that were not picked")
	}
	if !out.Page {
		all = append(all, "anything about a page: this is a report.json")
	}
	return append(all, "points of figures that no table holds: they are compared with the drawing, not with samples",
		"who made the report: it is not signed")
}

func (a *App) printVerified(out verdictOf) {
	r := out.Report
	fmt.Fprintf(a.stdout, "%s: preset %s, code %.12s, manifest %.12s\n", out.File, r.Preset.ID, r.CodeDigest, r.ManifestDigest)
	fmt.Fprintf(a.stdout, "computed again: means, intervals and marks of %d cells, evidence and verdicts of %d claims\n", out.Cells, out.Claims)
	if out.Page && !out.OtherVersion {
		fmt.Fprintf(a.stdout, "drawn again: %d bytes of the page compared\n", out.Bytes)
	}
	for _, f := range out.Findings {
		fmt.Fprintf(a.stdout, "NOT SO: %s\n", f)
	}
	a.printResults(out.Results)
	if out.Missing > 0 {
		fmt.Fprintf(a.stdout, "results that the cache does not have: %d\n", out.Missing)
	}
	if out.Unknown > 0 {
		fmt.Fprintf(a.stdout, "results that this program would not compute, so that none of them was picked: %d\n", out.Unknown)
	}
	if out.Verified {
		fmt.Fprintln(a.stdout, "verified: everything compared is as it should be")
	}
	fmt.Fprintln(a.stdout, "not shown:")
	for _, l := range out.Limits {
		fmt.Fprintf(a.stdout, "  %s\n", l)
	}
}

// printResults names the results that are not the same here, and counts them all by
// whether the same code has made both.
func (a *App) printResults(all []result) {
	var count, same [2]int // by other code, by the same
	for _, x := range all {
		code := 0
		if x.SameCode {
			code = 1
		}
		count[code]++
		switch {
		case x.same():
			same[code]++
		case x.Error != "":
			fmt.Fprintf(a.stdout, "FAILED: %s %.12s: %s\n", x.Kind, x.Key, x.Error)
		case x.SameCode:
			fmt.Fprintf(a.stdout, "DIFFERS: %s %.12s: %.12s in the report, %.12s here\n", x.Kind, x.Key, x.Was, x.Is)
		default:
			fmt.Fprintf(a.stdout, "DIFFERS, and the code has changed since: one of the two is wrong or the change was meant to change results: %s %.12s: %.12s in the report, %.12s here\n",
				x.Kind, x.Key, x.Was, x.Is)
		}
	}
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(a.stdout, "results: %d of %d have the same bits here\n", same[0]+same[1], len(all))
	if count[1] > 0 {
		fmt.Fprintf(a.stdout, "  same code: %d of %d\n", same[1], count[1])
	}
	if count[0] > 0 {
		fmt.Fprintf(a.stdout, "  the code has changed since; same bits: %d of %d\n", same[0], count[0])
	}
}
