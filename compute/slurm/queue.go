package slurm

import (
	"context"
	"errors"
)

// Queue is what the executor asks of a cluster.
type Queue interface {
	// Submit hands in a script as an array of elements 0 … n−1 that begins when the jobs
	// with the numbers after have ended, and returns its number. It fails with ErrAway if
	// the controller does not answer, so that nobody knows whether it was handed in, and
	// with ErrFull if there is no room for it now.
	Submit(ctx context.Context, script string, after []string) (id string, err error)
	// Look lists the elements of the named arrays that the cluster still knows. It fails
	// with ErrAway if the controller does not answer.
	Look(ctx context.Context, names []string) ([]Element, error)
	// Cancel ends jobs by number; pendingOnly leaves alone what has begun.
	Cancel(ctx context.Context, ids []string, pendingOnly bool) error
	// MaxArray is how many elements an array may have.
	MaxArray(ctx context.Context) (int, error)
}

// ErrAway is the error of a controller that does not answer.
var ErrAway = errors.New("the Slurm controller does not answer")

// ErrFull is the error of a cluster that takes no more jobs for now.
var ErrFull = errors.New("the cluster takes no more jobs for now")

// Element is an element of an array in the queue.
type Element struct {
	Array string // name of the array
	ID    string // number of the array
	Index int
	State string // Slurm's word: PENDING, RUNNING, TIMEOUT …
	Why   string // Slurm's reason
}

// ended are the states that an element does not leave.
var ended = map[string]bool{
	"BOOT_FAIL": true, "CANCELLED": true, "COMPLETED": true, "DEADLINE": true, "FAILED": true,
	"NODE_FAIL": true, "OUT_OF_MEMORY": true, "PREEMPTED": true, "REVOKED": true, "TIMEOUT": true,
}

// Ended says whether the element is over. Slurm may still requeue it, under the same index.
func (e Element) Ended() bool { return ended[e.State] }
