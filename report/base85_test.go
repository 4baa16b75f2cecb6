package report

import (
	"bytes"
	"strings"
	"testing"
)

func TestBase85(t *testing.T) {
	if len(alphabet85) != 85 {
		t.Fatalf("%d characters", len(alphabet85))
	}
	for i := range alphabet85 {
		if strings.IndexByte(alphabet85, alphabet85[i]) != i || strings.IndexByte("<>&\"'\\` ", alphabet85[i]) >= 0 {
			t.Errorf("character %q has no place in it", alphabet85[i])
		}
	}
	for _, bad := range []string{"0", "000000", "~~~~~", "0000 ", "00\xff00"} {
		if out, err := decode85(bad); err == nil {
			t.Errorf("%q is read as %x", bad, out)
		}
	}
}

func FuzzBase85(f *testing.F) {
	for _, s := range []string{"", "a", "ab", "abc", "abcd", "abcde", "\xff\xff\xff\xff\xff", "\x00\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text := encode85(data)
		if out, err := decode85(text); err != nil || !bytes.Equal(out, data) {
			t.Errorf("%x is written %q and read %x, %v", data, text, out, err)
		}
		_, _ = decode85(string(data))
	})
}
