package data

import "lossxfer-report/compute"

// Kind makes a Source a task of the plan.
func (s Source) Kind() string { return "data.set" }

// Transient: a set is made again faster than it is read from a disk.
func (s Source) Transient() bool { return true }

// Label names the set for the progress display.
func (s Source) Label() string { return "data " + s.String() }

// Depend declares nothing: a set depends on no other task.
func (s Source) Depend(*compute.Deps) {}

// Run loads the set.
func (s Source) Run(c *compute.Context) (*Set, error) { return s.Load(c.Context()) }

var _ compute.Task[*Set] = Source{}
