package report

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// maxDepth bounds how deep the values of columns may nest.
const maxDepth = 100

// writtenColumn is a column that is being read.
type writtenColumn struct {
	kind, width int
	rest        []byte
	sum         int64 // of the differences read
	fields      map[string]*writtenColumn
	keys        map[string][]string // of an object, by its value
	inner       *writtenColumn
}

// columnReader puts the text together.
type columnReader struct {
	columns []*writtenColumn
	taken   int // how many of them have a path
	out     bytes.Buffer
	most    int
}

// fromColumns puts a text together that toColumns cut up, indented as report.json is and
// with its last newline. The columns may come from anyone: it makes no more than most
// bytes of them.
func fromColumns(data []byte, most int) ([]byte, error) {
	line, body, ok := bytes.Cut(data, []byte("\n"))
	var head []int
	if err := json.Unmarshal(line, &head); !ok || err != nil || len(head)%3 != 0 {
		return nil, errors.New("the columns have no head")
	}
	r := columnReader{most: most}
	for ; len(head) > 0; head = head[3:] {
		c := &writtenColumn{kind: head[0], width: head[1]}
		if n := head[2]; n < 0 || n > len(body) {
			return nil, errors.New("a column has no end")
		} else {
			c.rest, body = body[:n], body[n:]
		}
		r.columns = append(r.columns, c)
	}
	root, err := r.take()
	if err == nil {
		err = r.value(root, 0)
	}
	if err != nil {
		return nil, err
	}
	for _, c := range r.columns {
		if len(c.rest) > 0 {
			return nil, errors.New("a column has more values than the text")
		}
	}
	if len(body) > 0 {
		return nil, errors.New("there is something after the columns")
	}
	r.out.WriteByte('\n')
	return r.out.Bytes(), nil
}

// take returns the next column that has no path yet.
func (r *columnReader) take() (*writtenColumn, error) {
	if r.taken == len(r.columns) {
		return nil, errors.New("a field has no column")
	}
	r.taken++
	return r.columns[r.taken-1], nil
}

// next returns the next value of a column; it is good until the next call.
func (c *writtenColumn) next() ([]byte, error) {
	end := errors.New("a column has fewer values than the text")
	switch c.kind {
	case columnHex:
		if c.width < 1 || c.width > len(c.rest) {
			return nil, end
		}
		v := append(hex.AppendEncode([]byte{'"'}, c.rest[:c.width]), '"')
		c.rest = c.rest[c.width:]
		return v, nil
	case columnText, columnDifferences:
		v, rest, ok := bytes.Cut(c.rest, []byte("\n"))
		if !ok || len(v) == 0 {
			return nil, end
		}
		c.rest = rest
		if c.kind == columnText {
			return v, nil
		}
		d, err := strconv.ParseInt(string(v), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("a difference in a column: %w", err)
		}
		c.sum += d
		return strconv.AppendInt(nil, c.sum, 10), nil
	}
	return nil, fmt.Errorf("a column of kind %d", c.kind)
}

// value writes the next value of a column with everything in it.
func (r *columnReader) value(c *writtenColumn, depth int) error {
	v, err := c.next()
	switch {
	case err != nil:
		return err
	case depth > maxDepth:
		return fmt.Errorf("the values nest deeper than %d", maxDepth)
	case r.out.Len()+len(v)+depth > r.most:
		return fmt.Errorf("larger than %d bytes", r.most)
	case v[0] == '{':
		return r.object(c, string(v[1:]), depth)
	case v[0] == '[':
		n, err := strconv.Atoi(string(v[1:]))
		if err != nil {
			return fmt.Errorf("the length of an array: %w", err)
		}
		return r.array(c, n, depth)
	}
	r.out.Write(v)
	return nil
}

func (r *columnReader) object(c *writtenColumn, written string, depth int) error {
	keys, ok := c.keys[written]
	if !ok {
		var err error
		if keys, err = cutKeys(written); err != nil {
			return err
		}
		if c.keys == nil {
			c.keys, c.fields = make(map[string][]string), make(map[string]*writtenColumn)
		}
		c.keys[written] = keys
	}
	r.out.WriteByte('{')
	for i, key := range keys {
		field := c.fields[key]
		if field == nil {
			var err error
			if field, err = r.take(); err != nil {
				return err
			}
			c.fields[key] = field
		}
		r.line(i, depth+1)
		r.out.WriteString(key)
		r.out.WriteString(": ")
		if err := r.value(field, depth+1); err != nil {
			return err
		}
	}
	r.close('}', len(keys), depth)
	return nil
}

func (r *columnReader) array(c *writtenColumn, n, depth int) error {
	if c.inner == nil && n > 0 {
		var err error
		if c.inner, err = r.take(); err != nil {
			return err
		}
	}
	r.out.WriteByte('[')
	for i := range n {
		r.line(i, depth+1)
		if err := r.value(c.inner, depth+1); err != nil {
			return err
		}
	}
	r.close(']', n, depth)
	return nil
}

// line begins the line of member i.
func (r *columnReader) line(i, depth int) {
	if i > 0 {
		r.out.WriteByte(',')
	}
	r.out.WriteByte('\n')
	for range depth {
		r.out.WriteByte(' ')
	}
}

func (r *columnReader) close(bracket byte, members, depth int) {
	if members > 0 {
		r.line(0, depth)
	}
	r.out.WriteByte(bracket)
}

// cutKeys cuts "a","b" into the keys as they are written.
func cutKeys(written string) ([]string, error) {
	if written == "" {
		return nil, nil
	}
	var keys []string
	s := jsonScanner{text: written}
	for {
		start := s.at
		if err := s.stringEnd(); err != nil {
			return nil, errors.New("the keys of an object cannot be read")
		}
		keys = append(keys, written[start:s.at])
		if s.at == len(written) {
			return keys, nil
		}
		if written[s.at] != ',' {
			return nil, errors.New("the keys of an object cannot be read")
		}
		s.at++
	}
}
