package compute

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
)

// canonical returns the JSON form of a task that enters its key: fields by name,
// not by place; zero fields left out, at every depth; −0 as 0; bytes in
// hexadecimal. A field tagged `json:"-"` does not enter, and so must not change
// the result. Whatever cannot be told apart from its JSON (functions,
// interfaces, unexported fields, NaN) is an error that names the field.
func canonical(v reflect.Value) (string, error) {
	b, err := formOf(v.Type()).write(make([]byte, 0, 1024), v)
	return string(b), err
}

// form is how values of a type are written. It is found once for a type, because a
// plan writes thousands of values of a few types.
type form struct {
	write func(b []byte, v reflect.Value) ([]byte, error)
	empty func(v reflect.Value) bool // a field that is left out
}

var forms sync.Map // reflect.Type → *form

func formOf(t reflect.Type) *form {
	if have, ok := forms.Load(t); ok {
		return have.(*form)
	}
	have, _ := forms.LoadOrStore(t, newForm(t))
	return have.(*form)
}

func newForm(t reflect.Type) *form {
	f := &form{empty: reflect.Value.IsZero}
	switch t.Kind() {
	case reflect.Bool:
		f.write = func(b []byte, v reflect.Value) ([]byte, error) { return strconv.AppendBool(b, v.Bool()), nil }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		f.write = func(b []byte, v reflect.Value) ([]byte, error) { return strconv.AppendInt(b, v.Int(), 10), nil }
		f.empty = func(v reflect.Value) bool { return v.Int() == 0 }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		f.write = func(b []byte, v reflect.Value) ([]byte, error) { return strconv.AppendUint(b, v.Uint(), 10), nil }
	case reflect.Float32, reflect.Float64:
		bits := t.Bits()
		f.write = func(b []byte, v reflect.Value) ([]byte, error) { return appendFloat(b, v.Float(), bits) }
		f.empty = func(v reflect.Value) bool { return v.Float() == 0 }
	case reflect.String:
		f.write = func(b []byte, v reflect.Value) ([]byte, error) { return appendQuoted(b, v.String()) }
		f.empty = func(v reflect.Value) bool { return v.Len() == 0 }
	case reflect.Pointer:
		// A type may point to itself, so what it points to is looked up when met.
		// Unlike nil, a pointer to zero is not empty: it says that the value was given.
		f.write = func(b []byte, v reflect.Value) ([]byte, error) {
			if v.IsNil() {
				return append(b, "null"...), nil
			}
			return formOf(t.Elem()).write(b, v.Elem())
		}
	case reflect.Slice:
		f.write = listWriter(t)
		f.empty = func(v reflect.Value) bool { return v.Len() == 0 }
	case reflect.Array:
		element := formOf(t.Elem())
		f.write = listWriter(t)
		f.empty = func(v reflect.Value) bool {
			for i := range v.Len() {
				if !element.empty(v.Index(i)) {
					return false
				}
			}
			return true
		}
	case reflect.Map:
		f.write = writeMap
		f.empty = func(v reflect.Value) bool { return v.Len() == 0 }
	case reflect.Struct:
		return structForm(t)
	default:
		f.write = func(b []byte, _ reflect.Value) ([]byte, error) {
			return b, fmt.Errorf("is a %s, which has no canonical form", t)
		}
	}
	return f
}

func appendFloat(b []byte, f float64, bits int) ([]byte, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return b, fmt.Errorf("is %v", f)
	}
	if f == 0 {
		f = 0 // −0
	}
	return strconv.AppendFloat(b, f, 'g', -1, bits), nil
}

// appendQuoted writes a string as encoding/json does.
func appendQuoted(b []byte, s string) ([]byte, error) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || strings.IndexByte(`"\<>&`, c) >= 0 {
			q, err := json.Marshal(s)
			return append(b, q...), err
		}
	}
	return append(append(append(b, '"'), s...), '"'), nil
}

func listWriter(t reflect.Type) func([]byte, reflect.Value) ([]byte, error) {
	if t.Elem().Kind() == reflect.Uint8 {
		return func(b []byte, v reflect.Value) ([]byte, error) {
			raw := make([]byte, v.Len())
			for i := range raw {
				raw[i] = byte(v.Index(i).Uint())
			}
			return append(hex.AppendEncode(append(b, '"'), raw), '"'), nil
		}
	}
	return func(b []byte, v reflect.Value) ([]byte, error) {
		element := formOf(t.Elem())
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			var err error
			if b, err = element.write(b, v.Index(i)); err != nil {
				return b, fmt.Errorf("[%d] %w", i, err)
			}
		}
		return append(b, ']'), nil
	}
}

func writeMap(b []byte, v reflect.Value) ([]byte, error) {
	if v.Type().Key().Kind() != reflect.String {
		return b, fmt.Errorf("is a %s: only maps from strings have a canonical form", v.Type())
	}
	element := formOf(v.Type().Elem())
	keys := v.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	b = append(b, '{')
	for i, key := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendQuoted(b, key.String()); err != nil {
			return b, err
		}
		if b, err = element.write(append(b, ':'), v.MapIndex(key)); err != nil {
			return b, fmt.Errorf("%s: %w", key.String(), err)
		}
	}
	return append(b, '}'), nil
}

// structForm writes the fields that are not empty, by name.
func structForm(t reflect.Type) *form {
	fields, err := fieldsOf(t)
	if err != nil {
		return &form{
			write: func(b []byte, _ reflect.Value) ([]byte, error) { return b, err },
			empty: func(reflect.Value) bool { return false }, // so that it is found and reported
		}
	}
	write := func(b []byte, v reflect.Value) ([]byte, error) {
		b = append(b, '{')
		first := len(b)
		for i := range fields {
			f := &fields[i]
			member := v.Field(f.index)
			if f.empty(member) {
				continue
			}
			if len(b) > first {
				b = append(b, ',')
			}
			var err error
			if b, err = f.write(append(b, f.quoted...), member); err != nil {
				return b, fmt.Errorf("%s: %w", f.name, err)
			}
		}
		return append(b, '}'), nil
	}
	return &form{write: write, empty: func(v reflect.Value) bool {
		for i := range fields {
			if !fields[i].empty(v.Field(fields[i].index)) {
				return false
			}
		}
		return true
	}}
}

// field is an exported field and the name it goes by.
type field struct {
	*form
	name   string
	quoted string // the name as a key of JSON, with its colon
	index  int
}

// fieldsOf returns the fields of a struct type that enter a key, by name.
func fieldsOf(t reflect.Type) ([]field, error) {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		if !f.IsExported() && !f.Anonymous { // the fields of an embedded type are visible
			return nil, fmt.Errorf("%s has the unexported field %s, which a key cannot see: export it, or tag it `json:\"-\"` if it cannot change the result", t, f.Name)
		}
		if name == "" {
			name = f.Name
		}
		quoted, err := appendQuoted(nil, name)
		if err != nil {
			return nil, err
		}
		out = append(out, field{formOf(f.Type), name, string(quoted) + ":", i})
	}
	slices.SortFunc(out, func(a, b field) int { return strings.Compare(a.name, b.name) })
	for i := 1; i < len(out); i++ {
		if out[i].name == out[i-1].name {
			return nil, fmt.Errorf("%s has two fields named %q", t, out[i].name)
		}
	}
	return out, nil
}
