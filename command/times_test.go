package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lossxfer-report/cache"
)

func TestTimesByKind(t *testing.T) {
	dir := t.TempDir()
	key := func(n byte) cache.Key { return cache.Key{n} }
	first := []taskTime{
		{key(1).String(), "train.model", "train", 6}, {key(2).String(), "train.model", "train", 3}, {key(3).String(), "probe.knn", "neighbours", 0.5},
	}
	if err := writeRun(dir, buildResult{}, first, []cache.Key{key(1), key(2), key(3)}); err != nil {
		t.Fatal(err)
	}
	// A later build ran one task more, and the report rests on one less.
	second := []taskTime{{key(4).String(), "probe.knn", "neighbours", 0.5}}
	if err := writeRun(dir, buildResult{}, second, []cache.Key{key(1), key(2), key(4)}); err != nil {
		t.Fatal(err)
	}
	r, err := readRun(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []kindTime{{"train.model", 2, 9, 9 / 9.5}, {"probe.knn", 1, 0.5, 0.5 / 9.5}}
	if len(r.Kinds) != 2 || r.Kinds[0] != want[0] || r.Kinds[1] != want[1] {
		t.Errorf("%+v", r.Kinds)
	}
	var text strings.Builder
	a := &App{stdout: &text}
	if err := a.printTimes(dir); err != nil || !strings.Contains(text.String(), "94.7%  train.model") {
		t.Errorf("%v\n%s", err, text.String())
	}
	text.Reset()
	a.json = true
	var kinds []kindTime
	if err := a.printTimes(dir); err != nil || json.Unmarshal([]byte(text.String()), &kinds) != nil || len(kinds) != 2 {
		t.Errorf("%v\n%s", err, text.String())
	}
	if err := a.printTimes(filepath.Join(dir, "none")); err == nil || !strings.Contains(err.Error(), "no build") {
		t.Error(err)
	}
	os.WriteFile(filepath.Join(dir, runFile), []byte("{"), 0o644)
	if err := a.printTimes(dir); err == nil {
		t.Error("a damaged file was read")
	}
}
