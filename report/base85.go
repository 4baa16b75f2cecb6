package report

import (
	"encoding/binary"
	"fmt"
)

// Packed data stands on the page in 85 characters, five for every four bytes: a sixteenth
// less than base64. None of them means anything in HTML, in a script element or in a
// string of JSON. A last group of fewer bytes has one character more than bytes.
const alphabet85 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-:+=^!/*?()[]{}@%$#_~,"

func encode85(data []byte) string {
	out := make([]byte, 0, (len(data)+3)/4*5)
	for len(data) > 0 {
		var group [4]byte
		n := copy(group[:], data)
		data = data[n:]
		v := binary.BigEndian.Uint32(group[:])
		var digits [5]byte
		for i := 4; i >= 0; i-- {
			digits[i] = alphabet85[v%85]
			v /= 85
		}
		out = append(out, digits[:n+1]...)
	}
	return string(out)
}

func decode85(text string) ([]byte, error) {
	var value [256]int
	for i := range value {
		value[i] = -1
	}
	for i := range len(alphabet85) {
		value[alphabet85[i]] = i
	}
	out := make([]byte, 0, len(text)/5*4+4)
	for at := 0; at < len(text); at += 5 {
		n := min(5, len(text)-at)
		v := uint64(0)
		for i := range 5 {
			digit := 84 // what a short group is filled with
			if i < n {
				digit = value[text[at+i]]
			}
			if digit < 0 {
				return nil, fmt.Errorf("character %d is none of base85", at+i+1)
			}
			v = v*85 + uint64(digit)
		}
		if n == 1 || v>>32 != 0 {
			return nil, fmt.Errorf("the group at character %d is none of base85", at+1)
		}
		out = append(out, binary.BigEndian.AppendUint32(nil, uint32(v))[:n-1]...)
	}
	return out, nil
}
