package slurm

import (
	"fmt"
	"strconv"
	"strings"
)

// maxIndex bounds what is believed of an array's indices.
const maxIndex = 1 << 22

// indexRange reads "7" or "7-9". Elements that are waiting may be shown together.
func indexRange(s string) (first, last int, err error) {
	a, b, two := strings.Cut(s, "-")
	if first, err = strconv.Atoi(a); err != nil {
		return 0, 0, fmt.Errorf("%q is not an index of an array", s)
	}
	last = first
	if two {
		if last, err = strconv.Atoi(b); err != nil {
			return 0, 0, fmt.Errorf("%q is not a range of indices", s)
		}
	}
	if first < 0 || last < first || last > maxIndex {
		return 0, 0, fmt.Errorf("%q is not a range of indices", s)
	}
	return first, last, nil
}
