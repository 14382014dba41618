// Command stock says how many of a product there are, and keeps some for an
// order.
package main

import (
	"net/http"

	"example.com/monorepo/internal/web"
)

// Set at build time with go build -ldflags "-X main.version=v1.2.3".
var version = "dev"

func main() {
	shelves := newShelves(256)
	routes := http.NewServeMux()
	routes.HandleFunc("GET /stock/{sku}", func(w http.ResponseWriter, r *http.Request) {
		level, ok := shelves.level(r.PathValue("sku"))
		if !ok {
			web.Error(w, http.StatusNotFound, "there is no such product")
			return
		}
		web.Write(w, http.StatusOK, level)
	})
	routes.HandleFunc("POST /reservations", func(w http.ResponseWriter, r *http.Request) {
		var wanted []line
		if !web.Read(w, r, &wanted) {
			return
		}
		if missing := shelves.reserve(wanted); len(missing) > 0 {
			web.Write(w, http.StatusConflict, map[string]any{"missing": missing})
			return
		}
		web.Write(w, http.StatusCreated, map[string]int{"lines": len(wanted)})
	})
	web.Main("stock", version, routes)
}
