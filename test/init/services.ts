/** Small Go services, each with one peculiarity that perf-gate init has to find out or to tell about. */
export type Files = Readonly<Record<string, string>>;

const GO_MOD = 'module example.com/shop\n\ngo 1.22\n';

/** Two programs, a version to inject, a second listener, routes of every kind, and a way to be ended by a request. */
export const SHOP: Files = {
  'go.mod': GO_MOD,
  '.gitignore': '/perf-gate-out/\n',
  'internal/build/build.go': `package build

var Commit = "unknown"
var Version = "7.1.0"
`,
  'cmd/migrate/main.go': `package main

func main() {}
`,
  'cmd/shop/main.go': `package main

import (
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"os"

	"example.com/shop/internal/build"
)

var version = "dev"
var buildTime = "unknown" // nothing uses it

type order struct {
	ID string \`json:"id"\`
}

func main() {
	addr := flag.String("addr", ":8080", "address to serve on")
	metrics := flag.String("metrics-addr", ":9464", "address for metrics")
	flag.Parse()
	go func() { log.Fatal(http.ListenAndServe(*metrics, nil)) }()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode([]order{{"ord-17"}, {"ord-18"}})
	})
	mux.HandleFunc("GET /orders/{id}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("id") != "ord-17" {
			http.NotFound(w, r)
			return
		}
		w.Write([]byte(version + build.Commit + build.Version))
	})
	mux.HandleFunc("POST /orders", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusCreated) })
	mux.HandleFunc("GET /private", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	mux.HandleFunc("GET /fatal", func(w http.ResponseWriter, r *http.Request) { os.Exit(7) })
	mux.HandleFunc("GET /shutdown", func(w http.ResponseWriter, r *http.Request) { os.Exit(8) })
	log.Fatal(http.ListenAndServe(*addr, mux))
}
`,
};

/** chi from the module proxy, in a module below the root, with its port in the environment and a database to talk to. */
export const CHI_VERSION = 'v5.1.0';
export const CATALOGUE: Files = {
  'README.md': 'Two services.\n',
  'services/other/go.mod': 'module example.com/other\n\ngo 1.22\n',
  'services/other/main.go': 'package main\n\nfunc main() {}\n',
  'services/catalogue/go.mod': `module example.com/catalogue\n\ngo 1.22\n\nrequire github.com/go-chi/chi/v5 ${CHI_VERSION}\n`,
  'services/catalogue/main.go': `package main

import (
	"log"
	"net/http"
	"os"

	"example.com/catalogue/items"
	"github.com/go-chi/chi/v5"
)

func main() {
	if os.Getenv("DATABASE_URL") == "" {
		log.Fatal("DATABASE_URL is not set")
	}
	r := chi.NewRouter()
	r.Get("/ready", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	r.Route("/v1", func(r chi.Router) { r.Mount("/items", items.Routes()) })
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	log.Fatal(http.ListenAndServe(":"+port, r))
}
`,
  'services/catalogue/items/items.go': `package items

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

func Routes() chi.Router {
	r := chi.NewRouter()
	r.Get("/", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("items")) })
	r.Get("/{sku:[a-z]+}", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(chi.URLParam(r, "sku"))) })
	return r
}
`,
};

/** One that reads its port from a file, and whose repository has an example of it. */
export const BY_FILE: Files = {
  'go.mod': GO_MOD,
  'docker-compose.yml': 'services:\n  web:\n    port: 80\n',
  'config.example.ini': '; where it serves\n[server]\nHTTP_PORT = 3000\n\n[database]\nport = 5432\n',
  'main.go': `package main

import (
	"flag"
	"log"
	"net/http"
	"os"
	"regexp"
)

func main() {
	file := flag.String("config", "config.ini", "where its settings are")
	flag.Parse()
	text, err := os.ReadFile(*file)
	if err != nil {
		log.Fatal(err)
	}
	port := regexp.MustCompile("HTTP_PORT = ([0-9]+)").FindStringSubmatch(string(text))[1]
	http.HandleFunc("/notes", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("none yet")) })
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}
`,
};

/** One that starts only with a config file; the repository has none, and the port is a key of it that may be left out. */
export const BY_KEY: Files = {
  'go.mod': GO_MOD,
  'main.go': `package main

import (
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"os"
	"strconv"
)

type config struct {
	Web   struct{ Port int }
	Notes []string
}

func main() {
	file := flag.String("config", "", "where its settings are")
	flag.Parse()
	text, err := os.ReadFile(*file)
	if err != nil {
		log.Fatal(err)
	}
	c := config{}
	c.Web.Port = 8080
	if err := json.Unmarshal(text, &c); err != nil {
		log.Fatal(err)
	}
	if len(c.Notes) == 0 {
		log.Fatal("there are no notes")
	}
	http.HandleFunc("/notes", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(c.Notes[0])) })
	log.Fatal(http.ListenAndServe("127.0.0.1:"+strconv.Itoa(c.Web.Port), nil))
}
`,
};

/** A service that answers POST alone; \`listen\` is the statement that opens its port. */
export const accepting = (listen: string): Files => ({
  'go.mod': GO_MOD,
  'main.go': `package main

import (
	"flag"
	"io"
	"log"
	"net/http"
)

func main() {
	port := flag.String("port", "8080", "port")
	flag.Parse()
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != "POST" || string(body) != \`{"sku":"a-1"}\` {
			http.Error(w, "only orders", http.StatusMethodNotAllowed)
			return
		}
		w.WriteHeader(http.StatusCreated)
	})
	${listen}
}
`,
});

export const ON_ITS_PORT = 'log.Fatal(http.ListenAndServe(":"+*port, nil))';
export const ON_A_CONSTANT = '_ = port\n\tlog.Fatal(http.ListenAndServe("127.0.0.1:18080", nil))';
/** A lock that only one of two copies gets: a second port that nothing changes. */
export const WITH_A_LOCK = (port: number) =>
  `go func() { log.Fatal(http.ListenAndServe("127.0.0.1:${port}", nil)) }()\n\t${ON_ITS_PORT}`;
