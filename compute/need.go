package compute

// Needer is what a task can be asked of: a *Plan, or the *Deps of a task that is
// declaring its dependencies.
type Needer interface {
	need(value any, erased func() task) *node
}

// Need asks for the result of a task. Asked of a Plan, it adds the task and,
// through Depend, everything under it; asked of Deps, it adds a dependency too.
// Equal tasks are one node, however often they are asked for. A task that cannot
// have a key is reported by Plan.Err.
func Need[T any](p Needer, t Task[T]) Ref[T] {
	return Ref[T]{p.need(t, func() task { return erase(t) })}
}

// Ref stands for the result of a task that was asked for; see Value.
type Ref[T any] struct{ node *node }

// Deps collects the dependencies of one task.
type Deps struct {
	plan *Plan
	of   *node
}

func (d *Deps) need(value any, erased func() task) *node {
	n := d.plan.intern(value, erased)
	if n != nil {
		d.of.addDep(n)
	}
	return n
}
