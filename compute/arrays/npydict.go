package arrays

import (
	"fmt"
	"strconv"
	"strings"
)

// npyDict is the dictionary of a .npy header.
type npyDict struct {
	descr      string
	structured bool // descr is a list of fields
	fortran    bool
	shape      []int
}

// literal reads the few forms of Python's literals that the header may have.
type literal struct{ rest string }

// parseNPYHeader reads a dictionary literal with exactly the keys descr,
// fortran_order and shape.
func parseNPYHeader(text string) (npyDict, error) {
	var d npyDict
	p := &literal{text}
	if err := p.want("{"); err != nil {
		return d, err
	}
	seen := map[string]bool{}
	for !p.next("}") {
		key, err := p.text()
		if err != nil {
			return d, err
		}
		if seen[key] {
			return d, fmt.Errorf("%s is said twice", quote(key))
		}
		seen[key] = true
		if err := p.want(":"); err != nil {
			return d, err
		}
		switch key {
		case "descr":
			d.descr, d.structured, err = p.descr()
		case "fortran_order":
			d.fortran, err = p.truth()
		case "shape":
			d.shape, err = p.tuple()
		default:
			err = fmt.Errorf("the key %s is unknown", quote(key))
		}
		if err != nil {
			return d, err
		}
		if !p.next(",") {
			if err := p.want("}"); err != nil {
				return d, err
			}
			break
		}
	}
	if p.space(); p.rest != "" {
		return d, fmt.Errorf("%s follows the dictionary", quote(p.rest))
	}
	if len(seen) != 3 {
		return d, fmt.Errorf("one of descr, fortran_order and shape is missing")
	}
	return d, nil
}

func (p *literal) space() { p.rest = strings.TrimLeft(p.rest, " \t\r\n") }

// next takes s if it comes next.
func (p *literal) next(s string) bool {
	p.space()
	rest, ok := strings.CutPrefix(p.rest, s)
	p.rest = rest
	return ok
}

func (p *literal) want(s string) error {
	if !p.next(s) {
		return fmt.Errorf("%s where %s is wanted", quote(p.rest), quote(s))
	}
	return nil
}

// text reads a string without escapes, which no header needs.
func (p *literal) text() (string, error) {
	for _, mark := range []string{"'", `"`} {
		if p.next(mark) {
			s, rest, ok := strings.Cut(p.rest, mark)
			if !ok || strings.ContainsAny(s, "\\\n") {
				return "", fmt.Errorf("a text that does not end: %s", quote(p.rest))
			}
			p.rest = rest
			return s, nil
		}
	}
	return "", fmt.Errorf("%s where a text is wanted", quote(p.rest))
}

func (p *literal) truth() (bool, error) {
	switch {
	case p.next("True"):
		return true, nil
	case p.next("False"):
		return false, nil
	}
	return false, fmt.Errorf("%s where True or False is wanted", quote(p.rest))
}

// descr reads a text, or skips the list of fields that a structured type has.
func (p *literal) descr() (string, bool, error) {
	if !p.next("[") {
		s, err := p.text()
		return s, false, err
	}
	for depth := 1; depth > 0; {
		p.space()
		switch {
		case p.next("["), p.next("("):
			depth++
		case p.next("]"), p.next(")"):
			depth--
		case strings.HasPrefix(p.rest, "'"), strings.HasPrefix(p.rest, `"`):
			if _, err := p.text(); err != nil {
				return "", true, err
			}
		case p.rest == "":
			return "", true, fmt.Errorf("a list of fields that does not end")
		default:
			p.rest = p.rest[1:]
		}
	}
	return "", true, nil
}

// tuple reads non-negative integers in parentheses. Python 2 wrote long ones with
// an L.
func (p *literal) tuple() ([]int, error) {
	if err := p.want("("); err != nil {
		return nil, err
	}
	out := []int{}
	for !p.next(")") {
		p.space()
		digits := len(p.rest) - len(strings.TrimLeft(p.rest, "0123456789"))
		n, err := strconv.Atoi(p.rest[:digits])
		if err != nil || len(out) == maxDims {
			return nil, fmt.Errorf("%s where at most %d lengths are wanted", quote(p.rest), maxDims)
		}
		p.rest = strings.TrimPrefix(p.rest[digits:], "L")
		out = append(out, n)
		if !p.next(",") {
			if err := p.want(")"); err != nil {
				return nil, err
			}
			break
		}
	}
	return out, nil
}

// quote shows the beginning of a text that is not understood.
func quote(s string) string {
	const most = 40
	if len(s) > most {
		return strconv.Quote(s[:most]) + "…"
	}
	return strconv.Quote(s)
}
