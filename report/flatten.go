package report

import (
	"encoding/json"
	"strconv"
	"strings"
)

// flatten prints any value of ours as names and values, in the order of its fields.
func flatten(v any) []factView {
	data, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return flattenJSON(data)
}

// flattenJSON turns {"a":{"b":1}} into a.b = 1. Text that is not JSON stays as it is.
func flattenJSON(data []byte) []factView {
	s := jsonScanner{text: string(data)}
	out, err := s.flatten(nil, "")
	if err != nil {
		return []factView{{"specification", string(data)}}
	}
	return out
}

func (s *jsonScanner) flatten(out []factView, path string) ([]factView, error) {
	s.blanks()
	if s.at >= len(s.text) {
		return nil, errNoJSON
	}
	opening := s.text[s.at]
	if opening != '{' && opening != '[' {
		value, err := s.scalar()
		return append(out, factView{path, value}), err
	}
	s.at++
	for i := 0; ; i++ {
		more, err := s.more(opening+2, i == 0) // in ASCII, closing brackets come two after
		if err != nil || !more {
			return out, err
		}
		name := strconv.Itoa(i)
		if opening == '{' {
			if name, err = s.key(); err != nil {
				return nil, err
			}
			name = unquoted(name)
		}
		if path != "" {
			name = path + "." + name
		}
		if out, err = s.flatten(out, name); err != nil {
			return nil, err
		}
	}
}

// scalar reads a value that is no object and no array, as a reader wants to see it.
func (s *jsonScanner) scalar() (string, error) {
	text, err := s.word()
	if text == "null" {
		return "none", err
	}
	return unquoted(text), err
}

// unquoted is the text of a JSON string, or what is none as it is.
func unquoted(text string) string {
	if !strings.HasPrefix(text, `"`) {
		return text
	}
	if !strings.Contains(text, `\`) {
		return text[1 : len(text)-1]
	}
	var out string
	if json.Unmarshal([]byte(text), &out) != nil {
		return text
	}
	return out
}
