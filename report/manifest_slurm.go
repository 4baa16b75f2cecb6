package report

// SlurmSpec is [slurm]: what a cluster is told when a build runs on it, see docs/slurm.md.
// Nothing of it can change a result. The words are checked where they are used.
type SlurmSpec struct {
	Partition   string   `toml:"partition,optional"`
	Time        string   `toml:"time,optional"`         // limit of one element of an array: "2h"
	Memory      string   `toml:"memory,optional"`       // of one element: "4G"
	CPUs        int      `toml:"cpus,optional"`         // of one element, which runs so many tasks at a time
	Limit       int      `toml:"limit,optional"`        // elements of an array that may run at a time
	Setup       []string `toml:"setup,optional"`        // lines of the batch script before the program
	Options     []string `toml:"options,optional"`      // further options of sbatch: "--account=lab"
	Program     string   `toml:"program,optional"`      // the program's path on the nodes; without it, a copy in the folder of results
	Element     string   `toml:"element,optional"`      // how much work an element gets: "5m"
	Attempts    int      `toml:"attempts,optional"`     // how often a task is tried
	Poll        string   `toml:"poll,optional"`         // between two questions to Slurm: "10s"
	Settle      string   `toml:"settle,optional"`       // how long a result may take to be seen on this machine: "70s"
	OnInterrupt string   `toml:"on_interrupt,optional"` // "leave" the jobs, or "cancel" them
}
