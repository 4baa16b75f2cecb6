package data

import (
	"fmt"
	"strings"
)

// Measures of a downstream task, by the paper's Table A.2. Every test set here is
// balanced, so the two give one number; the name says what the paper reports.
const (
	Top1         = "top1"           // share of test images classified right
	MeanPerClass = "mean_per_class" // mean over the classes of that share
)

// Task is a downstream task: learn it on Train, choose on Validation, report the
// Measure on Test.
type Task struct {
	ID                      string
	Label                   string `json:"-"` // for people; no part of a key
	Train, Validation, Test Source
	Measure                 string // Top1 or MeanPerClass
}

// Count is a number of images for each split of a set. They are rounded up to
// whole rounds of one image per class. A zero is the default of the function
// that takes the Count.
type Count struct {
	Train      int `json:"train"`
	Validation int `json:"validation"`
	Test       int `json:"test"`
}

// DefaultDownstream is the size of a downstream task: 2,000 training images, and
// enough test images for a standard error of accuracy of 0.7 points at most.
var DefaultDownstream = Count{Train: 2000, Validation: 1000, Test: 5000}

// Downstream returns a task by its ID, one of DownstreamIDs. An embedded set has
// as many images as the program carries, if that is fewer.
func Downstream(id string, n Count) (Task, error) {
	about, ok := catalogue[id]
	if !ok || about.measure == "" {
		return Task{}, fmt.Errorf("no downstream task %q: the tasks are %s", id, strings.Join(DownstreamIDs(), ", "))
	}
	n = n.or(DefaultDownstream)
	t := Task{ID: id, Label: about.title, Measure: about.measure}
	t.Train, t.Validation, t.Test = splits(id, n)
	return t, nil
}

// Pretraining returns the three splits of a pretraining set, one of
// PretrainingNames; a zero in n is the set's default.
func Pretraining(name string, n Count) (train, validation, test Source, err error) {
	about, ok := catalogue[name]
	if !ok || about.measure != "" {
		err = fmt.Errorf("no pretraining set %q: the sets are %s", name, strings.Join(PretrainingNames(), ", "))
		return
	}
	train, validation, test = splits(name, n.or(about.size))
	return
}

// or takes the zero fields of n from m.
func (n Count) or(m Count) Count {
	if n.Train == 0 {
		n.Train = m.Train
	}
	if n.Validation == 0 {
		n.Validation = m.Validation
	}
	if n.Test == 0 {
		n.Test = m.Test
	}
	return n
}

// splits makes the sources of a set with at least the given numbers of images.
func splits(name string, n Count) (train, validation, test Source) {
	source := func(split string, images int) Source {
		s := Source{Name: name, Split: split}
		s.PerClass = (images + s.Classes() - 1) / s.Classes()
		if e, ok := embeddedSets[name]; ok {
			s.PerClass = min(s.PerClass, e.perClass(split))
		}
		return s
	}
	return source(Train, n.Train), source(Validation, n.Validation), source(Test, n.Test)
}
