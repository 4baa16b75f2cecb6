package compute

import (
	"errors"
	"fmt"
	"reflect"
	"sync"

	"lossxfer-report/cache"
)

// Plan is the graph of tasks that were asked for.
type Plan struct {
	code CodeHasher

	mu    sync.RWMutex
	value map[any]*node     // by the task itself, where it can be a map key
	ident map[ident]*node   // by its type and canonical form
	codes map[string]codeOf // by package
	nodes []*node           // every dependency before its dependents
	errs  []error

	substitutes map[reflect.Type]substitute // see Substitute
}

type ident struct {
	typ  reflect.Type
	spec string
}

type codeOf struct {
	parts []cache.Part
	err   error
}

// node is a task in a plan. All but root is fixed once it is there.
type node struct {
	task
	index     int
	spec      string        // canonical form of the task
	label     func() string // for people
	typ       string        // of the task, without its pointers
	code      []cache.Part  // shared by all tasks of a package
	key       cache.Key
	root      bool // asked of the plan itself, so a Draw may want it
	keeps     bool // stored in the cache: not transient
	declaring bool // its Depend is running
	priority  int
	deps      []*node // direct, in the order of declaration
	stored    []*node // the stored results that can reach its result: deps, seen through transient ones

	unavailable *Unavailable // why it cannot be had; such a node is not in Plan.nodes and has no key
}

func newNode(t task, spec string) *node {
	// A label is asked for again and again, and putting it together takes a while.
	return &node{task: t, spec: spec, keeps: !t.transient(), label: sync.OnceValue(t.label)}
}

// NewPlan returns an empty plan whose tasks' code is hashed by code.
func NewPlan(code CodeHasher) *Plan {
	return &Plan{
		code:  code,
		value: map[any]*node{},
		ident: map[ident]*node{},
		codes: map[string]codeOf{},
	}
}

// Len returns the number of tasks, transient ones included.
func (p *Plan) Len() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.nodes)
}

// Keys are those of all tasks, transient ones included.
func (p *Plan) Keys() map[cache.Key]bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	keys := make(map[cache.Key]bool, len(p.nodes))
	for _, n := range p.nodes {
		keys[n.key] = true
	}
	return keys
}

// Err returns what was wrong with the tasks asked for, or nil.
func (p *Plan) Err() error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return errors.Join(p.errs...)
}

func (p *Plan) need(value any, erased func() task) *node {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := p.intern(value, erased)
	if n != nil {
		n.root = true
	}
	return n
}

// intern returns the node of a task, making it if it is new, or nil after noting
// an error. p.mu is held.
func (p *Plan) intern(value any, erased func() task) *node {
	n, id, err := p.find(value)
	if err != nil {
		p.errs = append(p.errs, err)
		return nil
	}
	if n != nil {
		if n.declaring {
			p.errs = append(p.errs, fmt.Errorf("compute: %s %s depends on itself", n.kind, n.spec))
			return nil
		}
		return n
	}
	n, err = p.instead(value, id, erased)
	if n == nil && err == nil {
		n, err = p.add(value, id, erased)
	}
	if err != nil {
		p.errs = append(p.errs, err)
		return nil
	}
	return n
}

// add makes the node of a task that has none. p.mu is held.
func (p *Plan) add(value any, id ident, erased func() task) (*node, error) {
	n := newNode(erased(), id.spec)
	n.declaring = true
	p.ident[id] = n
	n.depend(&Deps{plan: p, of: n})
	n.declaring = false
	for _, d := range n.deps {
		if d.unavailable != nil {
			n.unavailable, n.index = d.unavailable, -1
			p.remember(value, id, n)
			return n, nil
		}
	}
	if err := p.finish(n, id.typ); err != nil {
		delete(p.ident, id)
		return nil, err
	}
	n.index = len(p.nodes)
	p.nodes = append(p.nodes, n)
	p.remember(value, id, n)
	return n, nil
}

// remember has a task found again as n.
func (p *Plan) remember(value any, id ident, n *node) {
	p.ident[id] = n
	if isComparable(reflect.ValueOf(value)) {
		p.value[value] = n
	}
}

// alwaysComparable remembers the types all of whose values can be compared.
var alwaysComparable sync.Map // reflect.Type to bool

// isComparable says whether a value can be the key of a map. Walking the value, as reflect
// does, is needed only for types that hold interfaces.
func isComparable(v reflect.Value) bool {
	t := v.Type()
	always, ok := alwaysComparable.Load(t)
	if !ok {
		always = t.Comparable() && !holdsInterface(t)
		alwaysComparable.Store(t, always)
	}
	return always.(bool) || t.Comparable() && v.Comparable()
}

func holdsInterface(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Array:
		return holdsInterface(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if holdsInterface(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}

// find looks a task up. Tasks that are comparable are found without encoding
// them; the canonical form decides for the others, and for those that are equal
// but for what does not count. p.mu is held, for reading at least.
func (p *Plan) find(value any) (*node, ident, error) {
	v := reflect.ValueOf(value)
	if !v.IsValid() {
		return nil, ident{}, errors.New("compute: a nil task")
	}
	if isComparable(v) {
		if n := p.value[value]; n != nil {
			return n, ident{}, nil
		}
	}
	spec, err := canonical(v)
	if err != nil {
		return nil, ident{}, fmt.Errorf("compute: %T cannot have a key: %w", value, err)
	}
	id := ident{v.Type(), spec}
	return p.ident[id], id, nil
}

// finish gives a node whose dependencies are known its key and its place.
func (p *Plan) finish(n *node, typ reflect.Type) error {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	code, ok := p.codes[typ.PkgPath()]
	if !ok {
		code.parts, code.err = p.code.Code(typ.PkgPath())
		p.codes[typ.PkgPath()] = code
	}
	if code.err != nil {
		return fmt.Errorf("compute: no code hash for %s: %w", n.kind, code.err)
	}
	n.typ, n.code = typ.String(), code.parts
	n.key = cache.KeyOf(n.keyParts())
	seen := map[*node]bool{}
	for i, d := range n.deps {
		if i == 0 || d.priority > n.priority {
			n.priority = d.priority
		}
		through := d.stored
		if d.keeps {
			through = []*node{d}
		}
		for _, s := range through {
			if !seen[s] {
				seen[s] = true
				n.stored = append(n.stored, s)
			}
		}
	}
	if m, ok := n.task.value.(Prioritised); ok {
		n.priority = m.Priority()
	}
	return nil
}

// addDep adds a direct dependency once.
func (n *node) addDep(d *node) {
	for _, have := range n.deps {
		if have == d {
			return
		}
	}
	n.deps = append(n.deps, d)
}
