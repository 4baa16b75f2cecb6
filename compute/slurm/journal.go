package slurm

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// line is a line of a journal: what an element says of one of its tasks. It is a hint only:
// what is done, the store says.
type line struct {
	Key     string  `json:"key"`
	What    event   `json:"what"`
	Seconds float64 `json:"seconds,omitempty"` // of a task that ran
	Why     string  `json:"why,omitempty"`     // of one that failed
}

type event string

const (
	began   event = "began"
	done    event = "done"
	failed  event = "failed"
	waiting event = "waiting" // for a result that is not there
)

// maxWhy bounds what a journal keeps of an error, in bytes: a panic is long.
const maxWhy = 4 << 10

// journal is written by one element; an element that is run again goes on with it.
type journal struct{ f *os.File }

func openJournal(path string) (*journal, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return nil, err
	}
	return &journal{f}, nil
}

// write adds a line in one piece. A journal that cannot be written is not worth a result.
func (j *journal) write(l line) {
	if len(l.Why) > maxWhy {
		l.Why = l.Why[:maxWhy] + " …"
	}
	if b, err := json.Marshal(l); err == nil {
		_, _ = j.f.Write(append(b, '\n'))
	}
}

// tail reads a journal that is being written.
type tail struct {
	path   string
	offset int64 // behind the last whole line
}

// maxTail bounds what is read at a time, in bytes; the rest comes the next time.
const maxTail = 16 << 20

// next returns the whole lines that have come since the last time. Those that are not
// what an element writes are passed over.
func (t *tail) next() []line {
	f, err := os.Open(t.path)
	if err != nil {
		return nil
	}
	defer f.Close()
	if _, err := f.Seek(t.offset, io.SeekStart); err != nil {
		return nil
	}
	var lines []line
	r := bufio.NewReader(io.LimitReader(f, maxTail))
	for {
		b, err := r.ReadBytes('\n')
		if err != nil {
			return lines
		}
		t.offset += int64(len(b))
		var l line
		if json.Unmarshal(b, &l) == nil {
			lines = append(lines, l)
		}
	}
}

func (l line) wall() time.Duration { return time.Duration(l.Seconds * float64(time.Second)) }

// maxLog is how much of the end of a log is shown, in bytes.
const maxLog = 2 << 10

// endOf is the end of a log.
func endOf(path string) string {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "(no log: it never began)"
	}
	if err != nil {
		return "(" + err.Error() + ")"
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > maxLog {
		if _, err := f.Seek(-maxLog, io.SeekEnd); err != nil {
			return "(" + err.Error() + ")"
		}
	}
	b, _ := io.ReadAll(io.LimitReader(f, maxLog))
	if len(b) == 0 {
		return "(the log is empty)"
	}
	return string(b)
}
