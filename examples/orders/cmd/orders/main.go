// Command orders serves the orders of a tea shop over HTTP.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/shop/internal/api"
	"example.com/shop/internal/invoice"
	"example.com/shop/internal/store"
)

// Set at build time with go build -ldflags "-X main.version=v1.2.3 ...".
var (
	version      = "dev"
	gitCommitSHA = "unknown"
	buildTime    = "unknown"
)

// shutdownTimeout is how long running requests may take after SIGTERM.
const shutdownTimeout = 10 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stderr)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2) // the flag package has told what is wrong
	default:
		fmt.Fprintln(os.Stderr, "orders:", err)
		os.Exit(1)
	}
}

// errUsage is wrapped where the command line is wrong.
var errUsage = errors.New("wrong command line")

// options are the command line.
type options struct {
	listen    string
	pprof     string
	accessLog bool
}

func parseOptions(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("orders", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.listen, "listen", "127.0.0.1:8080", "`address` to serve on")
	flags.StringVar(&o.pprof, "pprof", "", "`address` to serve profiles on (default: do not)")
	flags.BoolVar(&o.accessLog, "access-log", false, "log every request")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return o, err
		}
		return o, fmt.Errorf("%w: %w", errUsage, err)
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "unexpected argument %q\n", flags.Arg(0))
		flags.Usage()
		return o, fmt.Errorf("%w: unexpected argument %q", errUsage, flags.Arg(0))
	}
	return o, nil
}

// run serves until ctx is done, then lets the running requests finish.
func run(ctx context.Context, args []string, stderr io.Writer) error {
	options, err := parseOptions(args, stderr)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(stderr, nil))
	log.Info("starting", "version", version, "commit", gitCommitSHA, "built", buildTime)

	orders, err := store.New(store.Ticking(store.Epoch, time.Minute))
	if err != nil {
		return fmt.Errorf("fill the store: %w", err)
	}
	invoices, err := invoice.New()
	if err != nil {
		return err
	}
	handler := api.New(api.Config{
		Build:     api.Build{Version: version, Commit: gitCommitSHA, BuildTime: buildTime},
		Store:     orders,
		Invoices:  invoices,
		Log:       log,
		AccessLog: options.accessLog,
	})

	endpoints := []endpoint{{"orders", options.listen, newServer(handler, log)}}
	if options.pprof != "" {
		endpoints = append(endpoints, endpoint{"pprof", options.pprof, newProfileServer(log)})
	}
	return serve(ctx, endpoints, log)
}

// endpoint is a server and where it listens.
type endpoint struct {
	name    string
	address string
	server  *http.Server
}

// serve listens on all endpoints until ctx is done or one of them fails, then
// shuts all of them down.
func serve(ctx context.Context, endpoints []endpoint, log *slog.Logger) error {
	failed := make(chan error, len(endpoints))
	var errs []error
	var started []endpoint
	for _, e := range endpoints {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", e.address)
		if err != nil {
			errs = append(errs, fmt.Errorf("listen for %s: %w", e.name, err))
			break
		}
		started = append(started, e)
		log.Info("listening", "for", e.name, "address", listener.Addr().String())
		go func() {
			if err := e.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				failed <- fmt.Errorf("serve %s: %w", e.name, err)
			}
		}()
	}
	if len(errs) == 0 {
		select {
		case <-ctx.Done():
			log.Info("stopping")
		case err := <-failed:
			errs = append(errs, err)
		}
	}
	deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	for _, e := range started {
		if err := e.server.Shutdown(deadline); err != nil {
			errs = append(errs, fmt.Errorf("stop %s: %w", e.name, err))
		}
	}
	return errors.Join(errs...)
}

func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
