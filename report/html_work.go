package report

import (
	"cmp"
	"regexp"
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
type flattened map[string][]specField

// specField is a field of a specification with its values: those of all elements, where
// it is inside an array.
type specField struct {
	name   string
	values []string
}

func (f flattened) of(spec []byte) []specField {
	fields, ok := f[string(spec)]
	if !ok {
		fields = mergeElements(flattenJSON(spec))
		f[string(spec)] = fields
	}
	return fields
}

// mergeElements makes one field of Models.0.Seed and Models.1.Seed: Models.Seed.
func mergeElements(facts []factView) []specField {
	var out []specField
	at := make(map[string]int)
	for _, fact := range facts {
		name := withoutIndices(fact.Name)
		i, ok := at[name]
		if !ok {
			i = len(out)
			at[name] = i
			out = append(out, specField{name: name})
		}
		out[i].values = append(out[i].values, fact.Value)
	}
	return out
}

func withoutIndices(name string) string {
	if !strings.ContainsAny(name, "0123456789") {
		return name
	}
	return strings.Join(slices.DeleteFunc(strings.Split(name, "."), func(part string) bool {
		_, err := strconv.Atoi(part)
		return err == nil
	}), ".")
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
	type field struct {
		tasks int
		first []string
		same  bool // in all tasks that have it
		all   map[string]bool
	}
	fields := make(map[string]*field)
	for _, t := range tasks {
		steps += t.ImageSteps
		if t.Digest != "" {
			ran++
		}
		for _, own := range f.of(t.Spec) {
			of := fields[own.name]
			if of == nil {
				of = &field{first: own.values, same: true, all: make(map[string]bool)}
				fields[own.name] = of
			}
			of.tasks++
			of.same = of.same && slices.Equal(of.first, own.values)
			for _, value := range own.values {
				of.all[value] = true
			}
		}
	}
	if steps > 0 {
		v.Steps = thousands(steps)
	}
	if ran < len(tasks) && ran > 0 {
		v.Ran = thousands(int64(ran))
	}
	for _, name := range sortedKeys(fields) {
		if of := fields[name]; of.same && of.tasks == len(tasks) {
			v.Same = append(v.Same, factView{name, strings.Join(of.first, ", ")})
		} else {
			v.Varies = append(v.Varies, factView{name, summary(sortedKeys(of.all))})
		}
	}
	return v
}

// taskReference is how a specification names another task: by its kind and the start of its
// key.
var taskReference = regexp.MustCompile(`^([a-z._]+):[0-9a-f]{12}$`)

// summary lists values in their order and cuts a long list. Of references to other tasks
// it says how many there are: their keys stand in the list of tasks.
func summary(values []string) string {
	const most, mostReferences = 24, 2
	var words []string
	referred := make(map[string][]string) // by kind
	for _, v := range values {
		if m := taskReference.FindStringSubmatch(v); m != nil {
			referred[m[1]] = append(referred[m[1]], v)
		} else {
			words = append(words, v)
		}
	}
	slices.SortFunc(words, compareValues)
	var out []string
	if out = words; len(words) > most {
		out = append(words[:most:most], "… ("+strconv.Itoa(len(words))+" values)")
	}
	for _, kind := range sortedKeys(referred) {
		if of := referred[kind]; len(of) > mostReferences {
			out = append(out, thousands(int64(len(of)))+" "+kind)
		} else {
			out = append(out, slices.Sorted(slices.Values(of))...)
		}
	}
	return strings.Join(out, ", ")
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
