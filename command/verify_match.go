package command

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

// matched is a result of a report that this program would compute, too.
type matched struct {
	report.TaskRef
	here     cache.Key // its key here
	sameCode bool      // which is that of the report: the same task by the same code
}

// match finds the tasks of a report in a plan: by their keys, and those that other code
// made by what they were asked to do. Networks of an external trainer are in the cache
// under their keys, so with one nothing else will do.
func match(tasks []report.TaskRef, p *plan) (known []matched, unknown int) {
	keys := p.tasks.Keys()
	var specified map[compute.Specification]cache.Key
	if p.trainer == nil {
		specified = p.tasks.Specified()
	}
	written := newSpecifications(tasks)
	for _, t := range tasks {
		k, err := cache.ParseKey(t.Key)
		if err != nil {
			unknown++
			continue
		}
		if keys[k] {
			known = append(known, matched{t, k, true})
			continue
		}
		spec, ok := written.of(t)
		here, planned := specified[compute.Specification{Kind: t.Kind, Spec: spec}]
		if !ok || !planned {
			unknown++
			continue
		}
		known = append(known, matched{t, here, false})
	}
	return known, unknown
}

// specifications writes out what a report abbreviates: in the specification of a task
// another task stands as "kind:key", the key cut to 12 digits.
type specifications struct {
	tasks map[string]report.TaskRef // by "kind:key"
	done  map[string]string
	doing map[string]bool
}

func newSpecifications(tasks []report.TaskRef) *specifications {
	s := &specifications{map[string]report.TaskRef{}, map[string]string{}, map[string]bool{}}
	for _, t := range tasks {
		s.tasks[nameOf(t)] = t
	}
	return s
}

func nameOf(t report.TaskRef) string { return t.Kind + ":" + t.Key[:min(len(t.Key), 12)] }

var taskName = regexp.MustCompile(`"[a-z_.]+:[0-9a-f]{12}"`)

// maxSpecification bounds what is written out, for a report may come from anyone.
const maxSpecification = 1 << 20

// of is the whole specification of a task, false if it has none: tasks that contain each
// other, or too much to be one.
func (s *specifications) of(t report.TaskRef) (string, bool) {
	name := nameOf(t)
	if spec, ok := s.done[name]; ok {
		return spec, true
	}
	var text bytes.Buffer
	if s.doing[name] || json.Compact(&text, t.Spec) != nil {
		return "", false
	}
	s.doing[name] = true
	defer delete(s.doing, name)
	all, size := true, text.Len()
	spec := taskName.ReplaceAllStringFunc(text.String(), func(quoted string) string {
		within, ok := s.tasks[strings.Trim(quoted, `"`)]
		if !ok || !all {
			return quoted
		}
		inner, ok := s.of(within)
		size += len(inner)
		all = all && ok && size <= maxSpecification
		if !all {
			return quoted
		}
		return inner
	})
	if !all {
		return "", false
	}
	s.done[name] = spec
	return spec, true
}
