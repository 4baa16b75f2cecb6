package arrays

import "math"

// integers decodes elements into dst[0], dst[stride], dst[2·stride], … It returns
// the number of the first element that int64 cannot hold or that is no truth
// value, or -1.
func (l layout) integers(raw []byte, dst []int64, stride int) int {
	at := 0
	size := l.dtype.size
	for i := 0; len(raw) >= size; i, raw = i+1, raw[size:] {
		var u uint64
		switch size {
		case 1:
			u = uint64(raw[0])
		case 2:
			u = uint64(l.order.Uint16(raw))
		case 4:
			u = uint64(l.order.Uint32(raw))
		case 8:
			u = l.order.Uint64(raw)
		}
		v := int64(u)
		switch l.dtype.kind {
		case signed:
			unused := 64 - 8*size
			v = v << unused >> unused
		case unsigned:
			if u > math.MaxInt64 {
				return i
			}
		case boolean:
			if u > 1 {
				return i
			}
		}
		dst[at] = v
		at += stride
	}
	return -1
}
