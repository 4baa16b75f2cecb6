package report

import "strings"

// unit names one sample: a seed unless a table says otherwise.
func unit(each string) string {
	if each == "" {
		return "seed"
	}
	return each
}

// eachOf is what a sample of cells is where it is not a seed, "sample" where they are
// not of one kind.
func eachOf(cells map[[2]string]seeds) string {
	each, first := "", true
	for _, c := range cells {
		if !first && c.each != each {
			return "sample"
		}
		each, first = c.each, false
	}
	return each
}

// counting puts into words that a sample is not a seed.
func (j judgement) counting(each string) judgement {
	if each == "" {
		return j
	}
	j.each = each
	j.test = strings.ReplaceAll(j.test, "seeds", pluralOf(each))
	for i := range j.parts {
		if j.parts[i].Note == noteOneSeed {
			j.parts[i].Note = "one " + each
		}
	}
	return j
}
