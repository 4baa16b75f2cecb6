package compute

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
)

// encode returns the stored form of a result.
func encode[T any](v T) ([]byte, error) {
	m, binary := any(v).(encoding.BinaryMarshaler)
	if !binary {
		m, binary = any(&v).(encoding.BinaryMarshaler)
	}
	if !binary {
		return json.Marshal(v)
	}
	return m.MarshalBinary()
}

// decode reads what encode wrote. The bytes may be anybody's: a wrong one is an
// error, and a panic of a result's own decoder is one too.
func decode[T any](b []byte) (v T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("decoding a %T: %v", v, r)
		}
	}()
	target := any(&v)
	if t := reflect.TypeFor[T](); t.Kind() == reflect.Pointer {
		v = reflect.New(t.Elem()).Interface().(T)
		target = any(v)
	}
	if u, ok := target.(encoding.BinaryUnmarshaler); ok {
		return v, u.UnmarshalBinary(b)
	}
	if _, ok := target.(encoding.BinaryMarshaler); ok {
		return v, fmt.Errorf("%T has MarshalBinary but no UnmarshalBinary", v)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	// The code hash changes with the type, so a field we do not know is not ours.
	d.DisallowUnknownFields()
	if err := d.Decode(target); err != nil {
		return v, err
	}
	if _, err := d.Token(); err != io.EOF {
		return v, errors.New("bytes after the result's end")
	}
	// JSON without a field decodes too, to a zero that no task came to.
	if again, err := encode(v); err != nil || !bytes.Equal(again, b) {
		return v, errors.New("not what a task's result is encoded to")
	}
	return v, nil
}
