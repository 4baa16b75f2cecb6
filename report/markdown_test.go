package report

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// readBack shows a line of Markdown as text, the way a code host would.
func readBack(t *testing.T, source string) string {
	t.Helper()
	var b strings.Builder
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(source), &b); err != nil {
		t.Fatal(err)
	}
	s := strings.TrimSpace(b.String())
	s = strings.TrimSuffix(strings.TrimPrefix(s, "<p>"), "</p>")
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(s)
}

func TestEscapedMarkdownReadsAsItIs(t *testing.T) {
	for _, text := range []string{
		"plain", "*x* _y_ `z`", "a | b", "1. April", "12) x", "- x", "+ x", "# x", "> x", "===", "---", "***", "~~x~~",
		"[x](y)", "![x](y)", "<b>x</b>", "&amp;", `\`, `\*`, "$x$", "www.example.org", "https://example.org/", "a@b.org",
		"@someone", "#12", "2.5 points", "±0.4", "```", "    code", "a  b",
	} {
		want := strings.Join(strings.Fields(text), " ")
		got := readBack(t, escapeMarkdown(text))
		if strings.HasPrefix(got, "<a href") {
			// A bare address may become a link to itself.
			continue
		}
		if got != want {
			t.Errorf("%q reads %q, escaped %q", text, got, escapeMarkdown(text))
		}
	}
}

func FuzzEscapeMarkdown(f *testing.F) {
	for _, s := range []string{"", "a|b", "1. x", "<x>", "\\", "\x00", "a\nb", "-", "`"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := &markdown{}
		m.table([]string{s, "b"}, [][]string{{s, s}, {"x", s}}, 1)
		var b strings.Builder
		if err := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Convert([]byte(m.b.String()), &b); err != nil {
			t.Fatal(err)
		}
		html := b.String()
		if strings.Count(html, "<td") != 4 || strings.Count(html, "<th ") != 2 {
			t.Errorf("%q breaks the table:\n%s\n%s", s, m.b.String(), html)
		}
		for _, tag := range []string{"<em", "<code", "<a ", "<strong", "<del", "<img"} {
			if strings.Contains(html, tag) {
				t.Errorf("%q becomes %s: %s", s, tag, html)
			}
		}
	})
}

func TestMarkdownShowsEverything(t *testing.T) {
	r := sampleReport(t)
	out := render(t, r)
	text := string(out.Markdown)
	for name := range out.Figures {
		if !strings.Contains(text, "](figures/"+name+")") {
			t.Errorf("%s is not shown", name)
		}
	}
	for _, want := range []string{
		"# Why Do Better Loss Functions", "### Table 1. ", "**97.2 ± 0.5**", "*96.4 ± 0.5*", `0.349 ± 0.0002\]`, "*diverged*",
		"> **not built yet**", "> **incomplete: 11 of 27 tasks have not run yet**", "✗ not reproduced", "n = 2",
		"On the paper's own numbers: holds",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("report.md does not say %q", want)
		}
	}
}
