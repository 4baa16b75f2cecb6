package compute

import "reflect"

// Sized is a transient result that knows how many bytes of memory it takes.
type Sized interface{ Bytes() int64 }

// sizeOf estimates the memory of a value in bytes: the backing arrays of slices
// and strings, through pointers and structs. Slices of plain numbers are not
// walked.
func sizeOf(v any) int64 {
	if s, ok := v.(Sized); ok {
		return s.Bytes()
	}
	if v == nil {
		return 0
	}
	r := reflect.ValueOf(v)
	return int64(r.Type().Size()) + behind(r, map[uintptr]bool{})
}

// behind returns the bytes that a value points to, each pointer counted once.
func behind(v reflect.Value, seen map[uintptr]bool) (n int64) {
	switch v.Kind() {
	case reflect.String:
		return int64(v.Len())
	case reflect.Pointer:
		if v.IsNil() || seen[v.Pointer()] {
			return 0
		}
		seen[v.Pointer()] = true
		return int64(v.Type().Elem().Size()) + behind(v.Elem(), seen)
	case reflect.Interface:
		if v.IsNil() {
			return 0
		}
		return int64(v.Elem().Type().Size()) + behind(v.Elem(), seen)
	case reflect.Slice:
		if v.IsNil() || v.Len() > 0 && seen[v.Pointer()] {
			return 0
		}
		seen[v.Pointer()] = true
		n = int64(v.Cap()) * int64(v.Type().Elem().Size())
		fallthrough
	case reflect.Array:
		if !flat(v.Type().Elem()) {
			for i := range v.Len() {
				n += behind(v.Index(i), seen)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			n += behind(v.Field(i), seen)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			n += int64(it.Key().Type().Size()+it.Value().Type().Size()) + behind(it.Key(), seen) + behind(it.Value(), seen)
		}
	}
	return n
}

// flat reports whether values of a type point to nothing.
func flat(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.String, reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		return false
	case reflect.Array:
		return flat(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if !flat(t.Field(i).Type) {
				return false
			}
		}
	}
	return true
}
