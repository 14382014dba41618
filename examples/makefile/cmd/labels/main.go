// Command labels prints parcel labels over HTTP.
package main

import (
	"flag"
	"fmt"
	"log"
	"net/http"
	"strconv"
	"strings"
	"time"

	"example.com/labels/internal/zones"
)

// Set by the Makefile with -ldflags -X.
var version = "dev"

func main() {
	listen := flag.String("listen", "127.0.0.1:8080", "`address` to serve on")
	flag.Parse()
	routes := http.NewServeMux()
	routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "labels", version)
	})
	routes.HandleFunc("GET /label", label)
	server := &http.Server{Addr: *listen, Handler: routes, ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(server.ListenAndServe())
}

func label(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	grams, err := strconv.Atoi(query.Get("grams"))
	if err != nil {
		http.Error(w, "grams is a number", http.StatusUnprocessableEntity)
		return
	}
	country := query.Get("country")
	cents, err := zones.Price(country, grams)
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprint(w, framed([]string{
		query.Get("name"),
		query.Get("street"),
		country,
		fmt.Sprintf("%d g  %d.%02d EUR", grams, cents/100, cents%100),
	}))
}

// framed puts a frame around lines.
func framed(lines []string) string {
	width := 0
	for _, line := range lines {
		width = max(width, len(line))
	}
	edge := "+" + strings.Repeat("-", width+2) + "+\n"
	var out strings.Builder
	out.WriteString(edge)
	for _, line := range lines {
		fmt.Fprintf(&out, "| %-*s |\n", width, line)
	}
	out.WriteString(edge)
	return out.String()
}
