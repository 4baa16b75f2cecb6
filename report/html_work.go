package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// workView is how tasks of one kind made an item: what all of them have in common,
// and what varies between them.
type workView struct {
	Kind   string
	Tasks  string
	Steps  string
	Ran    string // how many have a result, where not all have
	Same   []factView
	SameAs *sameView // in the place of Same, where an earlier item has it
	Anchor string    // where a later item may point to
	Varies []factView
}

// sameView points to an item that has the same parameters.
type sameView struct{ ID, Name string }

// flattened remembers the fields of specifications: many items rest on the same tasks.
type flattened map[string][]factView

func (f flattened) of(spec []byte) []factView {
	fields, ok := f[string(spec)]
	if !ok {
		fields = flattenJSON(spec)
		f[string(spec)] = fields
	}
	return fields
}

// viewWork sums up the tasks behind an item. Thousands of them differ in a seed and a
// name only: a reader wants to see just that.
func (f flattened) viewWork(all []TaskRef, indices []int) []workView {
	var kinds []string
	byKind := make(map[string][]TaskRef)
	for _, i := range indices {
		t := all[i]
		if byKind[t.Kind] == nil {
			kinds = append(kinds, t.Kind)
		}
		byKind[t.Kind] = append(byKind[t.Kind], t)
	}
	var out []workView
	for _, kind := range kinds {
		out = append(out, f.viewKind(kind, byKind[kind]))
	}
	return out
}

func (f flattened) viewKind(kind string, tasks []TaskRef) workView {
	v := workView{Kind: kind, Tasks: thousands(int64(len(tasks)))}
	var steps int64
	ran := 0
	values := make(map[string][]string) // of each field, distinct, in order of appearance
	present := make(map[string]int)
	for _, t := range tasks {
		steps += t.ImageSteps
		if t.Digest != "" {
			ran++
		}
		for _, field := range f.of(t.Spec) {
			present[field.Name]++
			if !slices.Contains(values[field.Name], field.Value) {
				values[field.Name] = append(values[field.Name], field.Value)
			}
		}
	}
	if steps > 0 {
		v.Steps = thousands(steps)
	}
	if ran < len(tasks) && ran > 0 {
		v.Ran = thousands(int64(ran))
	}
	for _, name := range sortedKeys(values) {
		field := factView{name, summary(values[name])}
		if len(values[name]) == 1 && present[name] == len(tasks) {
			v.Same = append(v.Same, field)
		} else {
			v.Varies = append(v.Varies, field)
		}
	}
	return v
}

// summary lists values in their order and cuts a long list.
func summary(values []string) string {
	values = slices.SortedFunc(slices.Values(values), compareValues)
	const most = 24
	if len(values) > most {
		return strings.Join(values[:most], ", ") + ", … (" + strconv.Itoa(len(values)) + " values)"
	}
	return strings.Join(values, ", ")
}

// compareValues puts numbers by their size before words by their letters.
func compareValues(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX == nil && errY == nil:
		return cmp.Or(cmp.Compare(x, y), strings.Compare(a, b))
	case errX == nil:
		return -1
	case errY == nil:
		return 1
	}
	return strings.Compare(a, b)
}

// flatten prints any value of ours as names and values, in the order of its fields.
func flatten(v any) []factView {
	data, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return flattenJSON(data)
}

// flattenJSON turns {"a":{"b":1}} into a.b = 1. Text that is not JSON stays as it is.
func flattenJSON(data []byte) []factView {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var out []factView
	if err := flattenInto(&out, d, ""); err != nil {
		return []factView{{"specification", string(data)}}
	}
	return out
}

func flattenInto(out *[]factView, d *json.Decoder, path string) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	delim, nested := t.(json.Delim)
	if !nested {
		*out = append(*out, factView{path, scalar(t)})
		return nil
	}
	for i := 0; d.More(); i++ {
		name := strconv.Itoa(i)
		if delim == '{' {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name, _ = key.(string)
		}
		if path != "" {
			name = path + "." + name
		}
		if err := flattenInto(out, d, name); err != nil {
			return err
		}
	}
	_, err = d.Token() // the closing bracket
	return err
}

func scalar(t json.Token) string {
	switch t := t.(type) {
	case nil:
		return "none"
	case string:
		return t
	case bool:
		return strconv.FormatBool(t)
	case json.Number:
		return t.String()
	}
	return ""
}
