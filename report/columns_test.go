package report

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// indented is a text as report.json is written.
func indented(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace([]byte(text)), "", " "); err != nil {
		t.Fatal(err)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

var columnTexts = []string{
	`{}`, `[]`, `0`, `"a"`, `[[],[[]],{}]`, `{"a":{"b":[1,2,{"a":[]}]},"c":null}`,
	`[{"a":1},{"b":2,"a":3},{"a":"x"},[1],"{","[3"]`,
	`{"a\"b,":"\\","c\u003cd":["\"",",","\n"]}`,
	`["00ff00ff","00000000","ffffffff"]`, `["00ff00ff","00000000","fffffffff"]`, `["00FF00ff","00000000"]`,
	`[100,101,102,250,3]`, `[9007199254740993,9007199254740994]`, `[-0,100000,100000]`, `[1.5,1e-7,-2]`,
}

func TestColumnsGiveTheTextBack(t *testing.T) {
	for _, text := range append(columnTexts, string(encoded(t, sampleReport(t)))) {
		columns, err := toColumns([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got, err := fromColumns(columns, maxEmbedded)
		if want := indented(t, text); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%.60s came back as %.60s, %v", text, got, err)
		}
	}
}

func encoded(t testing.TB, r *Report) []byte {
	t.Helper()
	data, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What stands together is written shorter: digests as bytes, indices as differences.
func TestColumnsAreShort(t *testing.T) {
	for text, most := range map[string]int{
		"[" + strings.Repeat(`"0123456789abcdef0123456789abcdef",`, 99) + `"0123456789abcdef0123456789abcdef"]`: 1630,
		"[" + strings.Repeat(`123456,`, 99) + `123456]`:                                                         240,
		"[" + strings.Repeat(`{"key":1},`, 99) + `{"key":1}]`:                                                   930,
	} {
		columns, err := toColumns([]byte(text))
		if err != nil || len(columns) > most {
			t.Errorf("%.40s…: %d bytes in columns, more than %d; %v", text, len(columns), most, err)
		}
	}
}

func TestColumnsOfNoJSON(t *testing.T) {
	for _, text := range []string{"", "{", "[1", `{"a"}`, `{"a":1 "b":2}`, `"a`, `"\\`, `{"\\`, `[,]`, `{} {}`, `{a:1}`} {
		if _, err := toColumns([]byte(text)); err == nil {
			t.Errorf("%q is cut up without an error", text)
		}
	}
}

func TestDamagedColumns(t *testing.T) {
	deep := "[0,0," + "2]\n["
	for _, columns := range []string{
		"", "[]\n", "[0,0,2]\n", "[0,0]\n1\n", "[0,0,2]\n1", "[0,0,2]\n1\n1\n", "[0,0,4]\n1\n2\n", "[7,0,2]\n1\n", "[0,0,-1]\n",
		"[0,0,3]\n[1\n", "[0,0,3]\n[x\n", "[0,0,5]\n{\"a\"\n", "[0,0,3]\n{a\n", "[0,0,7]\n{\"a\"\"b\n", "[1,0,2]\nab", "[1,3,2]\nab", "[2,0,2]\nx\n", deep,
		"[0,0,99]\n1\n", "[0,0,2,0,0,2]\n1\n1\n",
	} {
		if text, err := fromColumns([]byte(columns), 1000); err == nil {
			t.Errorf("%q is read as %q", columns, text)
		}
	}
	if _, err := fromColumns([]byte("[0,0,6]\n12345\n"), 4); err == nil {
		t.Error("more than the bound")
	}
}

// Columns and a page around them that promise more than they have cost little.
func TestPageReaderIsBounded(t *testing.T) {
	_, html := verifiable(t)
	from := bytes.Index(html, []byte(embeddedOpen))
	part := html[from : from+bytes.Index(html[from:], []byte(embeddedClose))+len(embeddedClose)]
	data, err := ExtractJSON(part)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 6))
	const tries = 300
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range tries {
		forged := bytes.Clone(part)
		for range 1 + r.IntN(8) {
			forged[len(embeddedOpen)+r.IntN(len(part)-len(embeddedOpen)-len(embeddedClose))] ^= byte(1 + r.IntN(255))
		}
		ExtractJSON(forged)
	}
	runtime.ReadMemStats(&after)
	if each := (after.TotalAlloc - before.TotalAlloc) / tries; each > uint64(20*len(data)) {
		t.Errorf("reading %d bytes of a page with %d bytes of data allocates %d", len(part), len(data), each)
	}
	for _, columns := range []string{
		"[1,8,-1]\n", "[1,1152921504606846976,4]\nabcd", "[0,0,9223372036854775807]\n", "[0,0,4,0,0,0]\n[]\n\n",
	} {
		runtime.ReadMemStats(&before)
		if _, err := fromColumns([]byte(columns), 1<<20); err == nil {
			t.Errorf("%q were put together", columns)
		}
		if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 1<<20 {
			t.Errorf("%q allocate %d bytes", columns, after.TotalAlloc-before.TotalAlloc)
		}
	}
}

func FuzzColumns(f *testing.F) {
	for _, text := range columnTexts {
		columns, err := toColumns([]byte(text))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(columns, []byte(text))
	}
	f.Fuzz(func(t *testing.T, columns, text []byte) {
		const most = 1 << 20
		// Damaged columns give an error or a text, never more than the bound and its brackets.
		if out, err := fromColumns(columns, most); err == nil && len(out) > 2*most+len(columns) {
			t.Errorf("%d bytes", len(out))
		}
		if !json.Valid(text) || bytes.ContainsAny(text, "\t\r") || len(text) > most {
			return
		}
		out, err := toColumns(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if back, err := fromColumns(out, 200*most); err != nil || !bytes.Equal(back, indented(t, string(text))) {
			t.Errorf("%q came back as %q, %v", text, back, err)
		}
	})
}
