package report

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// reportCauses says what differs in how two reports were made.
func reportCauses(was, is *Report) []string {
	causes := []string{}
	if was.Preset.ID != is.Preset.ID {
		causes = append(causes, fmt.Sprintf("preset: %s → %s", was.Preset.ID, is.Preset.ID))
	}
	if was.CodeDigest != is.CodeDigest {
		causes = append(causes, fmt.Sprintf("the code behind the results: %.12s → %.12s", was.CodeDigest, is.CodeDigest))
	}
	if was.ManifestDigest != is.ManifestDigest {
		causes = append(causes, fmt.Sprintf("the manifest: %.12s → %.12s", was.ManifestDigest, is.ManifestDigest))
	}
	for _, d := range fieldDifferences(flatten(was.Preset), flatten(is.Preset)) {
		if d.Name != "id" && d.Name != "label" && d.Name != "note" {
			causes = append(causes, fmt.Sprintf("preset, %s: %s → %s", d.Name, orNothing(d.Was), orNothing(d.Is)))
		}
	}
	return causes
}

// keyOfTask is how a specification names a task it needs: its key says nothing that the
// task itself does not.
var keyOfTask = regexp.MustCompile(`"([a-z_.]+):[0-9a-f]{12}"`)

// taskCauses says what has changed in the tasks behind an item: the fields of their
// specifications, or else the code.
func taskCauses(was, is *Report, before, after *Item) []string {
	old, now := tasksBehind(was, before), tasksBehind(is, after)
	for key := range old {
		if _, ok := now[key]; ok {
			delete(old, key)
			delete(now, key)
		}
	}
	if len(old) == 0 && len(now) == 0 {
		return []string{"the same results, shown in another way"}
	}
	changes := map[string]bool{}
	for _, kind := range kindsOf(old, now) {
		a, b := fieldsOfKind(old, kind), fieldsOfKind(now, kind)
		changed := false
		for field := range union(a, b) {
			if x, y := valuesOf(a[field]), valuesOf(b[field]); x != y {
				changes[fmt.Sprintf("%s, %s: %s → %s", kind, field, orNothing(x), orNothing(y))] = true
				changed = true
			}
		}
		switch {
		case changed:
		case count(old, kind) != count(now, kind):
			changes[fmt.Sprintf("%s: %d tasks in place of %d", kind, count(now, kind), count(old, kind))] = true
		default:
			changes[kind+": its code, or what it rests on"] = true
		}
	}
	return slices.Sorted(maps.Keys(changes))
}

func tasksBehind(r *Report, item *Item) map[string]TaskRef {
	all := map[string]TaskRef{}
	for _, i := range item.Tasks {
		all[r.Tasks[i].Key] = r.Tasks[i]
	}
	return all
}

func kindsOf(all ...map[string]TaskRef) []string {
	kinds := map[string]bool{}
	for _, m := range all {
		for _, t := range m {
			kinds[t.Kind] = true
		}
	}
	return slices.Sorted(maps.Keys(kinds))
}

func count(tasks map[string]TaskRef, kind string) int {
	n := 0
	for _, t := range tasks {
		if t.Kind == kind {
			n++
		}
	}
	return n
}

// fieldsOfKind collects the values that each field of a kind's specifications has.
func fieldsOfKind(tasks map[string]TaskRef, kind string) map[string]map[string]bool {
	fields := map[string]map[string]bool{}
	for _, t := range tasks {
		if t.Kind != kind {
			continue
		}
		for _, f := range flattenJSON(keyOfTask.ReplaceAll(t.Spec, []byte(`"$1"`))) {
			if fields[f.Name] == nil {
				fields[f.Name] = map[string]bool{}
			}
			fields[f.Name][f.Value] = true
		}
	}
	return fields
}

func union(a, b map[string]map[string]bool) map[string]bool {
	all := map[string]bool{}
	for k := range a {
		all[k] = true
	}
	for k := range b {
		all[k] = true
	}
	return all
}

// valuesOf writes a set of values, a long one cut short.
func valuesOf(set map[string]bool) string {
	const most = 4
	list := slices.Sorted(maps.Keys(set))
	if len(list) > most {
		return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d more", len(list)-most)
	}
	return strings.Join(list, ", ")
}
