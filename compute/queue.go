package compute

import "container/heap"

// queue holds the nodes that can run: by priority, then by place in the plan. So
// what gets done first depends on the plan alone, and on who finishes when.
type queue []*node

func (q *queue) push(n *node) { heap.Push((*order)(q), n) }
func (q *queue) pop() *node   { return heap.Pop((*order)(q)).(*node) }

// order is the queue as container/heap wants it.
type order []*node

func (o order) Len() int { return len(o) }
func (o order) Less(i, j int) bool {
	if o[i].priority != o[j].priority {
		return o[i].priority < o[j].priority
	}
	return o[i].index < o[j].index
}
func (o order) Swap(i, j int) { o[i], o[j] = o[j], o[i] }
func (o *order) Push(x any)   { *o = append(*o, x.(*node)) }
func (o *order) Pop() any {
	last := len(*o) - 1
	n := (*o)[last]
	*o = (*o)[:last]
	return n
}
