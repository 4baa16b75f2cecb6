package slurm

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"lossxfer-report/cache"
)

func TestParseQueue(t *testing.T) {
	got, err := parseQueue("7|0|RUNNING|lossxfer-a|None\n7|1-2%4|PENDING|lossxfer-a|Dependency\n9|N/A|CANCELLED|lossxfer-c|None\n8|5|NODE_FAIL|lossxfer-b|a|b\n")
	want := []Element{
		{Array: "lossxfer-a", ID: "7", Index: 0, State: "RUNNING", Why: "None"},
		{Array: "lossxfer-a", ID: "7", Index: 1, State: "PENDING", Why: "Dependency"},
		{Array: "lossxfer-a", ID: "7", Index: 2, State: "PENDING", Why: "Dependency"},
		{Array: "lossxfer-b", ID: "8", Index: 5, State: "NODE_FAIL", Why: "a|b"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{"7|0|RUNNING\n", "7|x|RUNNING|a|\n", "7|3-1|RUNNING|a|\n", "7|0-99999999999|RUNNING|a|\n", "slurm_load_jobs error\n"} {
		if got, err := parseQueue(bad); err == nil {
			t.Errorf("%q: %+v", bad, got)
		}
	}
}

func FuzzParseQueue(f *testing.F) {
	f.Add("7|0|RUNNING|lossxfer-a|None\n")
	f.Add("7|1-2|PENDING|lossxfer-a|Dependency\n")
	f.Fuzz(func(t *testing.T, out string) {
		all, err := parseQueue(out)
		if err != nil {
			return
		}
		for _, e := range all {
			if e.Index < 0 || e.Index > maxIndex {
				t.Errorf("index %d", e.Index)
			}
		}
	})
}

func FuzzDecodeArray(f *testing.F) {
	key := strings.Repeat("ab", 32)
	f.Add([]byte(`{"name":"lossxfer-1","id":"12","after":["lossxfer-0"],"elements":[["` + key + `"]]}`))
	f.Add([]byte(`{"name":"../x"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := decodeArray(b)
		if err != nil {
			return
		}
		if filepath.Base(a.Name) != a.Name {
			t.Errorf("a name that leaves the folder: %q", a.Name)
		}
		for i := range a.Elements {
			for j, k := range a.parsed(i) {
				if k.String() != a.Elements[i][j] {
					t.Errorf("%s became %s", a.Elements[i][j], k)
				}
			}
		}
	})
}

func FuzzJournal(f *testing.F) {
	f.Add([]byte(`{"key":"ab","what":"done","seconds":1}` + "\n"))
	f.Add([]byte("\x00\n{\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "0")
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		reader := tail{path: path}
		reader.next()
		if again := reader.next(); len(again) > 0 {
			t.Errorf("the same lines twice: %+v", again)
		}
		if reader.offset > int64(len(b)) {
			t.Errorf("read to %d of %d bytes", reader.offset, len(b))
		}
	})
}

// A record that cannot be read hides no other, and says which it is.
func TestRecordsOfOthers(t *testing.T) {
	dir := t.TempDir()
	good := &array{Name: newName(), Elements: [][]string{{strings.Repeat("ab", 32)}}}
	good.folder = filepath.Join(dir, arraysDir, good.Name)
	if err := good.create("#!/bin/sh\n"); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"lossxfer-bad": "{", "lossxfer-other": `{"name":"lossxfer-elsewhere"}`,
		"lossxfer-key": `{"name":"lossxfer-key","elements":[["xy"]]}`, "lossxfer-id": `{"name":"lossxfer-id","id":"1; rm -r /"}`,
	} {
		folder := filepath.Join(dir, arraysDir, name)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, arrayFile), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	all, err := readArrays(dir)
	if len(all) != 1 || all[0].Name != good.Name {
		t.Errorf("%+v", all)
	}
	for _, name := range []string{"lossxfer-bad", "lossxfer-other", "lossxfer-key", "lossxfer-id", "remove the folder"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v does not name %s", err, name)
		}
	}
}

func TestScript(t *testing.T) {
	var o Options
	for _, s := range [][2]string{
		{"partition", "main"}, {"time", "90s"}, {"memory", "4G"}, {"limit", "10"}, {"cpus", "2"},
		{"setup", "module load go"}, {"setup", "ulimit -c 0"}, {"options", "--account=lab"}, {"program", "/opt/my tools/lossxfer-report"},
	} {
		if err := o.Set(s[0], s[1]); err != nil {
			t.Fatal(err)
		}
	}
	e := Executor{Options: o, Folder: "/data", Words: []string{"work", "--trainer", "python3 'my train.py'"}}
	a := &array{Name: "lossxfer-1", Elements: make([][]string, 42), folder: "/data/100% mine/lossxfer-1"}
	got, err := e.script(a, e.Program)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"#!/bin/sh\n#SBATCH --job-name=lossxfer-1\n", "#SBATCH --array=0-41%10\n", `#SBATCH --output="/data/100%% mine/lossxfer-1/log"/%a` + "\n",
		"#SBATCH --partition=main\n", "#SBATCH --time=2\n", "#SBATCH --mem=4G\n", "#SBATCH --cpus-per-task=2\n", "#SBATCH --account=lab\n",
		"\nmodule load go\nulimit -c 0\nexport GOMAXPROCS=2\n",
		`exec '/opt/my tools/lossxfer-report' work --trainer 'python3 '\''my train.py'\''' '/data/100% mine/lossxfer-1'` + "\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s\nlacks %q", got, want)
		}
	}
	a.folder = "/data/a\nb"
	if _, err := e.script(a, ""); err == nil {
		t.Error("a folder with a line break was taken")
	}
}

func TestSettings(t *testing.T) {
	for _, bad := range [][2]string{
		{"time", "20"}, {"time", "10s"}, {"poll", "-1s"}, {"cpus", "0"}, {"limit", "many"}, {"attempts", "-1"}, {"options", "account=lab"},
		{"partition", "a\nb"}, {"on_interrupt", "stop"}, {"partitions", "main"},
	} {
		var o Options
		if err := o.Set(bad[0], bad[1]); err == nil || !strings.Contains(err.Error(), bad[0]) {
			t.Errorf("%s=%q: %v", bad[0], bad[1], err)
		}
	}
	var o Options
	if err := o.Set("element", "2m"); err != nil || o.withDefaults().Element != 2*time.Minute || o.withDefaults().Attempts != DefaultAttempts {
		t.Errorf("%+v, %v", o, err)
	}
}

// Arrays all of whose results are there go when the next build begins; those of which
// something is missing stay, with their logs.
func TestPrune(t *testing.T) {
	dir, store := t.TempDir(), cache.NewMemory()
	parts := []cache.Part{{Name: "what", Value: "there"}}
	there, missing := cache.KeyOf(parts), cache.Key{2}
	if _, err := store.Put(cache.Entry{Key: there, Kind: "test", Parts: parts}, []byte("1")); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, k := range []cache.Key{there, missing} {
		a := &array{Name: newName(), Elements: [][]string{{k.String()}}}
		a.folder = filepath.Join(dir, arraysDir, a.Name)
		if err := a.create(""); err != nil {
			t.Fatal(err)
		}
		names = append(names, a.Name)
	}
	program := filepath.Join(dir, programsDir, "x")
	if err := os.MkdirAll(program, 0o777); err != nil {
		t.Fatal(err)
	}
	prune(dir, store)
	left, err := readArrays(dir)
	if err != nil || len(left) != 1 || left[0].Name != names[1] {
		t.Errorf("%+v, %v", left, err)
	}
	if _, err := os.Stat(program); err != nil {
		t.Error("the program of an array that is left is gone")
	}
	old := time.Now().Add(-2 * forgotten)
	if err := os.Chtimes(filepath.Join(left[0].folder, arrayFile), old, old); err != nil {
		t.Fatal(err)
	}
	prune(dir, store)
	if left, err := readArrays(dir); err != nil || len(left) != 0 {
		t.Errorf("%+v, %v", left, err)
	}
	if _, err := os.Stat(program); err == nil {
		t.Error("a program without arrays is left")
	}
}
