package command

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"lossxfer-report/report"
)

func taskRef(kind, key, spec string) report.TaskRef {
	return report.TaskRef{Kind: kind, Key: key, Spec: json.RawMessage(spec)}
}

func TestAbbreviatedSpecificationsAreWrittenOut(t *testing.T) {
	leaf := taskRef("a.leaf", "0123456789abcdef", `{"ID": "x"}`)
	middle := taskRef("a.middle", "123456789abcdef0", `{ "Of": "a.leaf:0123456789ab" }`)
	top := taskRef("a.top", "23456789abcdef01", `{"Both":["a.middle:123456789abc","a.leaf:0123456789ab"],"Other":"a.gone:0123456789ab"}`)
	got, ok := newSpecifications([]report.TaskRef{leaf, middle, top}).of(top)
	if want := `{"Both":[{"Of":{"ID":"x"}},{"ID":"x"}],"Other":"a.gone:0123456789ab"}`; !ok || got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestSpecificationsOfHostileReportsEnd(t *testing.T) {
	first := taskRef("a", "0123456789ab", `{"On":"b:0123456789ab"}`)
	second := taskRef("b", "0123456789ab", `{"On":"a:0123456789ab"}`)
	if spec, ok := newSpecifications([]report.TaskRef{first, second}).of(first); ok {
		t.Errorf("tasks that contain each other have the specification %s", spec)
	}
	if spec, ok := newSpecifications(nil).of(taskRef("a", "", `{`)); ok {
		t.Errorf("half a specification is %s", spec)
	}
	// Each contains the one before it twice.
	tasks := []report.TaskRef{taskRef("a", fmt.Sprintf("%012x", 0), `{"Long":"`+strings.Repeat("x", 1000)+`"}`)}
	for i := range 60 {
		tasks = append(tasks, taskRef("a", fmt.Sprintf("%012x", i+1), fmt.Sprintf(`["a:%012x","a:%012x"]`, i, i)))
	}
	if spec, ok := newSpecifications(tasks).of(tasks[60]); ok {
		t.Errorf("a specification of %d bytes", len(spec))
	}
}

func committedReport(t testing.TB) *report.Report {
	t.Helper()
	text, err := os.ReadFile("../examples/standard/report.json")
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Whatever code has made the committed report, nearly all of its results are found by
// what was asked for.
func TestCommittedReportIsFoundBySpecification(t *testing.T) {
	r := committedReport(t)
	root := os.DirFS("..")
	a := &App{assets: Assets{Sources: root, Drawing: root, Module: "lossxfer-report", Manifest: root}, preset: r.Preset.ID, cache: t.TempDir()}
	p, err := a.plan()
	if err != nil {
		t.Fatal(err)
	}
	known, unknown := match(r.Tasks, p)
	t.Logf("%d known, %d unknown", len(known), unknown)
	if len(known)+unknown != len(r.Tasks) || len(known) < len(r.Tasks)*9/10 {
		t.Errorf("%d of %d results are planned here", len(known), len(r.Tasks))
	}
	here := map[string]bool{}
	for _, k := range known {
		if k.sameCode != (k.here.String() == k.Key) || here[k.here.String()] {
			t.Fatalf("%s %s is found as %s", k.Kind, k.Key, k.here)
		}
		here[k.here.String()] = true
	}
}
