package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// middleware wraps a handler in something that is done for every request.
type middleware func(http.Handler) http.Handler

// chain returns h within the layers, the first of them outermost.
func chain(h http.Handler, layers ...middleware) http.Handler {
	for i := len(layers) - 1; i >= 0; i-- {
		h = layers[i](h)
	}
	return h
}

// recoverPanics answers 500 where a handler panics.
func recoverPanics(log *slog.Logger) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				cause := recover()
				if cause == nil {
					return
				}
				if cause == http.ErrAbortHandler {
					panic(cause) // net/http's own way to drop a connection
				}
				log.ErrorContext(r.Context(), "handler panicked",
					"method", r.Method, "path", r.URL.Path,
					"cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
				http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
			}()
			next.ServeHTTP(w, r)
		})
	}
}

// limitBody makes reading more than n bytes of a request's body an error.
func limitBody(n int64) middleware {
	return func(next http.Handler) http.Handler {
		return http.MaxBytesHandler(next, n)
	}
}

// limitTime cancels the context of a request after the timeout.
func limitTime(timeout time.Duration) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithTimeout(r.Context(), timeout)
			defer cancel()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

// logAccess logs every request when it has been answered.
func logAccess(log *slog.Logger) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start := time.Now()
			recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
			next.ServeHTTP(recorder, r)
			log.InfoContext(r.Context(), "request",
				"method", r.Method, "path", r.URL.Path,
				"status", recorder.status, "bytes", recorder.bytes,
				"duration", time.Since(start))
		})
	}
}

// statusRecorder remembers what was sent through it.
type statusRecorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *statusRecorder) Write(data []byte) (int, error) {
	n, err := r.ResponseWriter.Write(data)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the writer within.
func (r *statusRecorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
