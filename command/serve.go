package command

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"lossxfer-report/templates"
)

// serveFlags are the flags of serve alone.
type serveFlags struct {
	addr      string
	templates string
}

func (a *App) serve() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Build, and show the page in a browser while it fills",
		Long: `Serve does what build does and shows the page on this machine: items fill in as their
tasks finish, and a change of the manifest, of a template or of prose shows within a
second. Errors appear on the page. Nothing is written but the cache. In a checkout of
the program its paper.toml and templates/ are taken and watched.

It answers this machine only, unless --addr names another of its addresses. Ctrl-C ends
it; what was computed is kept.`,
		Example: `  lossxfer-report serve
  lossxfer-report serve --preset smoke --addr 127.0.0.1:9000
  lossxfer-report serve --only table-3,figure-5 -j 1`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runServe(cmd.Context(), f) },
	}
	a.planFlags(cmd)
	cmd.Flags().StringVar(&f.addr, "addr", "127.0.0.1:8391", "address to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&f.templates, "templates", "", "a folder in place of the templates in the binary (default ./templates in a checkout)")
	a.jobsFlag(cmd)
	return cmd
}

func (a *App) runServe(ctx context.Context, f serveFlags) error {
	a.takeCheckout(&f)
	if f.templates != "" {
		if _, err := os.Stat(filepath.Join(f.templates, "page.html.tmpl")); err != nil {
			return exit(ExitUsage, fmt.Errorf("--templates: %w", err))
		}
		templates.Use(os.DirFS(f.templates))
		defer templates.Use(nil)
	}
	listener, err := net.Listen("tcp", f.addr)
	if err != nil {
		return exit(ExitUsage, fmt.Errorf("--addr: %w; name another with --addr, or a free port with --addr 127.0.0.1:0", err))
	}
	if _, err := a.plan(); err != nil {
		listener.Close()
		return err // now, while whoever started it looks at the terminal
	}
	live := newLive(listener.Addr().String())
	server := &http.Server{Handler: live, ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	url := fmt.Sprintf("http://%s/", listener.Addr())
	switch {
	case a.json:
		a.printJSON(map[string]string{"url": url})
	case !a.quiet:
		fmt.Fprintln(a.stdout, url)
	}
	a.buildAndWatch(ctx, live, f)
	select {
	case err := <-failed:
		return exit(ExitFailure, err)
	default:
	}
	if err := server.Close(); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return exit(ExitFailure, err)
	}
	return nil
}

// takeCheckout takes the manifest and the templates of the folder we are in, if that is a
// checkout of the program and no others were named.
func (a *App) takeCheckout(f *serveFlags) {
	for _, name := range []string{"go.mod", "paper.toml", "templates/page.html.tmpl"} {
		if _, err := os.Stat(name); err != nil {
			return
		}
	}
	if a.manifest == "" {
		a.manifest = "paper.toml"
	}
	if f.templates == "" {
		f.templates = "templates"
	}
}

// buildAndWatch builds until the context ends, and again after each change of the
// manifest. A change of the templates only draws the page again.
func (a *App) buildAndWatch(ctx context.Context, live *live, f serveFlags) {
	manifest := newWatch(a.manifest)
	drawing := newWatch(f.templates)
	for ctx.Err() == nil {
		building, stop := context.WithCancel(ctx)
		done := make(chan struct{})
		go func() {
			defer close(done)
			a.buildLive(building, live)
		}()
		for again := false; !again && ctx.Err() == nil; {
			select {
			case <-ctx.Done():
			case <-time.After(watchEvery):
				again = manifest.changed()
				if drawing.changed() {
					live.redraw()
				}
			}
		}
		stop()
		<-done
	}
}
