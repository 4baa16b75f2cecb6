package compute

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"lossxfer-report/cache"
)

// Change is one part in which two keys differ.
type Change struct {
	Part string `json:"part"`          // "spec Model.Objective.Alpha", "code compute/net", "needs train.model"
	Was  string `json:"was,omitempty"` // empty: there was none
	Is   string `json:"is,omitempty"`  // empty: there is none
}

func (c Change) String() string {
	or := func(v string) string {
		if v == "" {
			return "none"
		}
		if len(v) == 64 && strings.Trim(v, "0123456789abcdef") == "" {
			return v[:12]
		}
		return v
	}
	return fmt.Sprintf("%s: %s → %s", c.Part, or(c.Was), or(c.Is))
}

// Differences lists the parts in which two keys of one kind differ, specifications
// field by field.
func Differences(was, is []cache.Part) []Change { return differences(partValues(was), partValues(is)) }

func differences(before, after map[string]string) []Change {
	var changes []Change
	for name, w := range before {
		if i := after[name]; w != i {
			changes = append(changes, Change{Part: name, Was: w, Is: i})
		}
	}
	for name, i := range after {
		if _, ok := before[name]; !ok {
			changes = append(changes, Change{Part: name, Is: i})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.Part, b.Part) })
	return changes
}

// partValues flattens the parts of a key. Several dependencies of one kind have one
// name, so they are numbered.
func partValues(parts []cache.Part) map[string]string {
	values := map[string]string{}
	for _, p := range parts {
		if p.Name == "spec" {
			var spec any
			if json.Unmarshal([]byte(p.Value), &spec) == nil {
				flatten(values, "spec", spec)
				continue
			}
		}
		name := p.Name
		for n := 2; ; n++ {
			if _, taken := values[name]; !taken {
				break
			}
			name = fmt.Sprintf("%s (%d)", p.Name, n)
		}
		values[name] = p.Value
	}
	return values
}

func flatten(to map[string]string, name string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, one := range v {
			sep := "."
			if name == "spec" {
				sep = " "
			}
			flatten(to, name+sep+key, one)
		}
	case []any:
		for i, one := range v {
			flatten(to, fmt.Sprintf("%s[%d]", name, i), one)
		}
	default:
		b, _ := json.Marshal(v)
		to[name] = string(b)
	}
}

// History is the stored results of the past, to say what a task that is not stored
// differs in from them.
type History struct{ kinds map[string][]past }

type past struct {
	entry  cache.Entry
	spec   string
	values map[string]string
}

// NewHistory reads entries; bad ones are left out.
func NewHistory(entries iter.Seq2[cache.Entry, error]) *History {
	h := &History{kinds: map[string][]past{}}
	for e, err := range entries {
		if err == nil {
			h.kinds[e.Kind] = append(h.kinds[e.Kind], past{entry: e, spec: specOf(e.Parts)})
		}
	}
	return h
}

func specOf(parts []cache.Part) string {
	for _, p := range parts {
		if p.Name == "spec" {
			return p.Value
		}
	}
	return ""
}

// Predecessor finds the stored result from which a task most likely came: of its
// kind, with the same specification if there is one (then the code or a dependency
// has changed), else with the fewest fields changed; of equals the youngest. ok is
// false if none has its kind.
func (h *History) Predecessor(parts []cache.Part, kind string) (found cache.Entry, changes []Change, ok bool) {
	all, spec, values := h.kinds[kind], specOf(parts), partValues(parts)
	same := slices.ContainsFunc(all, func(p past) bool { return p.spec == spec })
	fields := 0
	for i := range all {
		p := &all[i]
		if same && p.spec != spec {
			continue
		}
		if p.values == nil {
			p.values = partValues(p.entry.Parts)
		}
		changed := differences(p.values, values)
		n := 0
		for _, c := range changed {
			if strings.HasPrefix(c.Part, "spec ") {
				n++
			}
		}
		order := cmp.Or(cmp.Compare(n, fields), cmp.Compare(len(changed), len(changes)),
			found.Made.Time.Compare(p.entry.Made.Time), slices.Compare(p.entry.Key[:], found.Key[:]))
		if !ok || order < 0 {
			found, changes, fields, ok = p.entry, changed, n, true
		}
	}
	return found, changes, ok
}
