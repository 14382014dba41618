package api

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestChainCallsTheFirstLayerFirst(t *testing.T) {
	var calls []string
	layer := func(name string) middleware {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				calls = append(calls, name)
				next.ServeHTTP(w, r)
			})
		}
	}
	h := chain(http.NotFoundHandler(), layer("outer"), layer("inner"))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if got, want := strings.Join(calls, " "), "outer inner"; got != want {
		t.Errorf("calls = %q, want %q", got, want)
	}
}

func TestRecoverPanics(t *testing.T) {
	var log strings.Builder
	h := recoverPanics(slog.New(slog.NewTextHandler(&log, nil)))(http.HandlerFunc(
		func(http.ResponseWriter, *http.Request) { panic("out of tea") }))
	response := httptest.NewRecorder()
	h.ServeHTTP(response, httptest.NewRequest("GET", "/orders", nil))
	if response.Code != http.StatusInternalServerError {
		t.Errorf("status %d, want 500", response.Code)
	}
	if !strings.Contains(log.String(), `cause="out of tea"`) {
		t.Errorf("log = %s, want the cause", log.String())
	}
}

func TestRecoverPanicsLetsAbortsPass(t *testing.T) {
	h := recoverPanics(slog.Default())(http.HandlerFunc(
		func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer func() {
		if cause := recover(); cause != http.ErrAbortHandler {
			t.Errorf("recovered %v, want http.ErrAbortHandler", cause)
		}
	}()
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}

func TestLimitTime(t *testing.T) {
	h := limitTime(time.Minute)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, ok := r.Context().Deadline(); !ok {
			t.Error("the context has no deadline")
		}
	}))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}

func TestAccessLog(t *testing.T) {
	for _, on := range []bool{false, true} {
		var log strings.Builder
		h := newHandler(t, func(c *Config) {
			c.AccessLog = on
			c.Log = slog.New(slog.NewTextHandler(&log, nil))
		})
		do(t, h, "GET", "/orders/42", "", http.StatusNotFound)
		if got := strings.Contains(log.String(), "path=/orders/42 status=404 bytes="); got != on {
			t.Errorf("access log %t: log = %q", on, log.String())
		}
	}
}
