// Package compute turns tasks into results: a task is a plain value, equal tasks
// are one node of a plan, a node's key is the hash of everything that can change
// its result, and what a key came to is kept in a cache.
//
// It knows no network, no data set and no table; those are its subfolders and
// its users.
package compute

// Task is a computation of a T, described by a plain struct value. Everything
// that can change the result is in its exported fields, in the tasks it depends
// on, or in the code of its package; nothing else may be. A field that is zero
// does not enter the key, so a field can be added without changing the keys of
// the tasks that do not use it.
//
// T must encode to the same bytes for the same result. It implements
// encoding.BinaryMarshaler and BinaryUnmarshaler, or it goes through
// encoding/json; the result of a Transient task needs neither.
//
// A task may have more methods: see Transient, Prioritised, Costed, Labelled and Unrepeatable.
type Task[T any] interface {
	// Kind names the kind of task for people and for the key: "train.model".
	Kind() string
	// Depend declares the tasks whose results Run reads, with Need.
	Depend(d *Deps)
	// Run computes the result from the fields and the results of the
	// dependencies, which it reads with Get. It returns soon after the
	// context is done. It must not change what Get gave it.
	Run(c *Context) (T, error)
}

// Transient is a task whose result is never stored because making it again is
// cheap or keeping it is dear: data sets, features. It is computed when a
// running task asks for it, once at a time, and kept in memory for a while.
type Transient interface{ Transient() bool }

// Prioritised is a task with an order: of the tasks that can run, the one with
// the lowest number runs first. With the number of the seed here, seed 1 of
// everything comes before seed 2 of anything. A task without it has the highest
// number among its dependencies.
type Prioritised interface{ Priority() int }

// Costed is a task that knows its cost: the number of images taken forward and
// backward through a network.
type Costed interface{ ImageSteps() int64 }

// Labelled is a task with a name for the progress display: "train softmax seed 1".
type Labelled interface{ Label() string }

// Unrepeatable is a task that may come to other bits when it runs again, as one does that
// a program of somebody else's does. Its first result is kept; Verify leaves it out.
type Unrepeatable interface{ Unrepeatable() bool }

// task is a Task[T] without its type parameter.
type task struct {
	value  any
	kind   string
	depend func(*Deps)
	run    func(*Context) (any, error)
	encode func(any) ([]byte, error)
	decode func([]byte) (any, error)
}

func erase[T any](t Task[T]) task {
	return task{
		value:  t,
		kind:   t.Kind(),
		depend: t.Depend,
		run:    func(c *Context) (any, error) { return t.Run(c) },
		encode: func(v any) ([]byte, error) { return encode(v.(T)) },
		decode: func(b []byte) (any, error) { return decode[T](b) },
	}
}

func (t task) transient() bool {
	m, ok := t.value.(Transient)
	return ok && m.Transient()
}

func (t task) unrepeatable() bool {
	m, ok := t.value.(Unrepeatable)
	return ok && m.Unrepeatable()
}

func (t task) steps() int64 {
	if m, ok := t.value.(Costed); ok {
		return m.ImageSteps()
	}
	return 0
}

func (t task) label() string {
	if m, ok := t.value.(Labelled); ok {
		return m.Label()
	}
	return t.kind
}
