package main

import (
	"log/slog"
	"net/http"
	"net/http/pprof"
	"time"
)

// newProfileServer returns a server of Go's profiles. It stands apart from the
// orders: profiles are nothing for the public, and take longer than any order.
func newProfileServer(log *slog.Logger) *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	server := newServer(mux, log)
	server.WriteTimeout = 5 * time.Minute
	return server
}
