package library

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
)

const (
	mostBooks = 50
	// maxBody is the largest request body that is read, in bytes.
	maxBody = 16 << 10
)

// Routes answers requests from the store.
func Routes(store *Store) http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]string{"status": "ok"}, store.ping(r.Context()))
	})
	routes.HandleFunc("GET /books", store.listBooks)
	routes.HandleFunc("GET /books/{id}", store.showBook)
	routes.HandleFunc("PUT /books/{id}/reviews/{reader}", store.takeReview)
	return routes
}

func (s *Store) listBooks(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil || limit < 1 || limit > mostBooks {
		write(w, http.StatusUnprocessableEntity, problem{"limit is a number from 1 to " + strconv.Itoa(mostBooks)})
		return
	}
	books, err := s.booksOn(r.Context(), query.Get("subject"), limit)
	answer(w, books, err)
}

func (s *Store) showBook(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		answer(w, nil, errNotFound)
		return
	}
	found, err := s.book(r.Context(), id)
	if err != nil {
		answer(w, nil, err)
		return
	}
	reviews, err := s.reviews(r.Context(), id)
	answer(w, newPage(found, reviews), err)
}

func (s *Store) takeReview(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		answer(w, nil, errNotFound)
		return
	}
	var given review
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&given); err != nil {
		write(w, http.StatusBadRequest, problem{err.Error()})
		return
	}
	given.Reader = r.PathValue("reader")
	if given.Stars < 1 || given.Stars > 5 {
		write(w, http.StatusUnprocessableEntity, problem{"stars is a number from 1 to 5"})
		return
	}
	answer(w, given, s.putReview(r.Context(), id, given))
}

type problem struct {
	Error string `json:"error"`
}

// answer writes the value, or what err says in its place.
func answer(w http.ResponseWriter, value any, err error) {
	switch {
	case err == nil:
		write(w, http.StatusOK, value)
	case errors.Is(err, errNotFound):
		write(w, http.StatusNotFound, problem{err.Error()})
	default:
		slog.Error("ask the database", "error", err)
		write(w, http.StatusServiceUnavailable, problem{"the database does not answer"})
	}
}

func write(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(value); err != nil {
		slog.Warn("write the answer", "error", err)
	}
}
