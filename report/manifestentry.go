package report

import "strings"

// entryText cuts one [[entry]] out of a manifest: its header, its keys and its
// own sub-tables ([[item.table]]), without trailing blank lines and comments that
// belong to what follows.
func entryText(text string, first int) string {
	lines := strings.Split(text, "\n")
	if first < 1 || first > len(lines) {
		return ""
	}
	name := strings.Trim(strings.TrimSpace(lines[first-1]), "[] ")
	end := first
	for end < len(lines) {
		l := strings.TrimSpace(lines[end])
		own := strings.HasPrefix(strings.TrimLeft(l, "["), name+".")
		if strings.HasPrefix(l, "[") && !own && isHeader(l) {
			break
		}
		end++
	}
	for end > first {
		l := strings.TrimSpace(lines[end-1])
		if l != "" && !strings.HasPrefix(l, "#") {
			break
		}
		end--
	}
	return strings.Join(lines[first-1:end], "\n") + "\n"
}

// isHeader tells [table] and [[table]] from the first line of a nested array.
func isHeader(l string) bool {
	body := strings.TrimLeft(l, "[")
	end := strings.IndexByte(body, ']')
	return end > 0 && !strings.ContainsAny(body[:end], `"',`)
}
