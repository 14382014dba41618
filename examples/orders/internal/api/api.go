// Package api serves the shop's orders over HTTP as JSON, and their invoices as
// HTML. It translates: requests into calls of the store, and what comes back,
// errors included, into responses.
package api

import (
	"log/slog"
	"net/http"
	"time"

	"example.com/shop/internal/invoice"
	"example.com/shop/internal/store"
)

const (
	// requestTimeout bounds the work on one request.
	requestTimeout = 5 * time.Second
	// maxBodyBytes bounds what a client may send.
	maxBodyBytes = 64 << 10
)

// Build tells which build of the service is running.
type Build struct {
	Version   string `json:"version"`
	Commit    string `json:"commit"`
	BuildTime string `json:"build_time"`
}

// Config is what the API needs. All but AccessLog is required.
type Config struct {
	Build    Build
	Store    *store.Store
	Invoices *invoice.Renderer
	Log      *slog.Logger
	// AccessLog says whether every request is logged.
	AccessLog bool
}

// server holds what the handlers share.
type server struct {
	build    Build
	store    *store.Store
	invoices *invoice.Renderer
	log      *slog.Logger
}

// New returns the handler of all routes.
func New(config Config) http.Handler {
	s := &server{
		build:    config.Build,
		store:    config.Store,
		invoices: config.Invoices,
		log:      config.Log,
	}
	mux := http.NewServeMux()
	mux.Handle("GET /healthz", s.handle(s.health))
	mux.Handle("GET /version", s.handle(s.version))
	mux.Handle("GET /orders", s.handle(s.listOrders))
	mux.Handle("POST /orders", s.handle(s.createOrder))
	mux.Handle("GET /orders/{id}", s.handle(s.getOrder))
	mux.Handle("GET /orders/{id}/invoice", s.handle(s.getInvoice))

	layers := []middleware{recoverPanics(s.log), limitBody(maxBodyBytes), limitTime(requestTimeout)}
	if config.AccessLog {
		layers = append([]middleware{logAccess(s.log)}, layers...)
	}
	return chain(mux, layers...)
}

func (s *server) health(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}

func (s *server) version(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, s.build)
}
