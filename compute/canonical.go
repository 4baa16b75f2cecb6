package compute

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
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
	b, err := appendValue(nil, v)
	return string(b), err
}

func appendValue(b []byte, v reflect.Value) ([]byte, error) {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.AppendUint(b, v.Uint(), 10), nil
	case reflect.Float32, reflect.Float64:
		f := v.Float()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return b, fmt.Errorf("is %v", f)
		}
		if f == 0 {
			f = 0 // −0
		}
		return strconv.AppendFloat(b, f, 'g', -1, v.Type().Bits()), nil
	case reflect.String:
		s, err := json.Marshal(v.String())
		return append(b, s...), err
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, "null"...), nil
		}
		return appendValue(b, v.Elem())
	case reflect.Slice, reflect.Array:
		return appendList(b, v)
	case reflect.Map:
		return appendMap(b, v)
	case reflect.Struct:
		return appendStruct(b, v)
	}
	return b, fmt.Errorf("is a %s, which has no canonical form", v.Type())
}

func appendList(b []byte, v reflect.Value) ([]byte, error) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		raw := make([]byte, v.Len())
		for i := range raw {
			raw[i] = byte(v.Index(i).Uint())
		}
		return append(append(append(b, '"'), hex.EncodeToString(raw)...), '"'), nil
	}
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendValue(b, v.Index(i)); err != nil {
			return b, fmt.Errorf("[%d] %w", i, err)
		}
	}
	return append(b, ']'), nil
}

func appendMap(b []byte, v reflect.Value) ([]byte, error) {
	if v.Type().Key().Kind() != reflect.String {
		return b, fmt.Errorf("is a %s: only maps from strings have a canonical form", v.Type())
	}
	keys := v.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	return appendObject(b, len(keys), func(i int) (string, reflect.Value) {
		return keys[i].String(), v.MapIndex(keys[i])
	})
}

func appendStruct(b []byte, v reflect.Value) ([]byte, error) {
	fields, err := fieldsOf(v.Type())
	if err != nil {
		return b, err
	}
	used := make([]field, 0, len(fields))
	for _, f := range fields {
		if !empty(v.Field(f.index)) {
			used = append(used, f)
		}
	}
	return appendObject(b, len(used), func(i int) (string, reflect.Value) {
		return used[i].name, v.Field(used[i].index)
	})
}

func appendObject(b []byte, n int, member func(int) (string, reflect.Value)) ([]byte, error) {
	b = append(b, '{')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		name, v := member(i)
		quoted, err := json.Marshal(name)
		if err != nil {
			return b, err
		}
		b = append(append(b, quoted...), ':')
		if b, err = appendValue(b, v); err != nil {
			return b, fmt.Errorf("%s: %w", name, err)
		}
	}
	return append(b, '}'), nil
}

// empty reports whether a field is left out. Unlike a nil pointer, a pointer to
// zero is not empty: it says that the value was given.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Float32, reflect.Float64:
		return v.Float() == 0
	case reflect.Struct:
		fields, err := fieldsOf(v.Type())
		for _, f := range fields {
			if !empty(v.Field(f.index)) {
				return false
			}
		}
		return err == nil // or let it be found and reported
	case reflect.Array:
		for i := range v.Len() {
			if !empty(v.Index(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

var fieldCache sync.Map // reflect.Type → []field

// field is an exported field and the name it goes by.
type field struct {
	name  string
	index int
}

// fieldsOf returns the fields of a struct type that enter a key, by name.
func fieldsOf(t reflect.Type) ([]field, error) {
	if have, ok := fieldCache.Load(t); ok {
		return have.([]field), nil
	}
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
		out = append(out, field{name, i})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	for i := 1; i < len(out); i++ {
		if out[i].name == out[i-1].name {
			return nil, fmt.Errorf("%s has two fields named %q", t, out[i].name)
		}
	}
	fieldCache.Store(t, out)
	return out, nil
}
