package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// inspected is what the program finds in a package of one file.
func inspected(t *testing.T, source string) *found {
	t.Helper()
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "main.go"), []byte("package main\n\n"+source+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return inspect(input{Root: root, Packages: []*listed{{ImportPath: "shop", Dir: root, Files: []string{"main.go"}}}})[0]
}

func TestRoutes(t *testing.T) {
	for _, test := range []struct {
		name, source string
		want         []string // in the order of the source; "?5": not understood in line 5
	}{
		{
			"net/http",
			`import "net/http"
			func main() { http.HandleFunc("/orders", nil); http.Handle("POST /orders/{id}", nil); http.Handle("shop.example/x", nil) }`,
			[]string{"/orders", "POST /orders/{id}", "/x"},
		},
		{
			"net/http, a mux in a mux under a stripped prefix",
			`import "net/http"
			func main() {
				api := http.NewServeMux()
				api.HandleFunc("GET /orders", nil)
				http.Handle("/api/", http.StripPrefix("/api", api))
			}`,
			[]string{"GET /api/orders"},
		},
		{
			"gin: groups",
			`import "github.com/gin-gonic/gin"
			func main() {
				r := gin.New()
				v1 := r.Group("/v1")
				v1.Group("orders").GET("/:id", nil)
				v1.Any("/ping", nil)
				v1.StaticFile("/logo", "logo.png")
				r.GET("paste", paste)
			}
			func paste(c *gin.Context) {}`,
			[]string{"GET /v1/orders/:id", "/v1/ping", "GET /v1/logo", "GET /paste"},
		},
		{
			"chi: routes in routes, a mounted router",
			`import "github.com/go-chi/chi/v5"
			func admin() chi.Router { r := chi.NewRouter(); r.Get("/users", nil); return r }
			func main() {
				r := chi.NewRouter()
				r.Route("/orders", func(r chi.Router) { r.Post("/", nil); r.With(nil).Get("/{id}", nil) })
				r.Mount("/admin", admin())
			}`,
			[]string{"GET /admin/users", "POST /orders/", "GET /orders/{id}"},
		},
		{
			"gorilla: methods behind, a subrouter",
			`import "github.com/gorilla/mux"
			func main() {
				r := mux.NewRouter()
				r.HandleFunc("/orders", nil).Methods("GET", "HEAD")
				r.PathPrefix("/api").Subrouter().HandleFunc("/items", nil)
			}`,
			[]string{"GET /orders", "HEAD /orders", "/api/items"},
		},
		{
			"echo",
			`import "github.com/labstack/echo/v4"
			func main() { e := echo.New(); e.Group("/v2").DELETE("/orders/:id", nil) }`,
			[]string{"DELETE /v2/orders/:id"},
		},
		{
			"fiber",
			`import "github.com/gofiber/fiber/v2"
			func main() { app := fiber.New(); app.Get("/orders/:id", nil); app.All("/any", nil) }`,
			[]string{"GET /orders/:id", "/any"},
		},
		{
			"httprouter",
			`import "github.com/julienschmidt/httprouter"
			func main() { r := httprouter.New(); r.Handle("PUT", "/orders/:id", nil); r.GET("/orders", nil) }`,
			[]string{"PUT /orders/:id", "GET /orders"},
		},
		{
			"constants as names, joined by a helper",
			`import "net/http"
			const ( root = "/api"; orders = root + "/orders" )
			func under(path string) string { return root + path }
			func main() { http.HandleFunc(http.MethodGet+" "+orders, nil); http.HandleFunc(under("/items"), nil) }`,
			[]string{"GET /api/orders", "/api/items"},
		},
		{
			"a path that is only known at run time",
			`import ("net/http"; "os")
			func main() {
				http.HandleFunc(os.Args[1], nil)
				http.HandleFunc("/orders", nil)
			}`,
			[]string{"/orders", "?5"},
		},
		{
			"no routers: a map, a client, a cache",
			`import "net/http"
			type cache map[string]int
			func (c cache) Get(key string, fallback int) int { return c[key] }
			func main() { cache{}.Get("/orders", 1); http.Get("/orders"); http.Post("/orders", "text/plain", nil) }`,
			nil,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			one := inspected(t, test.source)
			var got []string
			for _, r := range one.Routes {
				got = append(got, strings.TrimSpace(r.Method+" "+r.Path))
			}
			for _, at := range one.Unclear {
				got = append(got, fmt.Sprint("?", at.Line))
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// How a service is told its port.
func TestSettings(t *testing.T) {
	for _, test := range []struct {
		name, source string
		want         []string
	}{
		{
			"package flag",
			`import "flag"
			const port = 8080
			func main() { flag.Int("port", port, ""); var addr string; flag.StringVar(&addr, "addr", ":80", ""); flag.Bool("debug", false, "") }`,
			[]string{"-port=8080 (number)", "-addr=:80"},
		},
		{
			"pflag, in one of cobra's commands",
			`import ("github.com/spf13/cobra"; "github.com/spf13/pflag")
			func main() { _ = &cobra.Command{Use: "serve [flags]", Run: nil}; pflag.IntP("port", "p", 8080, "") }`,
			[]string{"--port=8080 (number)", "command serve"},
		},
		{
			"go-flags, by tags",
			"import \"github.com/jessevdk/go-flags\"\ntype options struct {\n\tPort uint16 `long:\"port\" default:\"8080\"`\n\tAddr string `long:\"addr\"`\n}\nvar _ = flags.Default",
			[]string{"--port=8080 (number)", "--addr="},
		},
		{
			"the environment, with a default beside it",
			`import "os"
			const name = "PORT"
			func getenv(key, fallback string) string { if v := os.Getenv(key); v != "" { return v }; return fallback }
			func main() { getenv(name, "8080"); os.Getenv("ADDR"); os.Getenv("lower") }`,
			[]string{"$PORT=8080", "$ADDR="},
		},
		{
			"the environment, by tags",
			"type config struct {\n\tPort int `env:\"PORT\" envDefault:\"8080\"`\n\tHost string `env:\"HOST, default=localhost\"`\n\tOther int `json:\"OTHER\"`\n}",
			[]string{"$PORT=8080", "$HOST=localhost"},
		},
		{
			"the environment, by the names of fields",
			`import "github.com/kelseyhightower/envconfig"
			type config struct { Port int; DB struct { MaxConns int ` + "`split_words:\"true\" default:\"4\"`" + ` } }
			func main() { var c config; envconfig.Process("shop", &c) }`,
			[]string{"$SHOP_PORT=", "$SHOP_DB_MAX_CONNS=4"},
		},
		{
			"viper, with a prefix",
			`import "github.com/spf13/viper"
			func main() { viper.SetEnvPrefix("shop"); viper.AutomaticEnv(); viper.SetDefault("http.port", 8080) }`,
			[]string{"$SHOP_HTTP_PORT=8080"},
		},
		{
			"addresses: a constant, a setting, a server's field",
			`import "net/http"
			const addr = ":8080"
			func main() { http.ListenAndServe(addr, nil); http.ListenAndServe(other(), nil); _ = &http.Server{Addr: ":9090"} }
			func other() string { return "" }`,
			[]string{"http.ListenAndServe on :8080", "http.ListenAndServe on what it is told", "http.Server on :9090"},
		},
		{
			"frameworks: only where they are imported",
			`import "github.com/gin-gonic/gin"
			func main() { r := gin.New(); r.Run(); r.Start(":1"); other.Listen(":2") }`,
			[]string{"$PORT=8080", "r.Run on "},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			one := inspected(t, test.source)
			var got []string
			for _, f := range one.Flags {
				number := ""
				if f.IsNumber {
					number = " (number)"
				}
				got = append(got, f.Dashes+f.Name+"="+f.Default+number)
			}
			for _, v := range one.Environment {
				got = append(got, "$"+v.Name+"="+v.Default)
			}
			for _, c := range one.Commands {
				got = append(got, "command "+c.Name)
			}
			for _, l := range one.Listens {
				address := l.Address
				if l.IsTold {
					address = "what it is told"
				}
				got = append(got, l.Call+" on "+address)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTextVariablesThatTheLinkerCanSet(t *testing.T) {
	one := inspected(t, `const first = "v1"
		var ( version = first; empty string; number = 1; other = f(); a, b = "a", "b" )
		type text string
		var named text = "x"
		func f() string { return "" }`)
	var got []string
	for _, v := range one.Variables {
		got = append(got, v.Name+"="+v.Value)
	}
	if want := []string{"version=v1", "empty=", "a=a", "b=b"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What is found is a list, also where nothing is: the answer's schema wants one.
func TestNothingIsAnEmptyList(t *testing.T) {
	value := reflect.ValueOf(*inspected(t, "func main() {}"))
	for i := 0; i < value.NumField(); i++ {
		if field := value.Field(i); field.Kind() == reflect.Slice && field.IsNil() {
			t.Errorf("%s is none", value.Type().Field(i).Name)
		}
	}
}

func TestPlacesAreRelativeToTheRoot(t *testing.T) {
	one := inspected(t, "import \"net/http\"\n\nfunc main() {\n\thttp.HandleFunc(\"/orders\", nil)\n}")
	if want := (position{"main.go", 6}); len(one.Routes) != 1 || one.Routes[0].position != want {
		t.Errorf("got %v", one.Routes)
	}
}
