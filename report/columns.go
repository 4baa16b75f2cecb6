package report

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// report.json names the same few fields thousands of times, and what resembles each other
// in it, the seeds of all samples or the keys of all tasks, stands far apart: farther than
// the 32 kB that gzip looks back. In columns, all values of one field stand together: a
// value is named by its path, "items[].cost.tasks", and the values of one path are one
// column, in the order of the text. An object is a value too, the list of its keys, and an
// array is its length. Whoever reads the values in the order of the text always knows from
// which column the next one comes, so no path is written down: columns stand in the order
// in which their first values do.
//
// The text is a line with a JSON array of three integers for each column, how it is
// written, its width and its bytes, and then the columns one after another.

// The ways to write a column.
const (
	columnText        = iota // the values as they are, each on a line
	columnHex                // strings of hexadecimal digits, all of the same width, as bytes
	columnDifferences        // integers, each less the one before, each on a line
)

// pathColumn is all values of one path.
type pathColumn struct {
	values []string
	fields map[string]*pathColumn // of the objects among them, by the key as it is written
	inner  *pathColumn            // of the elements of the arrays
}

// toColumns writes a JSON text in columns. Blanks between values are lost: fromColumns
// writes its own.
func toColumns(text []byte) ([]byte, error) {
	s := columnScanner{jsonScanner: jsonScanner{text: string(text)}}
	root := s.column()
	if err := s.value(root); err != nil {
		return nil, fmt.Errorf("JSON text, byte %d: %w", s.at, err)
	}
	if s.blanks(); s.at < len(s.text) {
		return nil, fmt.Errorf("JSON text, byte %d: there is something after its end", s.at)
	}
	var head []int
	var body bytes.Buffer
	for _, c := range s.all {
		start := body.Len()
		kind, width := c.write(&body)
		head = append(head, kind, width, body.Len()-start)
	}
	out, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	return append(append(out, '\n'), body.Bytes()...), nil
}

// columnScanner cuts a JSON text up.
type columnScanner struct {
	jsonScanner
	all  []*pathColumn
	keys []string // of the objects that are open
}

func (s *columnScanner) column() *pathColumn {
	c := &pathColumn{}
	s.all = append(s.all, c)
	return c
}

func (s *columnScanner) value(c *pathColumn) error {
	s.blanks()
	if s.at >= len(s.text) {
		return errNoJSON
	}
	switch s.text[s.at] {
	case '{':
		return s.object(c)
	case '[':
		return s.array(c)
	}
	word, err := s.word()
	c.values = append(c.values, word)
	return err
}

func (s *columnScanner) object(c *pathColumn) error {
	place, own := len(c.values), len(s.keys)
	c.values = append(c.values, "")
	s.at++
	for first := true; ; first = false {
		more, err := s.more('}', first)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		key, err := s.key()
		if err != nil {
			return err
		}
		s.keys = append(s.keys, key)
		field := c.fields[key]
		if field == nil {
			if c.fields == nil {
				c.fields = make(map[string]*pathColumn)
			}
			field = s.column()
			c.fields[key] = field
		}
		if err := s.value(field); err != nil {
			return err
		}
	}
	c.values[place] = "{" + strings.Join(s.keys[own:], ",")
	s.keys = s.keys[:own]
	return nil
}

func (s *columnScanner) array(c *pathColumn) error {
	place, n := len(c.values), 0
	c.values = append(c.values, "")
	s.at++
	for ; ; n++ {
		more, err := s.more(']', n == 0)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		if c.inner == nil {
			c.inner = s.column()
		}
		if err := s.value(c.inner); err != nil {
			return err
		}
	}
	c.values[place] = "[" + strconv.Itoa(n)
	return nil
}

// write appends the values in the shortest way there is for them.
func (c *pathColumn) write(b *bytes.Buffer) (kind, width int) {
	if data, width := hexColumn(c.values); width > 0 {
		b.Write(data)
		return columnHex, width
	}
	values := c.values
	if shorter := differences(values); shorter != nil {
		kind, values = columnDifferences, shorter
	}
	for _, v := range values {
		b.WriteString(v)
		b.WriteByte('\n')
	}
	return kind, 0
}

// hexColumn is the bytes of values that are all strings of the same even number of lower
// case hexadecimal digits, and how many bytes each has; 0 for others.
func hexColumn(values []string) (data []byte, width int) {
	width = (len(values[0]) - 2) / 2
	if width < 4 {
		return nil, 0
	}
	for _, v := range values {
		if len(v) != 2*width+2 || v[0] != '"' {
			return nil, 0
		}
		raw, err := hex.DecodeString(v[1 : len(v)-1])
		if err != nil || hex.EncodeToString(raw) != v[1:len(v)-1] {
			return nil, 0
		}
		data = append(data, raw...)
	}
	return data, width
}

// differences is each integer less the one before; nil where that is not shorter or a
// value is no integer that JavaScript has.
func differences(values []string) []string {
	out := make([]string, 0, len(values))
	last, saved := int64(0), 0
	for _, s := range values {
		v, err := strconv.ParseInt(s, 10, 54)
		if err != nil || strconv.FormatInt(v, 10) != s {
			return nil
		}
		d := strconv.FormatInt(v-last, 10)
		saved += len(s) - len(d)
		out, last = append(out, d), v
	}
	if saved <= 0 {
		return nil
	}
	return out
}
