// Command catalog finds products by the beginnings of words.
package main

import (
	"net/http"
	"strconv"

	"example.com/monorepo/internal/web"
)

// Set at build time with go build -ldflags "-X main.version=v1.2.3".
var version = "dev"

const mostResults = 50

func main() {
	catalog := newIndex(products())
	routes := http.NewServeMux()
	routes.HandleFunc("GET /products", func(w http.ResponseWriter, r *http.Request) {
		limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
		if err != nil || limit < 1 || limit > mostResults {
			web.Error(w, http.StatusUnprocessableEntity, "limit is a number from 1 to "+strconv.Itoa(mostResults))
			return
		}
		web.Write(w, http.StatusOK, catalog.find(r.URL.Query().Get("q"), limit))
	})
	routes.HandleFunc("GET /products/{sku}", func(w http.ResponseWriter, r *http.Request) {
		found, ok := catalog.bySKU[r.PathValue("sku")]
		if !ok {
			web.Error(w, http.StatusNotFound, "there is no such product")
			return
		}
		web.Write(w, http.StatusOK, found)
	})
	web.Main("catalog", version, routes)
}
