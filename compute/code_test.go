package compute

import (
	"maps"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"lossxfer-report/cache"
)

// module is a small module: b imports a and an external package, c stands alone.
var module = map[string]string{
	"go.mod":       "module m\n\ngo 1.26\n\nrequire (\n\texample.com/x v1.0.0\n\texample.com/x/deep v1.2.0\n\texample.com/y v1.0.0\n)\n",
	"go.sum":       "example.com/x v1.0.0 h1:x\nexample.com/x v1.0.0/go.mod h1:xmod\nexample.com/x/deep v1.2.0 h1:deep\nexample.com/y v1.0.0 h1:y\n",
	"a/a.go":       "package a\n\nimport \"math\"\n\n// Half halves.\nfunc Half(x float64) float64 { return x / 2 + math.Pi*0 }\n",
	"a/a_amd64.s":  "// halves\n#include \"textflag.h\"\nTEXT ·half(SB), NOSPLIT, $0-8\n\tMOVQ $\"a//b\", AX // keep\n\tRET\n",
	"a/a_test.go":  "package a\n\nfunc TestHalf() {}\n",
	"a/gen.go":     "//go:build ignore\n\npackage main\n",
	"b/b.go":       "package b\n\nimport (\n\t\"example.com/x/sub\"\n\t\"m/a\"\n)\n\nvar B = a.Half(sub.One)\n",
	"c/c.go":       "package c\n\nimport _ \"embed\"\n\n//go:embed data/*.txt \"one file\"\nvar D string\n\nvar C = `//go:embed no`\n",
	"c/data/1.txt": "1",
	"c/one file":   "2",
	"d/d.go":       "package d\n\nimport \"m/b\"\n",
}

// codeOfModule returns the parts of package pkg after changing the module; an
// empty content removes the file.
func codeOfModule(t *testing.T, pkg string, change map[string]string) (map[string]string, error) {
	t.Helper()
	files := maps.Clone(module)
	maps.Copy(files, change)
	fsys := fstest.MapFS{}
	for name, text := range files {
		if text != "" {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	c, err := NewCode(fsys, "m", "go1.26")
	if err != nil {
		t.Fatal(err)
	}
	parts, err := c.Code("m/" + pkg)
	out := map[string]string{}
	for _, p := range parts {
		out[p.Name] = p.Value
	}
	return out, err
}

func TestCodeHash(t *testing.T) {
	edit := func(name, old, new string) map[string]string {
		if !strings.Contains(module[name], old) {
			t.Fatalf("%s has no %q", name, old)
		}
		return map[string]string{name: strings.Replace(module[name], old, new, 1)}
	}
	for _, c := range []struct {
		name   string
		pkg    string
		change map[string]string
		part   string // the one part that changes, or none
	}{
		{"comment", "b", edit("a/a.go", "Half halves", "Half gives a half"), ""},
		{"new comment", "b", edit("a/a.go", "return", "/* half */ return"), ""},
		{"last comment of a block", "b", edit("a/a.go", "}", "\n\n\t// That was it.\n}\n\n// The end."), ""},
		{"formatting", "b", edit("a/a.go", "{ return x / 2 + math.Pi*0 }", "{\n\n\treturn x/2+math.Pi * 0;\n}"), ""},
		{"go:generate", "b", edit("a/a.go", "// Half", "//go:generate x\n// Half"), ""},
		{"test", "b", edit("a/a_test.go", "{}", "{ panic(1) }"), ""},
		{"generator", "b", edit("a/gen.go", "main", "main\nvar x = 1"), ""},
		{"assembly comment", "b", edit("a/a_amd64.s", "// keep", "/* some\nother */"), ""},
		{"assembly indent", "b", edit("a/a_amd64.s", "\tRET", "\n    RET  "), ""},
		{"other package", "b", edit("c/c.go", "var C", "var X"), ""},
		{"dependent package", "a", edit("b/b.go", "var B", "var X"), ""},
		{"other module", "b", edit("go.sum", "h1:y", "h1:yy"), ""},
		{"go.mod of a module", "b", edit("go.sum", "h1:xmod", "h1:other"), ""},

		{"constant", "b", edit("a/a.go", "/ 2", "/ 3"), "code a"},
		{"constant, two steps away", "d", edit("a/a.go", "/ 2", "/ 3"), "code a"},
		{"name in a string", "a", edit("a/a_amd64.s", "a//b", "a//c"), "code a"},
		{"instruction", "b", edit("a/a_amd64.s", "RET", "NOP"), "code a"},
		{"pragma", "b", edit("a/a.go", "func", "//go:noinline\nfunc"), "code a"},
		{"new file", "b", map[string]string{"a/b.go": "package a\n"}, "code a"},
		{"moved code", "b", map[string]string{"a/a_amd64.s": "", "a/b_amd64.s": module["a/a_amd64.s"]}, "code a"},
		{"external module", "b", edit("go.sum", "h1:x\n", "h1:xx\n"), "module example.com/x"},
		{"embedded file", "c", edit("c/data/1.txt", "1", "2"), "code c"},
		{"embedded file, quoted", "c", edit("c/one file", "2", "1"), "code c"},
		{"new embedded file", "c", map[string]string{"c/data/2.txt": "1"}, "code c"},
		{"raw string", "c", edit("c/c.go", "embed no", "embed yes"), "code c"},
	} {
		was, err := codeOfModule(t, c.pkg, nil)
		if err != nil {
			t.Fatal(err)
		}
		is, err := codeOfModule(t, c.pkg, c.change)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		changed := []string{}
		for name := range was {
			if is[name] != was[name] {
				changed = append(changed, name)
			}
		}
		if got := strings.Join(changed, ", "); got != c.part || len(is) != len(was) {
			t.Errorf("%s: changed %q, want %q", c.name, got, c.part)
		}
	}
}

func TestCodeParts(t *testing.T) {
	parts, err := codeOfModule(t, "d", map[string]string{
		"b/b.go": module["b/b.go"] + "\nimport _ \"example.com/x/deep/er\"\n"})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"go":                        "go1.26",
		"module example.com/x":      "example.com/x v1.0.0 h1:x",
		"module example.com/x/deep": "example.com/x/deep v1.2.0 h1:deep",
	} {
		if parts[name] != want {
			t.Errorf("%s is %q, want %q", name, parts[name], want)
		}
	}
	if len(parts) != 6 { // go, a, b, d and two modules
		t.Errorf("parts: %v", parts)
	}
	replaced, err := codeOfModule(t, "b", map[string]string{
		"go.mod": module["go.mod"] + "replace example.com/x => example.com/y v1.0.0\n"})
	if got := replaced["module example.com/x"]; err != nil || got != "example.com/y v1.0.0 h1:y" {
		t.Errorf("a replaced module is %q, %v", got, err)
	}
}

func TestCodeThatCannotBeHashed(t *testing.T) {
	for _, c := range []struct {
		pkg, want string
		change    map[string]string
	}{
		{"nowhere", "embed the folder in main.go", nil},
		{"d", "m/b", map[string]string{"b/b.go": ""}},
		{"c", `embeds "data/*.txt", which is not in the program's sources`, map[string]string{"c/data/1.txt": ""}},
		{"b", "go.sum has no hash of example.com/x v1.0.0", map[string]string{"go.sum": "x"}},
		{"b", "no module in go.mod has the package example.com/x/sub", map[string]string{"go.mod": "module m\n"}},
		{"a", "a.go:7", map[string]string{"a/a.go": module["a/a.go"] + "var s = \"open\n"}},
	} {
		if _, err := codeOfModule(t, c.pkg, c.change); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", c.pkg, err, c.want)
		}
	}
}

// The module's own sources, as they lie around this test, can all be hashed, and
// what carries results does not count as code of what makes them.
func TestCodeOfThisModule(t *testing.T) {
	c, err := NewCode(os.DirFS(".."), "lossxfer-report", runtime.Version())
	if err != nil {
		t.Fatal(err)
	}
	parts, err := c.Code("lossxfer-report/compute/random")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range parts {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, ", "); got != "go, code compute/elementary, code compute/random" {
		t.Errorf("compute/random depends on %s", got)
	}
	if parts, err := c.Code("lossxfer-report/compute"); err != nil || len(parts) != 1 {
		t.Errorf("compute depends on %v, %v", parts, err)
	}
	if _, err := NewPlan(c).code.Code("lossxfer-report/cache"); err != nil {
		t.Error(err)
	}
}

func FuzzStripGo(f *testing.F) {
	for _, text := range module {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		stripGo("x.go", text)
		stripAssembly(text)
	})
}

// BenchmarkCode times hashing all the code that results depend on, once.
func BenchmarkCode(b *testing.B) {
	for b.Loop() {
		c, err := NewCode(os.DirFS(".."), "lossxfer-report", runtime.Version())
		if err != nil {
			b.Fatal(err)
		}
		for _, pkg := range []string{"data", "train", "probe", "represent"} {
			if _, err := c.Code("lossxfer-report/compute/" + pkg); err != nil {
				b.Fatal(err)
			}
		}
	}
}

var _ CodeHasher = (*Code)(nil)
var _ cache.Store = (*counting)(nil)
