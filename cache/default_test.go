package cache

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestDefault(t *testing.T) {
	t.Setenv(Variable, "some/folder")
	if dir, err := Default(); err != nil || !filepath.IsAbs(dir) || !strings.HasSuffix(dir, filepath.Join("some", "folder")) {
		t.Errorf("%q, %v", dir, err)
	}
	t.Setenv(Variable, "")
	t.Setenv("XDG_CACHE_HOME", "/x")
	t.Setenv("HOME", "/x")
	if dir, err := Default(); err != nil || filepath.Base(dir) != "lossxfer-report" {
		t.Errorf("%q, %v", dir, err)
	}
}

func TestParseKey(t *testing.T) {
	k := entry("a").Key
	if got, err := ParseKey(k.String()); err != nil || got != k {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range []string{"", "a", strings.Repeat("g", 64), strings.Repeat("A", 64), strings.Repeat("0", 63), "../" + strings.Repeat("0", 61)} {
		if _, err := ParseKey(bad); err == nil {
			t.Errorf("%q is taken for a key", bad)
		}
		if _, err := ParseDigest(bad); err == nil {
			t.Errorf("%q is taken for a digest", bad)
		}
	}
}

// No two different lists of parts may have one key, however their texts line up.
func TestKeyOfSeparatesItsParts(t *testing.T) {
	seen := map[Key]int{}
	for i, parts := range [][]Part{
		nil, {{}}, {{"a", ""}}, {{"", "a"}}, {{"a", "b"}}, {{"ab", ""}}, {{"a", ""}, {"b", ""}}, {{"a", "b"}, {}}, {{"b", "a"}},
	} {
		k := KeyOf(parts)
		if other, twice := seen[k]; twice {
			t.Errorf("lists %d and %d have one key", other, i)
		}
		seen[k] = i
	}
}
