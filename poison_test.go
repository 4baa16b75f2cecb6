package main

import (
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// hostileText is what ends elements, attributes and strings, turns the direction of
// writing, and means something in Markdown and in templates.
const hostileText = "</script><script>pwned=1</script><img src=x onerror=pwned=1>\"'`&amp;{b} | *x* [y](javascript:pwned=1) \u202e\u200f {{x}} <!--"

// The texts of a manifest that end on a page: a line with one of them, or with an element
// of a list of them.
var (
	manifestText = regexp.MustCompile(`(?m)^((?:title|label|note|shows|stand_in|text|what|why|reason|group|head|summary|shared_why) = )"([^"].*)"$`)
	manifestList = regexp.MustCompile(`(?m)^(  )"([^"].*)",$`)
)

// poison FROM TO appends hostile text to the texts of a manifest, and 10 kB to the names
// of two objectives.
func poison(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: poison FROM TO")
	}
	text := ts.ReadFile(args[0])
	places := 0
	for _, re := range []*regexp.Regexp{manifestText, manifestList} {
		text = re.ReplaceAllStringFunc(text, func(line string) string {
			places++
			m := re.FindStringSubmatch(line)
			end := strings.TrimPrefix(line, m[1]+`"`+m[2]+`"`)
			return m[1] + `"` + m[2] + strings.Trim(strconv.Quote(hostileText), `"`) + `"` + end
		})
	}
	for _, label := range []string{"Softmax", "Label smoothing"} {
		text = strings.Replace(text, `label = "`+label, `label = "`+label+strings.Repeat("ß", 5000), 1)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o666))
	ts.Logf("%d texts are poisoned", places)
}
