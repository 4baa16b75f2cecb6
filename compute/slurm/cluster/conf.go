package cluster

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
)

// configure writes slurm.conf and cgroup.conf.
func (c *Cluster) configure(o Options) error {
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	host, _, _ = strings.Cut(host, ".") // the controller compares it with the short name
	ports, err := freePorts(1 + len(Nodes))
	if err != nil {
		return err
	}
	c.port = ports[0]
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	add("ClusterName=test")
	add("SlurmctldHost=%s(127.0.0.1)", host)
	add("SlurmctldPort=%d", c.port)
	add("CommunicationParameters=NoCtldInAddrAny,NoInAddrAny") // not to be seen from outside
	add("SlurmUser=root")
	add("SlurmdUser=root")
	add("AuthType=auth/munge")
	add("AuthInfo=socket=%s,cred_expire=5", c.path("munge")) // a requeued job waits so long, by default two minutes
	add("StateSaveLocation=%s", c.path("state"))
	add("SlurmdSpoolDir=%s", c.path("%n"))
	add("SlurmctldPidFile=%s", c.path("slurmctld.pid"))
	add("SlurmdPidFile=%s", c.path("%n.pid"))
	add("MailProg=/bin/true")

	// What wants cgroups, a database or the host's real hardware is left out.
	add("ProctrackType=proctrack/linuxproc")
	add("TaskPlugin=task/none")
	add("JobAcctGatherType=jobacct_gather/none")
	add("AccountingStorageType=accounting_storage/none")
	add("MpiDefault=none")
	add("SelectType=select/cons_tres")
	add("SelectTypeParameters=CR_CPU")
	add("SlurmdParameters=config_overrides")

	// Slurm is in no hurry by default: tests are.
	add("SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1")
	add("MessageTimeout=3")
	add("SlurmdTimeout=4")
	add("KillWait=2")
	add("ReturnToService=2") // a node that was down serves again as soon as it is there

	for _, p := range []struct {
		name  string
		value int
	}{{"MaxArraySize", o.MaxArraySize}, {"MaxJobCount", o.MaxJobCount}, {"MinJobAge", o.MinJobAge}} {
		if p.value > 0 {
			add("%s=%d", p.name, p.value)
		}
	}
	for i, name := range Nodes {
		add("NodeName=%s NodeHostname=%s NodeAddr=127.0.0.1 Port=%d CPUs=%d", name, host, ports[1+i], max(o.CPUs, 1))
	}
	add("PartitionName=main Nodes=%s Default=YES MaxTime=INFINITE State=UP", strings.Join(Nodes, ","))
	lines = append(lines, o.Conf...)
	if err := os.WriteFile(c.path("slurm.conf"), []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		return err
	}
	// Read even where no cgroups are used; without it slurmd looks for those of the host.
	return os.WriteFile(c.path("cgroup.conf"), []byte("CgroupPlugin=cgroup/v1\nCgroupAutomount=no\n"), 0o644)
}

// path is a file of the cluster's.
func (c *Cluster) path(name string) string { return filepath.Join(c.dir, name) }

// freePorts finds ports that nobody listens on. They are below those that the system
// gives to connections (from 32768), which could take the port of a node that is down.
func freePorts(n int) ([]int, error) {
	var ports []int
	for range 1000 {
		port := 20000 + rand.IntN(12000)
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			continue
		}
		defer l.Close() // only now, so that no port is found twice
		if ports = append(ports, port); len(ports) == n {
			return ports, nil
		}
	}
	return nil, fmt.Errorf("%d free ports cannot be found", n)
}
