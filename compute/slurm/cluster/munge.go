package cluster

import (
	"crypto/rand"
	"net"
	"os"
)

// startMunge starts the service by which the programs of the cluster trust each other,
// and waits until it answers. It runs as root with a key of its own, so that it needs
// neither the user that packages of it make, nor /run/munge.
func (c *Cluster) startMunge() {
	c.t.Helper()
	key := make([]byte, 128)
	rand.Read(key)
	if err := os.WriteFile(c.path("munge.key"), key, 0o600); err != nil {
		c.t.Fatal(err)
	}
	// Everybody has to reach the socket.
	if err := os.Chmod(c.dir, 0o755); err != nil {
		c.t.Fatal(err)
	}
	c.munge = c.start("munged", c.Command("munged", "--foreground",
		"--force", // also where others may write to the folder for temporary files
		"--origin=127.0.0.1", "--socket="+c.path("munge"), "--key-file="+c.path("munge.key"),
		"--pid-file="+c.path("munged.pid"), "--seed-file="+c.path("munged.seed"), "--log-file="+c.path("munged.own.log")))
	c.until("answer of munged", func() bool {
		conn, err := net.Dial("unix", c.path("munge"))
		if err != nil {
			return false
		}
		conn.Close()
		return true
	})
}
