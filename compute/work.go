package compute

// SmallTask is what a task weighs beside its image-steps: about what probing a network takes
// beside training it.
const SmallTask = 2000

// Speed is how many image-steps a core trains in a second: measured with glyphnet on 28×28
// pixels, on one core of a Zen 4 that has a second to itself.
const Speed = 4500

// Load is what some tasks have to do.
type Load struct {
	Tasks int
	Steps int64 // image-steps of training
}

// Work estimates how long the tasks take, in image-steps.
func (l Load) Work() int64 { return l.Steps + SmallTask*int64(l.Tasks) }

// Load is that of the one task.
func (t TaskInfo) Load() Load { return Load{1, t.Steps} }
