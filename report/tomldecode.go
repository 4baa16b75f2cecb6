package report

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
)

// ManifestError is the one thing wrong with a manifest that is reported: where it
// is, and what to write instead.
type ManifestError struct {
	File string
	Line int    // 0 if the text as a whole is meant
	At   string // `item "table-1"`, or empty
	Msg  string
}

func (e *ManifestError) Error() string {
	place := e.File
	if e.Line > 0 {
		place = fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	if e.At != "" {
		place += ": " + e.At
	}
	return place + ": " + e.Msg
}

// manifestText is a parsed manifest that has not been given types yet.
type manifestText struct {
	file  string
	root  map[string]any
	lines map[string]int
}

// parseTOML checks the syntax.
func parseTOML(file, text string) (*manifestText, error) {
	root := map[string]any{}
	if _, err := toml.Decode(text, &root); err != nil {
		var pe toml.ParseError
		if errors.As(err, &pe) {
			return nil, &ManifestError{File: file, Line: pe.Position.Line, Msg: "not valid TOML: " + pe.Message}
		}
		return nil, &ManifestError{File: file, Msg: "not valid TOML: " + err.Error()}
	}
	return &manifestText{file: file, root: root, lines: tomlLines(text)}, nil
}

// fail makes the error for a path, on its line or that of the nearest table
// around it.
func (t *manifestText) fail(path, format string, args ...any) error {
	e := &ManifestError{File: t.file, At: t.describe(path), Msg: fmt.Sprintf(format, args...)}
	for p := path; p != ""; p = parent(p) {
		if line, ok := t.lines[p]; ok {
			e.Line = line
			break
		}
	}
	return e
}

// parent cuts the last key or index off a path.
func parent(path string) string {
	return path[:max(strings.LastIndexAny(path, ".["), 0)]
}

// describe names the table that a path is in as a reader would: the entry of an
// array of tables by its ID.
func (t *manifestText) describe(path string) string {
	var words []string
	var at any = t.root
	for _, step := range steps(path) {
		switch v := at.(type) {
		case map[string]any:
			at = v[step.key]
			if step.index >= 0 {
				list, ok := at.([]map[string]any)
				if !ok || step.index >= len(list) {
					return strings.Join(words, ", ")
				}
				at = list[step.index]
			}
		default:
			return strings.Join(words, ", ")
		}
		entry, ok := at.(map[string]any)
		switch {
		case !ok:
		case step.index < 0:
			words = append(words, "["+step.key+"]")
		default:
			name := fmt.Sprintf("%s %d", step.key, step.index+1)
			if id, ok := entry["id"].(string); ok {
				name = fmt.Sprintf("%s %q", step.key, id)
			}
			words = append(words, name)
		}
	}
	return strings.Join(words, ", ")
}

// step is one key of a path, with its index or -1.
type step struct {
	key   string
	index int
}

func steps(path string) []step {
	var out []step
	for _, part := range strings.Split(path, ".") {
		s := step{key: part, index: -1}
		if i := strings.IndexByte(part, '['); i >= 0 {
			s.key = part[:i]
			if _, err := fmt.Sscanf(part[i:], "[%d]", &s.index); err != nil {
				s.index = -1
			}
		}
		out = append(out, s)
	}
	return out
}

// decode fills a struct from the text. Every field must be given unless its tag
// says optional, and every key must be a field: a manifest with a forgotten or
// misspelt value would otherwise run with a zero.
func (t *manifestText) decode(into any) error {
	return t.decodeTable(t.root, reflect.ValueOf(into).Elem(), "")
}

func (t *manifestText) decodeTable(table map[string]any, into reflect.Value, path string) error {
	fields := map[string]reflect.Value{}
	var names, required []string
	var collect func(into reflect.Value)
	collect = func(into reflect.Value) {
		for i := range into.NumField() {
			if into.Type().Field(i).Anonymous { // its keys stand beside the others
				collect(into.Field(i))
				continue
			}
			tag, option, _ := strings.Cut(into.Type().Field(i).Tag.Get("toml"), ",")
			if tag == "" || tag == "-" {
				continue
			}
			fields[tag] = into.Field(i)
			names = append(names, tag)
			if option != "optional" {
				required = append(required, tag)
			}
		}
	}
	collect(into)
	for _, key := range t.keys(table, path) {
		field, ok := fields[key]
		if !ok {
			return t.fail(join(path, key), "unknown key %q; %s", key, suggest(key, names))
		}
		if err := t.decodeValue(table[key], field, join(path, key)); err != nil {
			return err
		}
	}
	for _, name := range required {
		if _, ok := table[name]; !ok {
			return t.fail(path, "key %q is missing; %s", name, example(name, fields[name].Type()))
		}
	}
	return nil
}

// keys lists the keys of a table in the order of the text, so that the first
// mistake is the one reported.
func (t *manifestText) keys(table map[string]any, path string) []string {
	keys := make([]string, 0, len(table))
	for key := range table {
		keys = append(keys, key)
	}
	line := func(key string) int {
		p := join(path, key)
		if n, ok := t.lines[p]; ok {
			return n
		}
		return t.lines[p+"[0]"]
	}
	sort.Slice(keys, func(i, j int) bool {
		if a, b := line(keys[i]), line(keys[j]); a != b {
			return a < b
		}
		return keys[i] < keys[j]
	})
	return keys
}

func (t *manifestText) decodeValue(value any, into reflect.Value, path string) error {
	wrong := func() error {
		key := path[strings.LastIndexByte(path, '.')+1:]
		return t.fail(path, "%s is %s; %s", key, kindOf(value), example(key, into.Type()))
	}
	switch into.Kind() {
	case reflect.String:
		v, ok := value.(string)
		if !ok {
			return wrong()
		}
		into.SetString(v)
	case reflect.Bool:
		v, ok := value.(bool)
		if !ok {
			return wrong()
		}
		into.SetBool(v)
	case reflect.Int:
		v, ok := value.(int64)
		if !ok || v > math.MaxInt32 || v < math.MinInt32 {
			return wrong()
		}
		into.SetInt(v)
	case reflect.Float64:
		switch v := value.(type) {
		case float64:
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return wrong()
			}
			into.SetFloat(v)
		case int64:
			into.SetFloat(float64(v))
		default:
			return wrong()
		}
	case reflect.Struct:
		v, ok := value.(map[string]any)
		if !ok {
			return wrong()
		}
		return t.decodeTable(v, into, path)
	case reflect.Map: // of structs, by name
		v, ok := value.(map[string]any)
		if !ok {
			return wrong()
		}
		into.Set(reflect.MakeMap(into.Type()))
		for _, key := range t.keys(v, path) {
			element := reflect.New(into.Type().Elem()).Elem()
			if err := t.decodeValue(v[key], element, join(path, key)); err != nil {
				return err
			}
			into.SetMapIndex(reflect.ValueOf(key), element)
		}
	case reflect.Slice:
		var list []any
		switch v := value.(type) {
		case []any:
			list = v
		case []map[string]any:
			for _, m := range v {
				list = append(list, m)
			}
		default:
			return wrong()
		}
		into.Set(reflect.MakeSlice(into.Type(), len(list), len(list)))
		for i, v := range list {
			if err := t.decodeValue(v, into.Index(i), fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
	default:
		panic("report: manifest field of unsupported type " + into.Type().String())
	}
	return nil
}

// kindOf says what a value is, with the value where it is short.
func kindOf(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("the string %q", v)
	case int64, float64, bool:
		return fmt.Sprintf("%v", v)
	case map[string]any:
		return "a table"
	case []any, []map[string]any:
		return "a list"
	}
	return fmt.Sprintf("a %T", value)
}

// example says how a value of the type is written.
func example(key string, typ reflect.Type) string {
	key = strings.TrimRight(key, "[]0123456789")
	switch typ.Kind() {
	case reflect.String:
		return fmt.Sprintf("write a string: %s = \"…\"", key)
	case reflect.Bool:
		return fmt.Sprintf("write %s = true or %s = false", key, key)
	case reflect.Int:
		return fmt.Sprintf("write a whole number: %s = 3", key)
	case reflect.Float64:
		return fmt.Sprintf("write a finite number: %s = 0.1", key)
	case reflect.Struct, reflect.Map:
		return fmt.Sprintf("write a table: %s = { … }", key)
	}
	if typ.Elem().Kind() == reflect.Struct {
		return fmt.Sprintf("write one [[…%s]] for each", key)
	}
	return fmt.Sprintf("write a list: %s = […]", key)
}

// suggest names the known word that is nearest to a wrong one.
func suggest(wrong string, known []string) string {
	best, distance := "", 4
	for _, k := range known {
		if d := editDistance(strings.ToLower(wrong), strings.ToLower(k)); d < distance && d <= (len(k)+1)/2 {
			best, distance = k, d
		}
	}
	if best == "" {
		sorted := append([]string(nil), known...)
		sort.Strings(sorted)
		if len(sorted) > 12 {
			sorted = append(sorted[:12], "…")
		}
		return "known are " + strings.Join(sorted, ", ")
	}
	return fmt.Sprintf("did you mean %q?", best)
}

// editDistance counts insertions, deletions, substitutions and swaps of
// neighbours (optimal string alignment), in bytes.
func editDistance(a, b string) int {
	if len(a) > 64 || len(b) > 64 { // no name of ours is that long
		return 64
	}
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
