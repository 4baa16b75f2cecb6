package command

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/spf13/pflag"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

// upToDate is what a build that had everything leaves in the folder of its outputs. The
// next build by the same program, asked the same, has nothing to do if the store still says
// the same under the same keys and the files are as they were: it need neither plan nor draw.
// No result is read, so one whose bytes were damaged is not noticed; cache check does that.
type upToDate struct {
	Asked  string `json:"asked"`  // digest of the program and of what it was asked
	Keys   []byte `json:"keys"`   // of all stored tasks, one after the other
	Store  string `json:"store"`  // what the store had under them
	Report string `json:"report"` // key of the report in the store; empty if it was not left there
	Drawn  string `json:"drawn"`  // SHA-256 of drawnFile

	Preset     string     `json:"preset"`
	Total      int        `json:"total"` // tasks
	Conclusion conclusion `json:"conclusion"`
}

// upToDateFile is hidden: it is of no use to a reader of the report.
const upToDateFile = ".uptodate.json"

// harmless are the flags that change neither the plan nor the report. With any other that
// is given, nothing is known to be up to date.
var harmless = []string{"preset", "only", "out", "cache", "jobs", "keep-going", "fail-on", "quiet", "json", "executor", "slurm"}

// asked is the digest of the program and of what a build is asked, empty if the report may
// depend on more than that.
func (a *App) asked(flags *pflag.FlagSet) (string, error) {
	known := true
	flags.Visit(func(f *pflag.Flag) { known = known && slices.Contains(harmless, f.Name) })
	if !known {
		return "", nil
	}
	program, err := programDigest(a.assets.Program...)
	if err != nil {
		return "", exit(ExitFailure, err)
	}
	return digest(fmt.Appendf(nil, "%s %s %q %q", program, runtime.Version(), a.preset, a.only)), nil
}

// upToDate reads what the last build into a folder left and says whether it still holds.
func (a *App) upToDate(dir, asked string, store cache.Store) (upToDate, bool) {
	var u upToDate
	text, err := os.ReadFile(filepath.Join(dir, upToDateFile))
	if err != nil || asked == "" || json.Unmarshal(text, &u) != nil || u.Asked != asked || len(u.Keys)%len(cache.Key{}) != 0 {
		return u, false
	}
	d, sum := readDrawn(dir)
	if sum == "" || sum != u.Drawn {
		return u, false
	}
	if u.Report != "" {
		k, err := cache.ParseKey(u.Report)
		if err != nil {
			return u, false
		}
		if _, err := store.Get(k); err != nil {
			return u, false
		}
	}
	return u, d.stands(dir) && compute.StoreState(u.keys(), store).String() == u.Store
}

func (u upToDate) keys() []cache.Key {
	keys := make([]cache.Key, 0, len(u.Keys)/len(cache.Key{}))
	for k := range slices.Chunk(u.Keys, len(cache.Key{})) {
		keys = append(keys, cache.Key(k))
	}
	return keys
}

// keep leaves it, with the state of the store that the report was drawn from.
func (u upToDate) keep(dir string, keys []cache.Key, state cache.Digest) error {
	u.Store = state.String()
	_, u.Drawn = readDrawn(dir)
	for _, k := range keys {
		u.Keys = append(u.Keys, k[:]...)
	}
	return writeJSON(filepath.Join(dir, upToDateFile), u)
}

// conclusion is what a build says of the report in the end.
type conclusion struct {
	Items  string   `json:"items"`  // how many are how far
	Counts string   `json:"counts"` // of verdicts
	Claims []judged `json:"claims"`
	Stale  []string `json:"stale,omitempty"` // discussions that are not shown, each with the reason
}

// judged is a claim and its verdict.
type judged struct {
	ID      string         `json:"id"`
	Verdict report.Verdict `json:"verdict"`
}

func conclusionOf(r *report.Report) conclusion {
	return conclusion{Items: itemLine(r), Counts: verdictLine(r), Claims: judgedOf(r), Stale: r.Stale()}
}

func judgedOf(r *report.Report) []judged {
	var all []judged
	for _, c := range r.Claims {
		all = append(all, judged{c.ID, c.Verdict})
	}
	return all
}
