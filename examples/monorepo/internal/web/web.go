// Package web is what the services of this repository share: JSON in and out,
// a health check, start and stop.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// maxBody is the largest request body that is read, in bytes.
const maxBody = 64 << 10

// Write answers with a status and a value as JSON.
func Write(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(value); err != nil {
		slog.Warn("write the answer", "error", err)
	}
}

// Error answers with a status and what is wrong.
func Error(w http.ResponseWriter, status int, message string) {
	Write(w, status, map[string]string{"error": message})
}

// Read decodes a JSON body into value; it answers by itself where that fails.
func Read(w http.ResponseWriter, r *http.Request, value any) bool {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(value); err != nil {
		Error(w, http.StatusBadRequest, err.Error())
		return false
	}
	return true
}

// Main serves the routes, GET /healthz among them, on the address of the flag
// -listen until SIGINT or SIGTERM.
func Main(name, version string, routes *http.ServeMux) {
	listen := flag.String("listen", "127.0.0.1:8080", "`address` to serve on")
	flag.Parse()
	routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		Write(w, http.StatusOK, map[string]string{"status": "ok", "version": version})
	})
	if err := serve(name, *listen, routes); err != nil {
		slog.Error("serve", "service", name, "error", err)
		os.Exit(1)
	}
}

func serve(name, address string, routes http.Handler) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	slog.Info("listening", "service", name, "address", listener.Addr().String())
	server := &http.Server{Handler: routes, ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return errors.Join(server.Shutdown(deadline), ignoreClosed(<-failed))
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
