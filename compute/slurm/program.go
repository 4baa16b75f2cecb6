package slurm

import (
	"os"
	"path/filepath"

	"lossxfer-report/cache"
)

const programsDir = "programs"

// program is the path of the program on the nodes. Unless the options name one, it is a
// copy of this one in the shared folder, under the digest of its bytes: what "go run" has
// built is gone when the build ends, and a program that is built anew while jobs wait
// would compute something else.
func (e Executor) program() (path string, content []byte, err error) {
	if e.Program != "" {
		return e.Program, nil, nil
	}
	running, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	if content, err = os.ReadFile(running); err != nil {
		return "", nil, err
	}
	digest := cache.DigestOf(content).String()[:16]
	return filepath.Join(e.dir(), programsDir, digest, "lossxfer-report"), content, nil
}

// copyProgram puts the program where program says.
func (e Executor) copyProgram() (string, error) {
	path, content, err := e.program()
	if err != nil || content == nil {
		return path, err
	}
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(content)) && info.Mode()&0o111 != 0 {
		return path, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return "", err
	}
	// Under its name only when it can be run: another build may use it at once.
	part := path + newName()
	defer os.Remove(part)
	if err := cache.ReplaceBytes(part, content); err != nil {
		return "", err
	}
	if err := os.Chmod(part, 0o755); err != nil {
		return "", err
	}
	return path, os.Rename(part, path)
}
