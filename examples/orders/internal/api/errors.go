package api

import (
	"context"
	"errors"
	"net/http"

	"example.com/shop/internal/order"
	"example.com/shop/internal/pricing"
	"example.com/shop/internal/store"
)

// badRequest is an error that the client can repair by sending something else.
type badRequest struct {
	status  int
	message string
	cause   error // may be nil
}

func (e *badRequest) Error() string {
	if e.cause == nil {
		return e.message
	}
	return e.message + ": " + e.cause.Error()
}

func (e *badRequest) Unwrap() error { return e.cause }

// errorBody is the JSON of every error.
type errorBody struct {
	Error    string          `json:"error"`
	Problems []order.Problem `json:"problems,omitempty"`
}

// handle makes a http.Handler of a function that may fail. A function that
// returns an error must not have written anything.
func (s *server) handle(serve func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := serve(w, r)
		if err == nil {
			return
		}
		status, body := describeError(err)
		if status >= http.StatusInternalServerError {
			s.log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
		}
		if err := writeJSON(w, status, body); err != nil {
			s.log.ErrorContext(r.Context(), "error not sent", "error", err)
		}
	})
}

// describeError returns how an error is told to the client. The text of an
// unexpected error is for the log only.
func describeError(err error) (status int, body errorBody) {
	var bad *badRequest
	var invalid *order.InvalidError
	switch {
	case errors.As(err, &bad):
		return bad.status, errorBody{Error: bad.Error()}
	case errors.As(err, &invalid):
		return http.StatusUnprocessableEntity, errorBody{Error: "invalid order", Problems: invalid.Problems}
	case errors.Is(err, store.ErrUnknownSKU), errors.Is(err, pricing.ErrUnknownRegion):
		return http.StatusUnprocessableEntity, errorBody{Error: err.Error()}
	case errors.Is(err, store.ErrUnknownSort):
		return http.StatusBadRequest, errorBody{Error: err.Error()}
	case errors.Is(err, store.ErrNotFound), errors.Is(err, order.ErrBadID):
		return http.StatusNotFound, errorBody{Error: err.Error()}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable, errorBody{Error: "request took too long"}
	default:
		return http.StatusInternalServerError, errorBody{Error: "internal error"}
	}
}
