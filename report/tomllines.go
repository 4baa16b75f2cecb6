package report

import "strconv"

// tomlLines maps the path of every table and key of a valid TOML text to the line
// it is written on: "preset.quick.seeds", "item[3].table[0].id".
//
// The TOML library knows positions by key without the index in an array of
// tables, so of forty [[item]] entries it can name the last only. This scan
// follows the text once, relying on the library having accepted it before; what
// it does not understand ends the scan, and errors then name the nearest
// enclosing table.
func tomlLines(text string) map[string]int {
	s := &lineScan{text: text, line: 1, lines: map[string]int{}, counts: map[string]int{}}
	for s.statement() {
	}
	return s.lines
}

type lineScan struct {
	text   string
	at     int
	line   int
	table  string // path of the current [table]
	lines  map[string]int
	counts map[string]int // entries so far of each array of tables
}

// peek is the byte at the cursor, 0 at the end.
func (s *lineScan) peek() byte {
	if s.at >= len(s.text) {
		return 0
	}
	return s.text[s.at]
}

// next moves one byte on and counts lines.
func (s *lineScan) next() {
	if s.at < len(s.text) {
		if s.text[s.at] == '\n' {
			s.line++
		}
		s.at++
	}
}

// space skips blanks, line ends and comments: where a statement or an array
// element may start.
func (s *lineScan) space() {
	for s.at < len(s.text) {
		switch s.peek() {
		case ' ', '\t', '\r', '\n':
			s.next()
		case '#':
			for s.at < len(s.text) && s.peek() != '\n' {
				s.next()
			}
		default:
			return
		}
	}
}

// statement reads one table header or one key with its value.
func (s *lineScan) statement() bool {
	s.space()
	switch {
	case s.at >= len(s.text):
		return false
	case s.peek() == '[':
		return s.header()
	}
	return s.pair(s.table)
}

// header reads [a.b] or [[a.b]]; each prefix that is an array of tables stands
// for its newest entry.
func (s *lineScan) header() bool {
	line := s.line
	s.next()
	array := s.peek() == '['
	if array {
		s.next()
	}
	parts, ok := s.key()
	if !ok || s.peek() != ']' {
		return false
	}
	s.next()
	if array {
		if s.peek() != ']' {
			return false
		}
		s.next()
	}
	path := ""
	for i, part := range parts {
		path = join(path, part)
		last := i == len(parts)-1
		if last && array {
			s.counts[path]++
		}
		if n := s.counts[path]; n > 0 {
			path += "[" + strconv.Itoa(n-1) + "]"
		}
	}
	s.table = path
	s.mark(path, line)
	return true
}

// pair reads key = value under a table.
func (s *lineScan) pair(under string) bool {
	line := s.line
	parts, ok := s.key()
	if !ok || s.peek() != '=' {
		return false
	}
	s.next()
	path := under
	for _, part := range parts {
		path = join(path, part)
		s.mark(path, line)
	}
	return s.value(path, 0)
}

// key reads a dotted key and the blanks around it.
func (s *lineScan) key() (parts []string, ok bool) {
	for {
		s.blanks()
		start := s.at
		switch c := s.peek(); c {
		case '"', '\'':
			if !s.str() {
				return nil, false
			}
			raw := s.text[start:s.at]
			part := raw[1 : len(raw)-1]
			if c == '"' {
				if u, err := strconv.Unquote(raw); err == nil {
					part = u
				}
			}
			parts = append(parts, part)
		default:
			for bare(s.peek()) {
				s.next()
			}
			if s.at == start {
				return nil, false
			}
			parts = append(parts, s.text[start:s.at])
		}
		s.blanks()
		if s.peek() != '.' {
			return parts, true
		}
		s.next()
	}
}

func (s *lineScan) blanks() {
	for s.peek() == ' ' || s.peek() == '\t' {
		s.next()
	}
}

// value skips one value, marking the elements of arrays and inline tables.
func (s *lineScan) value(path string, depth int) bool {
	if depth > 100 { // deeper than any manifest; bounds the recursion on hostile input
		return false
	}
	s.blanks()
	switch s.peek() {
	case '"', '\'':
		return s.str()
	case '[':
		s.next()
		for i := 0; ; i++ {
			s.space()
			if s.peek() == ']' {
				s.next()
				return true
			}
			element := path + "[" + strconv.Itoa(i) + "]"
			s.mark(element, s.line)
			if !s.value(element, depth+1) {
				return false
			}
			s.space()
			if s.peek() == ',' {
				s.next()
			}
		}
	case '{':
		s.next()
		for {
			s.space()
			if s.peek() == '}' {
				s.next()
				return true
			}
			if !s.pair(path) {
				return false
			}
			s.space()
			if s.peek() == ',' {
				s.next()
			}
		}
	}
	start := s.at
	for s.at < len(s.text) {
		switch s.peek() {
		case ',', ']', '}', '\n', '#':
			return s.at > start
		}
		s.next()
	}
	return s.at > start
}

// str skips a string of any of the four kinds.
func (s *lineScan) str() bool {
	q := s.peek()
	three := s.at+2 < len(s.text) && s.text[s.at+1] == q && s.text[s.at+2] == q
	s.next()
	if !three {
		for s.at < len(s.text) && s.peek() != '\n' {
			c := s.peek()
			s.next()
			if c == q {
				return true
			}
			if c == '\\' && q == '"' {
				s.next()
			}
		}
		return false
	}
	s.next()
	s.next()
	for s.at < len(s.text) {
		if s.peek() == '\\' && q == '"' {
			s.next()
			s.next()
			continue
		}
		if s.peek() != q {
			s.next()
			continue
		}
		run := 0
		for s.peek() == q && run < 5 { // up to two quotes may end the content
			run++
			s.next()
		}
		if run >= 3 {
			return true
		}
	}
	return false
}

// mark keeps the first line of a path.
func (s *lineScan) mark(path string, line int) {
	if _, ok := s.lines[path]; !ok {
		s.lines[path] = line
	}
}

func bare(c byte) bool {
	return c == '_' || c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// join appends a key to a path.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
