/** Ways to register routes, one package each, and what must be found: none of the routers is downloaded. */
export interface RouteStory {
  readonly name: string;
  readonly source: string;
  /** 'GET /orders', in the order of the source; no method is any. */
  readonly routes: readonly string[];
  /** Lines of registrations whose paths are not understood. */
  readonly unclear?: readonly number[];
}

export const ROUTE_STORIES: readonly RouteStory[] = [
  {
    name: 'the default mux of net/http',
    source: `
import "net/http"

func Serve() {
	http.HandleFunc("/orders", nil)
	http.Handle("/customers", nil)
	http.ListenAndServe(":8080", nil)
}`,
    routes: ['/orders', '/customers'],
  },
  {
    name: 'patterns of Go 1.22, with method, host and wildcards',
    source: `
import "net/http"

const orders = "/orders"

func New() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+orders, nil)
	mux.HandleFunc("POST /orders", nil)
	mux.Handle("GET shop.example/orders/{id}", nil)
	mux.Handle("GET /files/{path...}", nil)
	mux.Handle("GET /{$}", nil)
	return mux
}`,
    routes: ['GET /orders', 'POST /orders', 'GET /orders/{id}', 'GET /files/{path...}', 'GET /{$}'],
  },
  {
    name: 'a wrapper of the service around the mux',
    source: `
import "net/http"

type server struct{ mux *http.ServeMux }

func (s *server) handle(pattern string, h http.HandlerFunc) { s.mux.Handle(pattern, h) }

func (s *server) route(pattern string, h http.HandlerFunc) { s.mux.Handle(pattern, h) }

func (s *server) routes() {
	s.handle("/orders", nil)
	s.route("GET /customers", nil)
}`,
    routes: ['/orders', 'GET /customers'],
  },
  {
    name: 'a mux under a stripped prefix, wrapped in middleware',
    source: `
import "net/http"

func logged(h http.Handler) http.Handler { return h }

func New() http.Handler {
	api := http.NewServeMux()
	api.HandleFunc("GET /orders", nil)
	root := http.NewServeMux()
	root.Handle("/api/", logged(http.StripPrefix("/api", api)))
	root.Handle("/static/", nil)
	return root
}`,
    routes: ['GET /api/orders', '/static/'],
  },
  {
    name: 'a mux under a prefix that it knows itself',
    source: `
import "net/http"

func New() http.Handler {
	admin := http.NewServeMux()
	admin.HandleFunc("/admin/users", nil)
	root := http.NewServeMux()
	root.Handle("/admin/", admin)
	return root
}`,
    routes: ['/admin/users'],
  },
  {
    name: 'a handler that looks at the path',
    source: `
import "net/http"

func Serve(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.Path; path {
	case "/orders", "/customers":
	}
	if r.Method == "GET" && r.URL.Path == "/healthz" {
		return
	}
}`,
    routes: ['/orders', '/customers', '/healthz'],
  },
  {
    name: 'a table of routes',
    source: `
import "net/http"

type route struct {
	name, method, pattern string
	handler http.HandlerFunc
}

var routes = []route{
	{"list", "GET", "/orders", nil},
	{name: "create", method: http.MethodPost, pattern: "/orders"},
}`,
    routes: ['GET /orders', 'POST /orders'],
  },
  {
    name: 'chi: methods, routes in routes, groups, With and Mount',
    source: `
import "github.com/go-chi/chi/v5"

func New() chi.Router {
	r := chi.NewRouter()
	r.Get("/", nil)
	r.With(nil).Get("/ping", nil)
	r.Route("/orders", func(r chi.Router) {
		r.Get("/", nil)
		r.Post("/", nil)
		r.Route("/{orderID:[0-9]+}", func(r chi.Router) {
			r.Get("/lines", nil)
		})
	})
	r.Group(func(r chi.Router) {
		r.Use(nil)
		r.Get("/private", nil)
	})
	r.Method("GET", "/method", nil)
	r.Mount("/admin", admin())
	return r
}

func admin() chi.Router {
	r := chi.NewRouter()
	r.Get("/users/{id}", nil)
	return r
}`,
    routes: [
      'GET /',
      'GET /ping',
      'GET /orders/',
      'POST /orders/',
      'GET /orders/{orderID:[0-9]+}/lines',
      'GET /private',
      'GET /method',
      'GET /admin/users/{id}',
    ],
  },
  {
    name: 'chi: handlers with a Routes method and a router in a field',
    source: `
import "github.com/go-chi/chi/v5"

type orders struct{}

func (orders) Routes() chi.Router {
	r := chi.NewRouter()
	r.Get("/{id}", nil)
	return r
}

type customers struct{}

func (customers) Routes() chi.Router {
	r := chi.NewRouter()
	r.Get("/{id}", nil)
	return r
}

type app struct{ router chi.Router }

func New() *app {
	a := &app{router: chi.NewRouter()}
	a.router.Route("/v1", a.routes)
	a.router.Mount("/orders", orders{}.Routes())
	return a
}

func (a *app) routes(r chi.Router) {
	r.Get("/stats", nil)
	r.Mount("/customers", customers{}.Routes())
}`,
    routes: ['GET /orders/{id}', 'GET /v1/customers/{id}', 'GET /v1/stats'],
  },
  {
    name: 'gin: groups, a group in a group, Any, files',
    source: `
import "github.com/gin-gonic/gin"

func New() *gin.Engine {
	r := gin.Default()
	r.GET("/ping", func(c *gin.Context) { c.String(200, "pong") })
	api := r.Group("/api")
	{
		v1 := api.Group("v1")
		v1.GET("/users/:id", nil)
		v1.POST("/users", nil)
		v1.GET("", nil)
	}
	r.Any("/any", nil)
	r.Handle("DELETE", "/users/:id", nil)
	r.StaticFile("/favicon.ico", "./favicon.ico")
	return r
}`,
    routes: [
      'GET /ping',
      'GET /api/v1/users/:id',
      'POST /api/v1/users',
      'GET /api/v1',
      '/any',
      'DELETE /users/:id',
      'GET /favicon.ico',
    ],
  },
  {
    name: 'gin: registered by functions and methods, each with its own group',
    source: `
import "github.com/gin-gonic/gin"

type userHandler struct{}

func (h *userHandler) Register(rg *gin.RouterGroup) { rg.GET("/:id", nil) }

type orderHandler struct{}

func (h *orderHandler) Register(rg *gin.RouterGroup) { rg.GET("/", nil) }

func New() {
	r := gin.New()
	api := r.Group("/api")
	users, orders := &userHandler{}, &orderHandler{}
	users.Register(api.Group("/users"))
	orders.Register(api.Group("/orders"))
	health(r)
}

func health(r gin.IRouter) { r.GET("/health", nil) }`,
    routes: ['GET /api/users/:id', 'GET /api/orders/', 'GET /health'],
  },
  {
    name: 'gin: controllers behind an interface',
    source: `
import "github.com/gin-gonic/gin"

type controller interface{ Attach(r gin.IRouter) }

type users struct{}

func (users) Attach(r gin.IRouter) { r.GET("/users", nil) }

func New(r *gin.Engine, all []controller) {
	api := r.Group("/api")
	for _, one := range all {
		one.Attach(api)
	}
}`,
    routes: ['GET /api/users'],
  },
  {
    name: 'echo',
    source: `
import "github.com/labstack/echo/v4"

func New() *echo.Echo {
	e := echo.New()
	e.GET("/users/:id", nil)
	g := e.Group("/admin", nil)
	g.GET("/stats", nil)
	e.Add(echo.POST, "/users", nil)
	e.Any("/any", nil)
	e.File("/", "public/index.html")
	return e
}`,
    routes: ['GET /users/:id', 'GET /admin/stats', 'POST /users', '/any', 'GET /'],
  },
  {
    name: 'fiber',
    source: `
import "github.com/gofiber/fiber/v2"

func New() *fiber.App {
	app := fiber.New()
	app.Get("/users/:id?", func(c *fiber.Ctx) error { return c.SendString(c.Get("/not/a/route")) })
	api := app.Group("/api", nil)
	api.Get("/list", nil)
	api.Post("/list", nil)
	app.Route("/v2", func(r fiber.Router) { r.Get("/list", nil) }, "v2.")
	micro := fiber.New()
	micro.Get("/doe", nil)
	app.Mount("/john", micro)
	app.All("/all", nil)
	return app
}`,
    routes: ['GET /users/:id?', 'GET /api/list', 'POST /api/list', 'GET /v2/list', 'GET /john/doe', '/all'],
  },
  {
    name: 'gorilla/mux: Methods before and after, Subrouter, Path',
    source: `
import "github.com/gorilla/mux"

func New() *mux.Router {
	r := mux.NewRouter().StrictSlash(true)
	r.HandleFunc("/orders", nil).Methods("GET", "POST")
	r.HandleFunc("/orders/{id:[0-9]+}", nil).Name("order").Methods("GET")
	api := r.PathPrefix("/api").Subrouter()
	api.HandleFunc("/stats", nil)
	r.Methods("GET").Path("/path").HandlerFunc(nil)
	r.Path("/late").Handler(nil).Methods("DELETE")
	r.PathPrefix("/static/").Handler(nil)
	return r
}`,
    routes: [
      'GET /orders',
      'POST /orders',
      'GET /orders/{id:[0-9]+}',
      '/api/stats',
      'GET /path',
      'DELETE /late',
      '/static/',
    ],
  },
  {
    name: 'httprouter',
    source: `
import "github.com/julienschmidt/httprouter"

func New() *httprouter.Router {
	router := httprouter.New()
	router.GET("/users/:name", nil)
	router.HandlerFunc("GET", "/version", nil)
	router.Handler("POST", "/users", nil)
	return router
}`,
    routes: ['GET /users/:name', 'GET /version', 'POST /users'],
  },
  {
    name: 'paths that are put together',
    source: `
import (
	"flag"
	"fmt"

	"github.com/alecthomas/kingpin/v2"
	"github.com/go-chi/chi/v5"
)

const version = "v1"

var base = "/shop"

type options struct{ BaseURL string }

func New(r chi.Router, o options) {
	r.Get("/"+version+"/orders", nil)
	r.Get(base+"/orders", nil)
	r.Get(o.BaseURL+"/generated", nil)
	r.Get(fmt.Sprintf("%s/%s/printed", base, version), nil)
	path := flag.String("path", "/flag", "")
	metrics := kingpin.Flag("metrics", "").Default("/metrics").String()
	r.Get(*path+"/x", nil)
	r.Get(*metrics, nil)
	generated(r, o)
}

func list() {}

func generated(r chi.Router, o options) { r.Get(o.BaseURL+"/with-handler", list) }`,
    routes: [
      'GET /v1/orders',
      'GET /shop/orders',
      'GET /generated',
      'GET /shop/v1/printed',
      'GET /flag/x',
      'GET /metrics',
      'GET /with-handler',
    ],
  },
  {
    name: 'what only looks like a route',
    source: `
import "net/http"

type cache struct{}

func (cache) Get(key string) string { return key }

func Ask(c cache, client *http.Client) {
	c.Get("/orders")
	client.Get("/orders")
	http.Post("/orders", "application/json", nil)
}`,
    routes: [],
  },
  {
    name: 'a router that calls itself',
    source: `
import "github.com/go-chi/chi/v5"

func walk(r chi.Router) {
	r.Get("/orders", nil)
	walk(r)
}`,
    routes: ['GET /orders'],
  },
  {
    name: 'routers that all hang under each other: the shortest ways, and soon',
    source: `
import "github.com/go-chi/chi/v5"

func New() {
	chi.NewRouter().Route("/api", walk0)
}
${[...Array(16).keys()].map((i) => walker(i, 16)).join('\n')}`,
    routes: ['/15', '/1/15', '/2/15', '/3/15', '/4/15', '/5/15', '/6/15', '/7/15'].map(
      (prefix) => `GET /api${prefix}/orders`,
    ),
  },
  {
    name: 'paths that a helper puts together',
    source: `
import (
	"net/http"
	"path"
	"strings"

	"github.com/gorilla/mux"
)

type server struct{ router *mux.Router; prefix string }

func (s *server) prefixed(route string) string {
	prefix := s.prefix
	if prefix == "" || prefix == "/" {
		return route
	}
	return strings.TrimRight(prefix, "/") + route
}

func versioned(route string) string { return path.Join("/v1", route) }

func (s *server) routes() {
	root := s.prefixed("/")
	s.router.HandleFunc(root, nil).Methods("GET")
	s.router.HandleFunc(s.prefixed("/echo"), nil)
	s.router.HandleFunc(s.prefixed(versioned("orders/{id}")), nil).Methods("GET", "PUT")
	s.router.HandleFunc(s.anywhere(), http.NotFound)
	for _, one := range s.pages() {
		s.router.HandleFunc(one, http.NotFound)
		s.router.Path(one).Name("named")
		s.router.Path(one).Handler(http.NotFoundHandler())
	}
}`,
    routes: ['GET /', '/echo', 'GET /v1/orders/{id}', 'PUT /v1/orders/{id}'],
    unclear: [28, 30, 31, 32],
  },
  {
    name: 'helpers that register',
    source: `
import (
	"net/http"

	"github.com/gorilla/mux"
)

type server struct{ router *mux.Router }

func (s *server) read(path string, h http.HandlerFunc) { s.router.HandleFunc("/api"+path, h).Methods("GET") }

func page(m *http.ServeMux, name string) { m.HandleFunc("GET /pages/"+name, http.NotFound) }

func (s *server) routes(unknown string) {
	s.read("/orders", nil)
	s.read("/customers", nil)
	s.read(unknown, nil)
	m := http.NewServeMux()
	page(m, "about")
}

func (s *server) all() { s.routes("") }`,
    routes: ['GET /api/orders', 'GET /api/customers', 'GET /pages/about'],
    unclear: [18],
  },
  {
    name: 'media types are no paths, and a store is no router',
    source: `
import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type codecs interface{ Handle(kind string, codec func()) }

type store interface{ Get(key string, into func()) }

func Register(c codecs, s store, r *gin.Engine, key string) {
	c.Handle("application/json", func() {})
	c.Handle("text/html; charset=utf-8", func() {})
	http.Handle("shop.example/orders", nil)
	r.GET("users", func(*gin.Context) {})
}`,
    routes: ['/orders', 'GET /users'],
  },
  {
    name: 'a flag that a helper is given by its pointer',
    source: `
import (
	"flag"
	"net/http"
)

var prefix = flag.String("prefix", "hooks", "where hooks are")

func pattern(prefix *string) string { return base(prefix) + "/all" }

func base(prefix *string) string {
	if *prefix == "" {
		return ""
	}
	return "/" + *prefix
}

func New(mux *http.ServeMux) {
	mux.HandleFunc(pattern(prefix), nil)
}`,
    routes: ['/hooks/all'],
  },
  {
    name: 'a part that nobody knows, between slashes',
    source: `
import "net/http"

func New(mux *http.ServeMux, tenant func() string) {
	mux.HandleFunc("/orders", nil)
	mux.HandleFunc("/"+tenant()+"/items", nil)
}`,
    routes: ['/orders'],
    unclear: [7],
  },
  {
    name: 'handlers of logs, which are handed a context',
    source: `
import (
	"context"
	"log/slog"
	"net/http"
)

type tee struct{ next slog.Handler }

func (t tee) Handle(ctx context.Context, record slog.Record) error {
	http.HandleFunc("/orders", nil)
	return t.next.WithGroup("x").Handle(ctx, record)
}`,
    routes: ['/orders'],
  },
  {
    name: 'helpers that all call each other: soon',
    source: `
import (
	"net/http"
	"os"
)

func New(m *http.ServeMux) {
	m.HandleFunc(join0("/x"), http.NotFound)
	_ = os.Getenv("PORT")
}
${[...Array(60).keys()].map((i) => tangled(i, 60)).join('\n')}`,
    routes: ['/x'],
  },
  {
    name: 'a file that does not parse to its end',
    source: `
import "net/http"

func New() {
	http.HandleFunc("/orders", nil)
}

func broken( {`,
    routes: ['/orders'],
  },
];

/** One of `count` functions that hang all the others under their router; the last has a route. */
function walker(i: number, count: number): string {
  const others = [...Array(count).keys()].filter((other) => other !== i);
  return `
func walk${i}(r chi.Router) {
${others.map((other) => `	r.Route("/${other}", walk${other})`).join('\n')}
${i === count - 1 ? '	r.Get("/orders", nil)' : ''}
}`;
}

/** One of `count` functions that hand their parameter to all the others, many times, and to the environment. */
function tangled(i: number, count: number): string {
  const calls = [...Array(count).keys()].map((other) => `	env${other}(name)\n	_ = join${other}(name)`);
  return `
func env${i}(name string) {
${calls.join('\n')}
	_ = os.Getenv(name + "_${i}")
}

func join${i}(name string) string {
	if name == "" {
		return join${(i + 1) % count}(name)
	}
	return name
}`;
}
