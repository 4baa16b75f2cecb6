package report

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func programText(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("../paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestBadManifests breaks the program's manifest in one place at a time. Each
// mistake has to give one error with the line of that place and the mend.
func TestBadManifests(t *testing.T) {
	good := programText(t)
	published := os.DirFS("../published")
	for _, c := range []struct {
		name     string
		old, new string // the first occurrence is replaced
		mark     string // the error's line is that of the first line with this text; none: no line
		want     string
	}{
		{"syntax", `default_preset = "quick"`, `default_preset = quick`, "default_preset = quick", `not valid TOML`},
		{"unterminated string", `default_preset = "quick"`, `default_preset = "quick`, `default_preset = "quick`, `not valid TOML`},
		{"key twice", "seeds = 3\n", "seeds = 3\nseeds = 4\n", "seeds = 4", `not valid TOML`},
		{"unknown key of an item", `title = "Neural collapse"`, `titel = "Neural collapse"`, "titel", `item "table-e2": unknown key "titel"; did you mean "title"?`},
		{"unknown key of the file", `default_preset =`, "colour = 3\ndefault_preset =", "colour", `unknown key "colour"; known are attributes,`},
		{"unknown key of a preset", "knn = { k = 5, metric", "knn = { kk = 5, metric", "kk = 5", `[preset], [smoke], [knn]: unknown key "kk"; did you mean "k"?`},
		{"unknown key of a hyper-parameter", "quick = { alpha = 0.1 }", "quick = { alpah = 0.1 }", "alpah", `unknown key "alpah"; did you mean "alpha"?`},
		{"value missing from a preset", "seeds = 8\n", "", "[preset.standard]", `[preset], [standard]: key "seeds" is missing; write a whole number: seeds = 3`},
		{"value missing from a table within a preset", "log_low = -3, ", "", "probe = { regularisers = 7, log_high", `[probe]: key "log_low" is missing; write a finite number: log_low = 0.1`},
		{"preset without hyper-parameters", `quick = { alpha = 0.1 }, standard = { alpha = 0.1 }`, `quick = { alpha = 0.1 }`, "here = { smoke = { alpha = 0.1 }, quick = { alpha = 0.1 }, large = { alpha = 0.1 }, cifar = { alpha = 0.1 }, paper = { alpha = 0.1 } }", `preset "standard" has no hyper-parameters; write standard = { … }`},
		{"hyper-parameter not given", `quick = { keep = 0.9 }`, `quick = {}`, "quick = {}, standard = { keep", `preset "quick" gives no keep`},
		{"hyper-parameter not used", `quick = { keep = 0.9 }`, `quick = { keep = 0.9, tau = 1 }`, "keep = 0.9, tau = 1", `tau is not among the hyper-parameters it uses; add it to uses or take it out`},
		{"hyper-parameters for no preset", `quick = { keep = 0.9 }`, `quick = { keep = 0.9 }, qwick = {}`, "qwick", `unknown preset "qwick"; did you mean "quick"?`},
		{"wrong type", "seeds = 3\n", `seeds = "three"` + "\n", `"three"`, `[preset], [quick]: seeds is the string "three"; write a whole number: seeds = 3`},
		{"fraction for a whole number", "seeds = 3\n", "seeds = 3.5\n", "seeds = 3.5", `seeds is 3.5; write a whole number`},
		{"huge number", "seeds = 3\n", "seeds = 99999999999\n", "seeds = 99999999999", `write a whole number`},
		{"not a number", "tau = 0.06", "tau = nan", "tau = nan", `temperatures], row "0.06": tau is NaN; write a finite number`},
		{"infinite", "tau = 0.06", "tau = inf", "tau = inf", `temperatures], row "0.06": tau is +Inf; write a finite number`},
		{"panel without a head", "head = \"Distance between features\"\n", "", "[[robustness.also]]", `write what the choices of this panel are of`},
		{"panel below a panel below", "replaces = [\"table-3.R2\"]\n", "replaces = [\"table-3.R2\"]\n[[robustness.also.also]]\ntitle = \"x\"\nnote = \"x\"\nhead = \"x\"\nclaims = [\"P10\"]\nreplaces = [\"table-3.R2\"]\nchoice = []\n", "[[robustness.also]]", `a panel below another one has none below itself`},
		{"panel of a claim without its columns", `claims = ["P10", "P11", "P12", "P13"]`, `claims = ["P10", "P14"]`, `claims = ["P10", "P14"]`, `claim P14 has none of the columns of robustness.also[0].replaces`},
		{"less than any number", "tau = 0.06", "tau = -inf", "tau = -inf", `temperatures], row "0.06": tau is -Inf; write a finite number`},
		{"string for a list", `authors = ["Simon Kornblith", "Ting Chen", "Honglak Lee", "Mohammad Norouzi"]`, `authors = "Kornblith"`, `authors = "K`, `authors is the string "Kornblith"; write a list: authors = […]`},
		{"wrong type in a list", `"Ting Chen"`, `7`, "authors", `authors[1] is 7; write a string`},
		{"table for a string", "number = \"1\"\n", "number = { a = 1 }\n", "number = {", `number is a table; write a string`},
		{"string for a table", "knn = { k = 5, metric = \"cosine\", weighting = \"uniform\" }", `knn = "yes"`, `knn = "yes"`, `knn is the string "yes"; write a table: knn = { … }`},
		{"out of range", "warm_up = 0.1", "warm_up = 10", "warm_up = 10", `schedule.warm_up is 10; write a number from 0 to 0.9`},
		{"uneven features", "features = 512\n", "features = 500\n", "features = 500", `features is 500; write a multiple of 16 up to 4096, or leave it out`},
		{"no seeds", "seeds = 3\n", "seeds = 0\n", "seeds = 0", `seeds is 0; write a whole number from 1 up`},
		{"unknown word", `metric = "cosine"`, `metric = "cosin"`, `"cosin"`, `knn.metric is "cosin"; did you mean "cosine"?`},
		{"unknown default preset", `default_preset = "quick"`, `default_preset = "quik"`, `default_preset`, `unknown preset "quik"; did you mean "quick"?`},
		{"duplicate item", `id = "table-2"`, `id = "table-1"`, "", `duplicate id "table-1", already used on line`},
		{"duplicate claim", `id = "P10"`, `id = "P1"`, "", `claim "P1": duplicate id "P1", already used on line`},
		{"duplicate objective", `id = "dropout"`, `id = "softmax"`, "", `duplicate id "softmax"`},
		{"id with a space", `id = "greek"`, `id = "gr eek"`, "gr eek", `use letters, digits, dots, dashes and underscores`},
		{"id that does not fit the number", `number = "A.1"`, `number = "A.7"`, `id = "table-a1"`, `write id = "table-a7"`},
		{"unknown kind of item", `kind = "figure"`, `kind = "picture"`, `"picture"`, `unknown kind "picture"`},
		{"missing table of published values", `published = ["table-b1"]`, `published = ["table-b7"]`, "table-b7", `published/table-b7.csv: there is no such file`},
		{"published values outside the folder", `published = ["table-b1"]`, `published = ["../paper"]`, "../paper", `is not the name of a CSV file in published/`},
		{"published values the item does not have", "columns = [\"top1\", \"R2\"]\npublished = \"table-3\"", "columns = [\"top1\", \"R2\"]\npublished = \"table-33\"", "table-33", `unknown published table "table-33"; did you mean "table-3"?`},
		{"unknown group", `rows = ["@objectives"]`, `rows = ["@objektives"]`, "@objektives", `unknown group "@objektives"; did you mean "@objectives"?`},
		{"column twice", `columns = ["top1", "top5", "@downstream", "mean"]`, `columns = ["top1", "top5", "@downstream", "top1"]`, `"@downstream", "top1"`, `"top1" is in the list twice`},
		{"claim without cells", `columns = ["table-3.R2"]`, `columns = []`, "columns = []", `name at least one`},
		{"claim on no table", `columns = ["table-3.R2"]`, `columns = ["tabel-3.R2"]`, "tabel-3", `claim "P10": unknown table "tabel-3"; did you mean "table-3"?`},
		{"claim on no column", `columns = ["table-3.R2"]`, `columns = ["table-3.R3"]`, "table-3.R3", `table "table-3" has no column "R3"; did you mean "R2"?`},
		{"claim on half a column", `columns = ["table-3.R2"]`, `columns = ["table-3"]`, `columns = ["table-3"]`, `does not name a column; write "table.column"`},
		{"claim on no row", `rows = ["squared_error"]`, `rows = ["square_error"]`, "square_error", `table "table-3" has no row "square_error"; did you mean "squared_error"?`},
		{"claim of no kind", `kind = "order"`, `kind = "ordre"`, "ordre", `unknown kind of claim "ordre"; did you mean "order"?`},
		{"claim of no family", `family = "main"`, `family = "mian"`, "mian", `unknown family "mian"; did you mean "main"?`},
		{"claim beside no item", `items = ["figure-5", "table-1", "table-3"]`, `items = ["figure-55"]`, "figure-55", `unknown item "figure-55"`},
		{"claim without its parameter", `sense = "increasing"`, ``, `id = "P14"`, `sense: write sense = "increasing" or sense = "decreasing"`},
		{"claim with a wrong parameter", `sense = "negative"`, `sense = "downwards"`, "downwards", `sense: write sense = "positive" or sense = "negative"`},
		{"claim on itself", `than = ["softmax"]`, `than = ["sigmoid"]`, `than = ["sigmoid"]`, `row "sigmoid" is among rows too`},
		{"takes away what is not there", `"-softmax", "-squared_error"`, `"-softmax", "-square_error"`, `"-square_error"`, `takes away what is not in the list before it; did you mean "squared_error"?`},
		{"error rate", "alpha = 0.05\n", "alpha = 5\n", "alpha = 5\n", `alpha is 5; write an error rate between 0 and 0.5`},
		{"attributes of no task", `task = "fashion"`, `task = "fashon"`, `task = "fashon"`, `[attributes]: unknown downstream task "fashon"; did you mean "fashion"?`},
		{"attribute of no class", `classes = ["coat", "shirt"]`, `classes = []`, `classes = []`, `no class has "front_opening"; name at least one`},
		{"attribute twice", `id = "long_sleeves"`, `id = "cold"`, "", `duplicate id "cold", already used on line`},
		{"no bins", "bins = 1000", "bins = 0", "[attributes]", `small is 234 and bins is 0; write whole numbers from 1 up`},
		{"classes that nobody counted", "shared = []\n", "", "[[downstream]]", `downstream "greek": key "shared" is missing`},
		{"task that plays nothing known", `plays = ["pets"]`, `plays = ["pet"]`, `plays = ["pet"]`, `downstream "mixed": unknown data set of the paper "pet"; did you mean "pets"?`},
		{"unknown measure", `measure = "mean_per_class"`, `measure = "mean"`, `measure = "mean"`, `unknown measure "mean"`},
		{"temperatures out of order", "tau = 0.06", "tau = 0.01", "", `tau is 0.01 after 0.04; write positive temperatures in increasing order`},
		{"temperatures of no objective", `objective = "cosine_softmax"`, `objective = "cosine"`, `objective = "cosine"`, `unknown objective "cosine"`},
		{"curves of more networks than there are", "curves = { seeds = 1, per_class = 15", "curves = { seeds = 4, per_class = 15", "seeds = 4", `curves.seeds is 4; write a whole number from 1 to 3`},
		{"no pass left for a checkpoint", "per_class = 15, checkpoints = 6", "per_class = 15, checkpoints = 20", "checkpoints = 20", `curves.checkpoints is 20; write a whole number from 0 to 19`},
		{"passes out of order", "passes = [4, 12]", "passes = [12, 4]", "[12, 4]", `write passes that have a checkpoint, in order and before the last, which is 20`},
		{"dynamics of no task", `tasks = ["digits"]`, `tasks = ["digit"]`, `["digit"]`, `unknown downstream task "digit"; did you mean "digits"?`},
		{"dynamics of a task twice", `tasks = ["digits", "typeface_unseen", "style"]`, `tasks = ["digits", "style", "style"]`, `"style", "style"`, `"style" is in the list twice`},
		{"size of no preset", `combinations = { size = "quick", seeds = 1`, `combinations = { size = "quik", seeds = 1`, `size = "quik"`, `unknown preset "quik"; did you mean "quick"?`},
		{"row of no combination", `"logit_penalty_1",`, `"logit_penalty_2",`, "", `unknown row "logit_penalty_2" of [combinations]; did you mean`},
		{"combination without strength", `adds = "dropout"`, `adds = "squared_error"`, `adds = "squared_error"`, `squared_error has no strength to vary; name an objective that uses keep, beta or tau alone`},
		{"no times the strength", "times = 0.25", "times = -1", "times = -1", `times is -1; write a positive factor`},
		{"mixup of nothing", "mixup = 0.2", "mixup = 0", "mixup = 0", `mixup is 0; write the α of a Beta distribution, above 0 and at most 10`},
		{"augmented objective", `mixed = ["sigmoid", "cosine_softmax"]`, `mixed = ["sigmoids"]`, `mixed = ["sigmoids"]`, `unknown objective "sigmoids"; did you mean "sigmoid"?`},
		{"shorter training", "factor = 2.0", "factor = 0.5", "", `longer.factor is 0.5; write a factor from 1 to 100`},
		{"no second network", `second = { arch = "inception", seeds = 2`, `second = { arch = "inception", seeds = 0`, "seeds = 0", `second.seeds is 0; write a whole number from 1 up`},
		{"equation", "equation = 9", "equation = 10", "equation = 10", `the paper's objectives are equations 1 to 9`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(good, c.old) {
				t.Fatalf("the manifest has no %q to break", c.old)
			}
			bad := strings.Replace(good, c.old, c.new, 1)
			_, err := ParseManifest("paper.toml", bad, published)
			var me *ManifestError
			if !errors.As(err, &me) {
				t.Fatalf("got %v", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %v", err)
			}
			line := 0
			if c.mark != "" {
				line = 1 + strings.Count(bad[:strings.Index(bad, c.mark)], "\n")
			} else {
				// Where the broken text stands twice, the changed place is meant.
				line = 1 + strings.Count(good[:strings.Index(good, c.old)], "\n")
			}
			got := me.Line
			if c.name == "claim without its parameter" { // the nearest enclosing entry
				line--
			}
			if got != line {
				t.Errorf("line %d, want %d: %v", got, line, err)
			}
		})
	}
}

func TestErrorNamesFileLineAndKey(t *testing.T) {
	bad := strings.Replace(programText(t), `title = "Calibration"`, `titel = "Calibration"`, 1)
	_, err := ParseManifest("paper.toml", bad, os.DirFS("../published"))
	if ok, _ := regexp.MatchString(`^paper\.toml:\d+: item "table-c3": unknown key "titel"; did you mean "title"\?$`, fmt.Sprint(err)); !ok {
		t.Error(err)
	}
}

func TestManifestWithoutFiles(t *testing.T) {
	text := []byte(programText(t))
	for name, fsys := range map[string]fstest.MapFS{
		`no.toml: there is no such file`:                      {},
		`published/table-1-linear.csv: there is no such file`: {"no.toml": {Data: text}},
		`at most`: {"no.toml": {Data: make([]byte, maxManifest+1)}},
	} {
		if _, err := LoadManifest(fsys, "no.toml"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want %s", err, name)
		}
	}
}

func TestBadPublishedTables(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "has no values",
		"loss,a\n":           "has no values",
		"loss,a\nx,1\nx,2\n": `name "x" is empty or used twice`,
		"loss,a,a\nx,1,2\n":  `name "a" is empty or used twice`,
		"loss,a\nx,NaN\n":    "is not a finite number",
		"loss,a\nx,1,2\n":    "wrong number of fields",
		"loss,b_pm\nx,1\n":   `has no column "b"`,
		"loss,a\n\"x,1\n":    "quote",
	} {
		if _, err := parsePublished("t", text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestPublishedValues(t *testing.T) {
	m := theManifest(t)
	linear, _ := m.PublishedTable("table-1-linear")
	if p := linear.Cell("softmax", "top5"); p == nil || p.Value != 93.4 || p.Decimals != 2 || p.PM != nil {
		t.Errorf("%+v", p)
	}
	if p := linear.Cell("softmax", MeanColumn); p == nil || p.Value != 75.95 {
		t.Errorf("%+v", p)
	}
	if len(linear.Derived) != 1 {
		t.Errorf("derived %q", linear.Derived)
	}
	r2, _ := m.PublishedTable("table-3")
	if p := r2.Cell("squared_error", "R2"); p == nil || p.Value != .845 || p.PM == nil || *p.PM != 0.0002 || p.Decimals != 3 {
		t.Errorf("%+v", p)
	}
	if r2.Cell("softmax", "R2_pm") != nil || r2.Cell("softmax", "top5") != nil || r2.Cell("hinge", "R2") != nil {
		t.Error("a value where there is none")
	}
	c6, _ := m.PublishedTable("table-c6")
	if p := c6.Cell("Ours softmax", "top1"); p != nil {
		t.Errorf("a lost value is %+v", p)
	}
	if a1, _ := m.PublishedTable("table-a1"); a1.Rows[1].Cells[0].Text != "alpha=0.1" {
		t.Errorf("%+v", a1.Rows[1])
	}
}

func TestGroupsAreResolved(t *testing.T) {
	m := theManifest(t)
	for _, c := range m.Claims {
		all := strings.Join(append(append(append([]string(nil), c.Columns...), c.Rows...), c.Than...), " ")
		if strings.ContainsAny(all, "@") || strings.Contains(all, " -") {
			t.Errorf("%s: %s", c.ID, all)
		}
		if c.ID == "P16" {
			if len(c.Columns) != len(m.Downstream)-1 || len(c.PaperColumns) != 7 || contains(c.PaperColumns, "table-4.pets") || c.PaperRows[0] != "0.01" {
				t.Errorf("%+v", c)
			}
		}
	}
}

func TestEntryIsTheItemsOwnLines(t *testing.T) {
	m := theManifest(t)
	text, line := m.Entry("table-3")
	if !strings.HasPrefix(text, "[[item]]\nid = \"table-3\"\n") || !strings.HasSuffix(text, "published = \"table-3\"\n") || strings.Count(text, "[[item]]") != 1 {
		t.Errorf("line %d: %s", line, text)
	}
	if got := strings.Split(m.Text, "\n")[line]; got != `id = "table-3"` {
		t.Errorf("line %d is before %q", line, got)
	}
	for _, item := range m.Items {
		if text, _ := m.Entry(item.ID); !strings.Contains(text, "id = \""+item.ID+"\"") {
			t.Errorf("%s: %s", item.ID, text)
		}
	}
	if text, _ := m.Entry("table-9"); text != "" {
		t.Error(text)
	}
}

func TestDigestCoversPublishedValues(t *testing.T) {
	m := theManifest(t)
	m.Searched = nil // which ParseManifest does not read
	m.Digest = m.digest()
	other := fstest.MapFS{}
	for _, p := range m.Published {
		other[p.ID+".csv"] = &fstest.MapFile{Data: []byte(p.text)}
	}
	same, err := ParseManifest("x.toml", m.Text, other)
	if err != nil || same.Digest != m.Digest || len(m.Digest) != 64 {
		t.Errorf("%v: %s and %s", err, same.Digest, m.Digest)
	}
	other["table-3.csv"].Data = []byte(strings.Replace(string(other["table-3.csv"].Data), "0.349", "0.348", 1))
	changed, err := ParseManifest("x.toml", m.Text, other)
	if err != nil || changed.Digest == m.Digest {
		t.Errorf("%v: the digest does not see a published value", err)
	}
}

// smallManifest is a manifest of one item, for the fuzzer to take apart.
const smallManifest = `default_preset = "p"
paper = { title = "", authors = [], venue = "", year = 1, arxiv = "", review = "", code = "", summary = "", setting = "", stand_in = "", deviations = [], plus_minus = "", dataset = [{ id = "d", label = "" }] }
[preset.p]
label = ""
note = ""
budget_seconds = 1
judges = true
seeds = 1
temperature_seeds = 1
pretraining = { classes = "c", per_class = 1, validation_per_class = 1, test_per_class = 1 }
schedule = { passes = 1, batch = 2, learning_rate = 0.1, momentum = 0, weight_decay = 0, warm_up = 0, ema = 0, shift = 0 }
transfer = { train = 2, validation = 0.5, test = 1 }
probe = { regularisers = 1, log_low = -1, log_high = 1 }
knn = { k = 1, metric = "cosine", weighting = "uniform" }
second = { arch = "n", seeds = 1, passes = 1, regularisers = 1 }
combinations = { size = "p", seeds = 1, rows = [] }
augmentation = { size = "p", seeds = 1 }
longer = { size = "p", seeds = 1, factor = 2.0 }
distances = { examples = 2 }
similarity = { images = 4, minibatch = 4 }
shifted = { seeds = 1, per_class = 1, pool_per_class = 1, corruption_per_class = 1, baseline_passes = 1 }
fine_tuning = { networks = 1, chosen_on = 1, train = 2, test = 1, passes = 1, batch = 2, rates = 1, rate_low = -1, rate_high = -1, decays = 0, decay_low = -4, decay_high = -4, similarity_images = 4, minibatch = 4 }
stopping = { seeds = 1, passes = 1, train_per_class = 1, decay_per_pass = 0.5, per_class = 1 }
curves = { seeds = 1, per_class = 1, checkpoints = 0 }
dynamics = { per_class = 1, tasks = ["g"], passes = [], seeds = 1 }
[temperatures]
objective = "o"
times_tau = false
clip_norm = 0.0
note = ""
row = [{ id = "1", tau = 1, plays = "1" }]
[[family]]
id = "f"
label = ""
alpha = 0.05
[[objective]]
id = "o"
label = ""
equation = 1
published = { text = "", epochs = 1 }
uses = ["tau"]
here.p.tau = 1
[[downstream]]
id = "g"
label = ""
what = ""
plays = ["d"]
why = ""
measure = "top1"
shared = []
shared_why = ""
[[item]]
id = "table-1"
kind = "table"
number = "1"
title = ""
section = ""
shows = ""
stand_in = ""
differs = []
published = ["t"]
[[item.table]]
id = "table-1"
title = ""
rows = ["a", "b"]
columns = ["@downstream", "mean"]
published = "t"
[[claim]]
id = "P"
text = ""
section = ""
items = ["table-1"]
kind = "greater"
family = "f"
columns = ["table-1.@downstream", "table-1.mean"]
rows = ["a"]
than = ["@others"]
`

var smallPublished = fstest.MapFS{"t.csv": {Data: []byte("loss,d\na,2.0\nb,1\n")}}

func TestSmallManifest(t *testing.T) {
	m, err := ParseManifest("small.toml", smallManifest, smallPublished)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(m.Claims[0].PaperColumns, " "); got != "t.d t.mean" {
		t.Errorf("published columns %q", got)
	}
}

// FuzzManifest: whatever the text, there is a manifest or one error of one line,
// and no panic.
func FuzzManifest(f *testing.F) {
	f.Add(smallManifest)
	f.Add("[[item]]\nid = 3\n")
	f.Add("a = '''\n'''' \n[b.\"c]\"]\nd = [{e = 1}, # x\n {e = \"]\"}]\n[[b.f]]\n")
	f.Add("preset = [[{}]]\nitem = [{id = \"table-1\"}]\nobjective = 1979-05-27\n")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseManifest("paper.toml", text, smallPublished)
		if (m == nil) == (err == nil) {
			t.Fatalf("%v, %v", m, err)
		}
		var me *ManifestError
		if err != nil && !errors.As(err, &me) {
			t.Fatalf("%T: %v", err, err)
		}
		if me != nil && me.Line > 1+strings.Count(text, "\n") {
			t.Fatalf("line %d of %d: %v", me.Line, strings.Count(text, "\n"), err)
		}
		if m == nil {
			return
		}
		for _, item := range m.Items {
			m.Entry(item.ID)
		}
		for _, p := range m.Presets {
			for _, r := range Evaluate(m.Claims, m.Families, p, nil, m.Published, nil) {
				if r.Verdict != NotRun {
					t.Fatalf("%s: %q with no values", r.ID, r.Verdict)
				}
			}
		}
	})
}

func FuzzPublished(f *testing.F) {
	f.Add("loss,a,a_pm\nx,1.50,0.2\ny,?,\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parsePublished("t", text)
		if err != nil {
			return
		}
		p.addMean([]PaperDataset{{ID: "a"}, {ID: "b"}})
		for _, r := range p.Rows {
			if len(r.Cells) != len(p.Columns) {
				t.Fatalf("%d cells for %d columns", len(r.Cells), len(p.Columns))
			}
		}
	})
}
