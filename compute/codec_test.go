package compute

import (
	"encoding/binary"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
)

// point has a binary form on its pointer, as results with big arrays do.
type point struct{ x, y uint32 }

func (p *point) MarshalBinary() ([]byte, error) {
	return binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, p.x), p.y), nil
}

func (p *point) UnmarshalBinary(b []byte) error {
	if len(b) < 8 {
		return errors.New("short")
	}
	p.x, p.y = binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
	if len(b) > 8 {
		panic("a decoder with a bug")
	}
	return nil
}

type oneWay struct{}

func (oneWay) MarshalBinary() ([]byte, error) { return nil, nil }

type plain struct {
	A float64
	B []string `json:",omitempty"`
}

func roundTrip[T any](t *testing.T, v T) {
	t.Helper()
	b, err := encode(v)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := decode[T](b); err != nil || !reflect.DeepEqual(got, v) {
		t.Errorf("%+v came back as %+v, %v", v, got, err)
	}
}

func TestCodec(t *testing.T) {
	roundTrip(t, point{1, 2})
	roundTrip(t, &point{1, 2})
	roundTrip(t, plain{A: 0.1, B: []string{"x"}})
	roundTrip(t, &plain{A: 1e300})
	roundTrip(t, map[string]float64{"b": 1, "a": -0.5})
	roundTrip(t, 3)
	if b, _ := encode(point{1, 2}); len(b) != 8 {
		t.Errorf("a point is encoded as %q", b)
	}
	if _, err := encode(plain{A: math.NaN()}); err == nil {
		t.Error("a NaN went through JSON")
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, f := range map[string]func() error{
		"short":           func() error { _, err := decode[point](make([]byte, 3)); return err },
		"panic":           func() error { _, err := decode[*point](make([]byte, 99)); return err },
		"unknown field":   func() error { _, err := decode[plain]([]byte(`{"C":1}`)); return err },
		"more":            func() error { _, err := decode[plain]([]byte(`{"A":1}{}`)); return err },
		"no way back":     func() error { _, err := decode[oneWay](nil); return err },
		"nothing at all":  func() error { _, err := decode[plain](nil); return err },
		"very deep":       func() error { _, err := decode[any]([]byte(strings.Repeat("[", 1<<20))); return err },
		"a field is gone": func() error { _, err := decode[plain]([]byte(`{}`)); return err },
		"null":            func() error { _, err := decode[plain]([]byte(`null`)); return err },
		"null, a pointer": func() error { _, err := decode[*plain]([]byte(`null`)); return err },
		"blanks":          func() error { _, err := decode[plain]([]byte(`{"A": 1}`)); return err },
		"other case":      func() error { _, err := decode[plain]([]byte(`{"a":1}`)); return err },
		"twice":           func() error { _, err := decode[plain]([]byte(`{"A":1,"A":1}`)); return err },
		"other JSON type": func() error { _, err := decode[*plain]([]byte(`[]`)); return err },
	} {
		if f() == nil {
			t.Errorf("%s: decoded", name)
		}
	}
}

func TestSizeOf(t *testing.T) {
	shared := make([]float32, 1000)
	for want, v := range map[int64]any{
		0:             nil,
		8:             3,
		24 + 4000:     shared,
		24 + 24000:    make([][3]float64, 1000),
		24 + 2*16 + 5: []string{"ab", "cde"},
		48 + 4000:     struct{ A, B []float32 }{shared, shared},
		8 + 24 + 80:   &struct{ A []int }{make([]int, 10)},
		12345:         sized{},
	} {
		if got := sizeOf(v); got != want {
			t.Errorf("%T takes %d bytes, want %d", v, got, want)
		}
	}
}

type sized struct{}

func (sized) Bytes() int64 { return 12345 }
