package external

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// listener hears what a command says: its progress, and the end of the rest for an
// error message. However much a command writes, little of it is held.
type listener struct {
	progress       func(done, total int)
	output, errors tail
}

// attach connects the command to pipes. They are files, so that the command's end is
// seen at once, whoever else still holds them.
func (l *listener) attach(cmd *exec.Cmd) (*pipes, error) {
	p := new(pipes)
	for _, to := range []struct {
		stream *io.Writer
		hear   io.Writer
	}{{&cmd.Stdout, &lineWriter{line: l.hear}}, {&cmd.Stderr, &l.errors}} {
		r, w, err := os.Pipe()
		if err != nil {
			p.close()
			return nil, err
		}
		*to.stream = w
		p.readers, p.writers, p.hear = append(p.readers, r), append(p.writers, w), append(p.hear, to.hear)
	}
	return p, nil
}

// hear takes one line of standard output: "progress 3 20" says that 3 of 20 parts are done.
func (l *listener) hear(line []byte) {
	var done, total int
	if n, err := fmt.Sscanf(string(line), "progress %d %d", &done, &total); n == 2 && err == nil {
		if l.progress != nil && 0 <= done && done <= total {
			l.progress(done, total)
		}
		return
	}
	l.output.Write(line)
}

// failure is a failed training with the end of what the command said: on standard
// error, or on standard output if nothing is there.
func (l *listener) failure(t Trainer, why error) error {
	said := l.errors.String()
	if said == "" {
		said = l.output.String()
	}
	if said == "" {
		return fmt.Errorf("%s %w; it said nothing", t, why)
	}
	return fmt.Errorf("%s %w; it said last:\n%s", t, why, said)
}

// pipes are the two ends of standard output and standard error.
type pipes struct {
	readers, writers []*os.File
	hear             []io.Writer
	group            sync.WaitGroup
}

// started closes the command's ends, which it now has for itself, and listens.
func (p *pipes) started() {
	for i, w := range p.writers {
		w.Close()
		p.group.Go(func() {
			io.Copy(p.hear[i], p.readers[i])
			if lines, ok := p.hear[i].(*lineWriter); ok {
				lines.end()
			}
		})
	}
}

// leftOver is how long a process that outlived its group is listened to.
const leftOver = time.Second

// drain reads what is left in the pipes after the command has ended.
func (p *pipes) drain() {
	for _, r := range p.readers {
		if err := r.SetReadDeadline(time.Now().Add(leftOver)); errors.Is(err, os.ErrNoDeadline) {
			time.AfterFunc(leftOver, func() { r.Close() })
		}
	}
	p.group.Wait()
}

func (p *pipes) close() {
	for _, f := range append(p.readers, p.writers...) {
		f.Close()
	}
}

// tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	kept []byte
	cut  bool
}

// The most that an error message quotes of a command's output.
const (
	tailBytes = 1200
	tailLines = 10
)

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(p)
	if over := len(p) - tailBytes; over > 0 {
		p, t.cut = p[over:], true
	}
	t.kept = append(t.kept, p...)
	if over := len(t.kept) - tailBytes; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
		t.cut = true
	}
	return n, nil
}

// String is the last lines as text. A line that was cut in its middle is left out if
// others follow.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.Map(printable, strings.ToValidUTF8(string(t.kept), "\uFFFD"))
	if _, rest, more := strings.Cut(text, "\n"); t.cut && more && strings.TrimSpace(rest) != "" {
		text = rest
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-tailLines):], "\n")
}

// printable drops what would move a terminal's cursor or colour it.
func printable(r rune) rune {
	if r == '\n' || r == '\t' || r >= ' ' && r != 0x7f && r != utf8.RuneError && !(r >= 0x80 && r < 0xa0) {
		return r
	}
	if r == '\r' {
		return '\n'
	}
	return -1
}

// lineWriter hands over whole lines, and long ones in pieces.
type lineWriter struct {
	line func([]byte)
	have []byte
}

func (w *lineWriter) Write(p []byte) (int, error) {
	for _, c := range p {
		w.have = append(w.have, c)
		if c == '\n' || len(w.have) == tailBytes {
			w.line(w.have)
			w.have = w.have[:0]
		}
	}
	return len(p), nil
}

// end hands over a last line without an end.
func (w *lineWriter) end() {
	if len(w.have) > 0 {
		w.line(w.have)
	}
}
