package compute

import (
	"errors"
	"fmt"
	"reflect"
)

// Unavailable is why a task cannot be had in a plan at all: what stands in for it does
// not reach that far, as imported features do not reach a training curve. It is neither a
// failure nor something a longer run would mend.
type Unavailable struct {
	Label  string // of the task that was asked for
	Reason string // "the source has no activations of the layers"
}

func (e *Unavailable) Error() string { return fmt.Sprintf("%s: %s", e.Label, e.Reason) }

// Unavailable is why what was asked for cannot be had, nil if it can.
func (a Asked) Unavailable() *Unavailable {
	if a.node == nil {
		return nil
	}
	return a.node.unavailable
}

// Substitute has every task of type A done by another task with the same type of
// result: whoever needs one, whether section or task, gets the result of what f returns for it,
// and has its key among the keys of its dependencies. f returns nil to leave a task
// as it is, an *Unavailable for one that cannot be had (the label is filled in; what depends on it cannot
// be had either, see Value), and any other error for a mistake, which Plan.Err
// reports. f must give equal tasks for equal tasks. What it returns may depend on tasks of any type but is not itself
// substituted.
//
// So features that were computed elsewhere take the place of features of a trained
// network, and nothing above them knows.
func Substitute[T any, A Task[T]](p *Plan, f func(A) (Task[T], error)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.substitutes == nil {
		p.substitutes = map[reflect.Type]substitute{}
	}
	p.substitutes[reflect.TypeFor[A]()] = func(value any) (any, func() task, error) {
		t, err := f(value.(A))
		if t == nil || err != nil {
			return nil, nil, err
		}
		return t, func() task { return erase(t) }, nil
	}
}

// substitute is what Substitute was given, without its types: the task to do in the
// place of one, or nil.
type substitute func(value any) (any, func() task, error)

// instead returns the node that stands for a task that is not in the plan yet, or nil
// if the task stands for itself. p.mu is held.
func (p *Plan) instead(value any, id ident, erased func() task) (*node, error) {
	find, ok := p.substitutes[id.typ]
	if !ok {
		return nil, nil
	}
	// Whoever asks for the task from here on asks for it on behalf of its own substitute.
	p.ident[id] = &node{task: erased(), spec: id.spec, declaring: true}
	defer func() {
		if n := p.ident[id]; n.declaring {
			delete(p.ident, id)
		}
	}()
	other, erase, err := find(value)
	var unavailable *Unavailable
	switch {
	case errors.As(err, &unavailable):
		n := newNode(erased(), id.spec)
		n.index = -1
		n.unavailable = &Unavailable{Label: n.label(), Reason: unavailable.Reason}
		p.remember(value, id, n)
		return n, nil
	case err != nil:
		return nil, fmt.Errorf("compute: %s: %w", erased().label(), err)
	case other == nil:
		return nil, nil
	}
	n, as, err := p.find(other)
	if err != nil {
		return nil, err
	}
	if n == nil {
		n, err = p.add(other, as, erase)
	} else if n.declaring {
		err = fmt.Errorf("compute: %s %s depends on itself", n.kind, n.spec)
	}
	if err != nil {
		return nil, err
	}
	p.remember(value, id, n)
	return n, nil
}
