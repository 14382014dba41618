// Command tasks serves a list of things to do. All that it needs to know stands in config/tasks.json, but for the token
// that its callers must have, which is in TASKS_TOKEN.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/tasks/internal/tasks"
)

type config struct {
	Listen     string `json:"listen"`
	SweepEvery string `json:"sweepEvery"`
}

func main() {
	var c config
	text, err := os.ReadFile("config/tasks.json")
	if err != nil {
		log.Fatal(err)
	}
	if err := json.Unmarshal(text, &c); err != nil {
		log.Fatal(err)
	}
	pause, err := time.ParseDuration(c.SweepEvery)
	if err != nil {
		log.Fatal(err)
	}

	list := tasks.New()
	if pause > 0 {
		go list.SweepEvery(pause)
	}
	server := &http.Server{Addr: c.Listen, Handler: tasks.Handler(list, os.Getenv("TASKS_TOKEN"))}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		asked, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
		defer stop()
		<-asked.Done()
		patience, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := server.Shutdown(patience); err != nil {
			log.Print(err)
		}
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	<-stopped
}
