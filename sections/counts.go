package sections

import (
	"fmt"

	"lossxfer-report/compute/data"
)

// counted is a sentence about the number of images of a split of the pretraining
// classes, as a list of notes: empty where no file says how many there are.
func (s *Study) counted(format, split string) []string {
	n := s.images(s.Pretraining(split))
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf(format, n)}
}

// pretrainingNote says on how many images of how many classes accuracy and class
// separation are measured.
func (s *Study) pretrainingNote(separation bool) []string {
	test, train := s.Pretraining(data.Test), s.Pretraining(data.Train)
	if s.images(test) == 0 || separation && s.images(train) == 0 {
		return nil
	}
	note := fmt.Sprintf("Pretraining classes: %d. Accuracy on %d test images of them", s.classes(test), s.images(test))
	if separation {
		note += fmt.Sprintf(", class separation on the %d training images", s.images(train))
	}
	return []string{note + "."}
}

// networksOf says over how many networks of each objective values are.
func networksOf(seeds int) string { return networksPer("objective", seeds) }

// networksPer says the same of what else there may be one network or more of.
func networksPer(what string, seeds int) string {
	if seeds == 1 {
		return "One network of each " + what + "."
	}
	return fmt.Sprintf("Mean over %d networks of each %s.", seeds, what)
}

// predictedNote says on how many images networks were asked for their predictions.
func (s *Study) predictedNote() []string {
	return s.counted("Predictions are on %d test images.", data.Test)
}
