package command

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"lossxfer-report/report"
)

// live is the page that is served, with what the program is doing. It is safe for use by
// several goroutines.
type live struct {
	host string // the address we listen on

	drawing sync.Mutex // held while a page is drawn

	mu      sync.Mutex
	report  *report.Report
	render  renderer // how it was drawn
	output  *report.Output
	data    []byte // report.json
	version string // changes with the page
	text    string // what goes on
	err     string // what went wrong
	changed chan struct{}
}

func newLive(host string) *live { return &live{host: host, changed: make(chan struct{})} }

// update changes something and wakes whoever waits for it.
func (l *live) update(change func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change()
	close(l.changed)
	l.changed = make(chan struct{})
}

func (l *live) say(text string) { l.update(func() { l.text = text }) }

// fail shows an error over the last good page.
func (l *live) fail(err error) { l.update(func() { l.err = err.Error() }) }

// showInterim shows a report whose results are still arriving.
func (l *live) showInterim(r *report.Report) { l.show(r, report.RenderInterim) }

// showFrom shows a report with its static drawings, those of earlier builds from the shelf.
func (l *live) showFrom(shelf report.Shelf, r *report.Report) {
	l.show(r, func(r *report.Report) (*report.Output, error) { return report.RenderFrom(r, shelf) })
}

// show draws a report, after what is being drawn: the page never goes back to an older one.
func (l *live) show(r *report.Report, render renderer) {
	l.drawing.Lock()
	defer l.drawing.Unlock()
	l.draw(r, render)
}

// renderer makes a page of a report.
type renderer func(*report.Report) (*report.Output, error)

func (l *live) draw(r *report.Report, render renderer) {
	data, err := report.Encode(r)
	var out *report.Output
	if err == nil {
		out, err = render(r)
	}
	l.update(func() {
		l.report, l.render = r, render
		if err != nil {
			l.err = err.Error()
			return
		}
		l.output, l.data, l.version, l.err = out, data, digest(out.HTML)[:16], ""
	})
}

// redraw draws the last report again, with other templates.
func (l *live) redraw() {
	l.drawing.Lock()
	defer l.drawing.Unlock()
	l.mu.Lock()
	r, render := l.report, l.render
	l.mu.Unlock()
	if r != nil {
		l.draw(r, render)
	}
}

// ServeHTTP answers for the page, its parts and its events.
func (l *live) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !l.known(r.Host) {
		http.Error(w, "this is not the host that the program listens on", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "there is nothing to send here", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
	w.Header().Set("Cache-Control", "no-store")
	if r.URL.Path == "/events" {
		l.events(w, r)
		return
	}
	l.file(w, r)
}

// known refuses names that some other site made to point to this machine.
func (l *live) known(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	own, _, err := net.SplitHostPort(l.host)
	if err != nil {
		return false
	}
	if ip := net.ParseIP(own); ip != nil && ip.IsUnspecified() {
		return net.ParseIP(name) != nil || name == "localhost"
	}
	return name == own || name == "localhost" && net.ParseIP(own).IsLoopback()
}

func (l *live) file(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	out, data, version := l.output, l.data, l.version
	l.mu.Unlock()
	switch name := strings.TrimPrefix(path.Clean(r.URL.Path), "/"); {
	case name == "" || name == "report.html":
		var page []byte
		if out != nil {
			page = out.HTML
		}
		page, err := report.Live(page, version)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		give(w, "text/html; charset=utf-8", page)
	case out == nil:
		http.NotFound(w, r)
	case name == "report.json":
		give(w, "application/json", data)
	case name == "report.md":
		give(w, "text/markdown; charset=utf-8", out.Markdown)
	case name == "badge.svg":
		give(w, "image/svg+xml", out.Badge)
	case out.Figures[strings.TrimPrefix(name, "figures/")] != nil:
		give(w, "image/svg+xml", out.Figures[strings.TrimPrefix(name, "figures/")])
	default:
		http.NotFound(w, r)
	}
}

func give(w http.ResponseWriter, kind string, data []byte) {
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(data) // a reader who has gone is no concern of ours
}

// events tells a page what is new, for as long as it is open.
func (l *live) events(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no events over this connection", http.StatusNotImplemented)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		l.mu.Lock()
		version, text, problem, changed := l.version, l.text, l.err, l.changed
		l.mu.Unlock()
		state, err := json.Marshal(map[string]string{"text": text, "error": problem})
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "event: page\ndata: %s\n\nevent: state\ndata: %s\n\n", version, state); err != nil {
			return
		}
		flusher.Flush()
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		case <-time.After(15 * time.Second):
		}
	}
}
