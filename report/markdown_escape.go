package report

import (
	"strconv"
	"strings"
)

// special are the characters that mean something in GitHub's Markdown within a line.
const special = "\\`*_{}[]<>|~#&$@!"

// escapeMarkdown makes any text appear as it is, on one line.
func escapeMarkdown(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	var b strings.Builder
	for i, r := range s {
		switch {
		case r < ' ' || r == 0x7f:
			b.WriteRune('�')
			continue
		case strings.ContainsRune(special, r),
			i == 0 && (r == '-' || r == '+' || r == '='):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return unlist(b.String())
}

// unlist keeps "1. April" from opening a numbered list.
func unlist(s string) string {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 || i == len(s) || s[i] != '.' && s[i] != ')' {
		return s
	}
	if _, err := strconv.Atoi(s[:i]); err != nil || i+1 < len(s) && s[i+1] != ' ' {
		return s
	}
	return s[:i] + "\\" + s[i:]
}

// escapeCell is for table cells, where an empty one has to say something.
func escapeCell(s string) string {
	if strings.TrimSpace(s) == "" {
		return " "
	}
	return escapeMarkdown(s)
}
