package tasks

import (
	"encoding/json"
	"net/http"
	"time"
)

// Handler serves the list to who has the token.
func Handler(list *List, token string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /tasks", func(w http.ResponseWriter, r *http.Request) {
		var wanted struct {
			Text string `json:"text"`
			Days int    `json:"days"`
		}
		if err := json.NewDecoder(r.Body).Decode(&wanted); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		task := list.Add(wanted.Text, time.Now().AddDate(0, 0, wanted.Days))
		w.Header().Set("Location", "/tasks/"+task.ID)
		reply(w, http.StatusCreated, task)
	})
	mux.HandleFunc("GET /tasks/{id}", func(w http.ResponseWriter, r *http.Request) {
		if task, ok := list.Find(r.PathValue("id")); ok {
			reply(w, http.StatusOK, task)
			return
		}
		http.NotFound(w, r)
	})
	mux.HandleFunc("DELETE /tasks/{id}", func(w http.ResponseWriter, r *http.Request) {
		if list.Remove(r.PathValue("id")) {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		http.NotFound(w, r)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" {
			w.WriteHeader(http.StatusOK)
			return
		}
		if r.Header.Get("Authorization") != "Bearer "+token {
			http.Error(w, "a token is needed", http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func reply(w http.ResponseWriter, status int, task Task) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(task)
}
