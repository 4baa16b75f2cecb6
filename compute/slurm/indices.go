package slurm

import (
	"fmt"
	"strconv"
	"strings"
)

// maxIndex bounds what is believed of an array's indices: it is the highest that Slurm knows.
const maxIndex = 4_000_001

// parseIndices reads "7", or "0,2,5-6%4": elements that wait may be shown together.
func parseIndices(s string) ([]int, error) {
	list, _, _ := strings.Cut(s, "%") // how many may run at a time
	var all []int
	for part := range strings.SplitSeq(list, ",") {
		from, to, span := strings.Cut(part, "-")
		if !span {
			to = from
		}
		first, err := strconv.Atoi(from)
		if err != nil {
			return nil, fmt.Errorf("%q is no index of an array", s)
		}
		last, err := strconv.Atoi(to)
		if err != nil || first < 0 || last < first || last > maxIndex || len(all)+last-first > maxIndex {
			return nil, fmt.Errorf("%q is no range of indices", s)
		}
		for i := first; i <= last; i++ {
			all = append(all, i)
		}
	}
	return all, nil
}
