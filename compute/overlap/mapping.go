package overlap

import "fmt"

// Mapping renames the classes of pretraining as classes of a task.
type Mapping struct {
	To []int // task class of each pretraining class; −1 for one that no example was predicted as
	// Replicas is how often each task class had to be offered to the assignment until
	// another copy gained nothing.
	Replicas int
	Matched  int // examples that the mapping gets right, of those it was made from
}

// Map finds the mapping with the most matches. matches is pretraining classes × task
// classes: how many examples are predicted as the one and labelled as the other. As in
// the paper it solves the assignment problem on −matches, in which a task class may be
// taken once, then twice, and so on. The matches are a concave function of the number
// of copies, so that the first copy without a gain is the last worth trying. By then
// every pretraining class has the task class it is predicted for most: see Majority.
func Map(matches []int, classes, taskClasses int) (Mapping, error) {
	if classes < 1 || taskClasses < 1 || len(matches) != classes*taskClasses {
		return Mapping{}, fmt.Errorf("overlap: %d counts are not a %d×%d matrix", len(matches), classes, taskClasses)
	}
	best, err := mapReplicated(matches, classes, taskClasses, 1)
	for replicas := 2; err == nil && replicas <= classes; replicas++ {
		var m Mapping
		if m, err = mapReplicated(matches, classes, taskClasses, replicas); m.Matched <= best.Matched {
			break
		}
		best = m
	}
	return best, err
}

// mapReplicated is the best mapping in which a task class serves at most so many
// classes of pretraining.
func mapReplicated(matches []int, classes, taskClasses, replicas int) (Mapping, error) {
	cols := taskClasses * replicas
	cost := make([]float64, classes*cols)
	for i := range cost {
		cost[i] = -float64(matches[i/cols*taskClasses+i%cols%taskClasses])
	}
	to, err := Assign(cost, classes, cols)
	if err != nil {
		return Mapping{}, err
	}
	m := Mapping{To: to, Replicas: replicas}
	for i, j := range to {
		if j < 0 {
			continue
		}
		to[i] = j % taskClasses
		n := matches[i*taskClasses+to[i]]
		m.Matched += n
		if n == 0 { // given for the sake of completeness, on no evidence
			to[i] = -1
		}
	}
	return m, nil
}
