package slurm

import "time"

// Options are what a cluster wants to be told, and how patient the executor is. A zero
// value leaves the choice to the cluster or takes the default.
type Options struct {
	Partition string
	Time      time.Duration // limit of one element; Slurm counts whole minutes
	Memory    string        // of one element, as sbatch takes it: "4G"
	CPUs      int           // of one element: so many tasks at a time; 0 is 1
	Limit     int           // elements of one array that may run at a time; 0 is no limit
	Setup     []string      // lines of the script before the program: "module load …"
	Extra     []string      // further options of sbatch: "--account=…"
	Program   string        // its path on the nodes; empty: a copy in the shared folder

	Element  time.Duration // work of one element, estimated; 0 is DefaultElement
	Attempts int           // how often a task is tried; 0 is DefaultAttempts
	Poll     time.Duration // between two questions to Slurm; 0 is DefaultPoll
	Settle   time.Duration // how long a result may take to be seen after its element ended; 0 is DefaultSettle
	Cancel   bool          // when the build is interrupted, cancel what is under way
}

// The defaults of Options.
const (
	DefaultElement  = 5 * time.Minute
	DefaultAttempts = 3
	DefaultPoll     = 10 * time.Second
	// DefaultSettle is longer than NFS remembers by default that a file is not there.
	DefaultSettle = 70 * time.Second
)

func (o Options) withDefaults() Options {
	set := func(d *time.Duration, to time.Duration) {
		if *d == 0 {
			*d = to
		}
	}
	set(&o.Element, DefaultElement)
	set(&o.Poll, DefaultPoll)
	set(&o.Settle, DefaultSettle)
	if o.Attempts == 0 {
		o.Attempts = DefaultAttempts
	}
	if o.CPUs == 0 {
		o.CPUs = 1
	}
	return o
}
