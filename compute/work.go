package compute

// SmallTask is what a task weighs beside its image-steps: about what probing a network takes
// beside training it.
const SmallTask = 2000

// Speed is how many image-steps a core trains in a second: measured with glyphnet on 28×28
// pixels, on one core of a Zen 4 that has a second to itself.
const Speed = 4500

// Work estimates how long tasks take, in image-steps.
func Work(tasks int, steps int64) int64 { return steps + SmallTask*int64(tasks) }

// Work estimates how long the task takes, in image-steps.
func (t TaskInfo) Work() int64 { return Work(1, t.Steps) }

// Work is the sum over all tasks that have to run.
func (k Known) Work() int64 { return Work(k.Total-k.Cached, k.Steps) }
