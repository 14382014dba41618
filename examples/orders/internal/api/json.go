package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// writeJSON sends value. It encodes all of it first, so that an error leaves
// the response untouched.
func writeJSON(w http.ResponseWriter, status int, value any) error {
	return writeJSONSized(w, status, value, 512)
}

// writeJSONSized is writeJSON for a value whose JSON is about size bytes.
func writeJSONSized(w http.ResponseWriter, status int, value any, size int) error {
	body := bytes.NewBuffer(make([]byte, 0, size))
	if err := json.NewEncoder(body).Encode(value); err != nil {
		return fmt.Errorf("encode response: %w", err)
	}
	send(w, status, "application/json", body.Bytes())
	return nil
}

// send writes a whole response. An error of writing it is the client's going
// away, of which nobody needs to know.
func send(w http.ResponseWriter, status int, contentType string, body []byte) {
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	header.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// readJSON decodes the body of a request, which must be one JSON value of
// known fields.
func readJSON(r *http.Request, value any) error {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(value); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return &badRequest{http.StatusRequestEntityTooLarge, "request body is too large", err}
		}
		return &badRequest{http.StatusBadRequest, "request body is not an order", err}
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return &badRequest{http.StatusBadRequest, "request body has more than one JSON value", nil}
	}
	return nil
}

// notModified answers 304, and returns true, where the client has already got
// what the tag stands for. It sets the tag in any case.
func notModified(w http.ResponseWriter, r *http.Request, etag string) bool {
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") != etag {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}
