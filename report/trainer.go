package report

import (
	"fmt"
	"strings"
)

// Trainer is a command of the user's that trained networks of a report.
type Trainer struct {
	Command string        `json:"command"`
	Version string        `json:"version,omitempty"`
	Files   []TrainerFile `json:"files,omitempty"` // that it was known by
	// Networks is how many of the report's training runs it did, and Of how many there
	// are. The tasks say which.
	Networks int `json:"networks"`
	Of       int `json:"of"`
}

// TrainerFile is a file by its content.
type TrainerFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // hex
}

// TrainedBy says in the report that a command trained some of its networks.
func (r *Report) TrainedBy(t Trainer) {
	r.Trainer = &t
	r.Deviations = append(r.Deviations, fmt.Sprintf(
		"%s trained by an external command, %s, not by this program. What it does with seeds, initial weights and the order of images is its own, and the same command need not come to the same bits again.",
		share(t.Networks, t.Of, "The"), t.name()))
}

// TrainedBy says of an item that a command did some of the training runs behind it.
func (i *Item) TrainedBy(t Trainer, runs, of int) {
	if runs == 0 {
		return
	}
	// The list belongs to the manifest.
	i.Differs = append(i.Differs[:len(i.Differs):len(i.Differs)], fmt.Sprintf("%s trained by %s.", share(runs, of, "Its"), t.name()))
}

// share is "Its 9 networks were", or "3 of its 9 networks were".
func share(some, of int, whose string) string {
	switch {
	case of == 1:
		return whose + " network was"
	case some == of:
		return fmt.Sprintf("%s %d networks were", whose, of)
	case some == 1:
		return fmt.Sprintf("1 of %s %d networks was", strings.ToLower(whose), of)
	}
	return fmt.Sprintf("%d of %s %d networks were", some, strings.ToLower(whose), of)
}

// name is the command with its version.
func (t Trainer) name() string {
	if t.Version == "" {
		return "“" + t.Command + "”"
	}
	return fmt.Sprintf("“%s” (version %s)", t.Command, t.Version)
}
