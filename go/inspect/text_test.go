package main

import (
	"go/ast"
	"os"
	"path/filepath"
	"testing"
)

func TestText(t *testing.T) {
	const declared = `package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path"
	"strings"
)

const (
	root   = "/api"
	orders = root + "/orders"
	port   = 8000 + 80
)

var (
	base  = orders
	flags = flag.String("path", "/metrics", "")
	loop1 = loop2
	loop2 = loop1
)

type s struct{ field string }

func unknown() string { return os.Args[1] }
func under(p string) string { return root + p }
func deeper(p string) string { return under("/v1" + p) }
`
	for _, test := range []struct {
		expression, want string
		known            bool
	}{
		{`"/a"`, "/a", true},
		{"`/a`", "/a", true},
		{`orders`, "/api/orders", true},
		{`(orders)`, "/api/orders", true},
		{`port`, "8080", true},
		{`base`, "/api/orders", true},
		{`base + "/x"`, "/api/orders/x", true},
		{`"/a" + unknown() + "/b"`, "/a/b", true}, // the unknown part is left out
		{`unknown()`, "", false},
		{`unknown() + unknown()`, "", false},
		{`os.Args[0]`, "", false},
		{`loop1`, "", false},
		{`fmt.Sprintf("%s/items/%d", root, 7)`, "/api/items/7", true},
		{`fmt.Sprintf("%s:%s", unknown())`, ":", true},
		{`path.Join(root, "orders")`, "/api/orders", true},
		{`path.Join(unknown(), unknown())`, "", false},
		{`strings.ToUpper("get")`, "GET", true},
		{`strings.TrimSuffix(root, "/")`, "/api", true},
		{`string(root)`, "/api", true},
		{`getenv("PORT", "8080")`, "8080", true},
		{`http.MethodGet`, "GET", true},
		{`http.StatusOK`, "", false}, // of another package only the names are known
		{`http.OK`, "", false},
		{`*flags`, "/metrics", true},
		{`under("/a")`, "/api/a", true},
		{`deeper("/a")`, "/api/v1/a", true},
		{`s{}.field`, "", false},
		{`1 + 2`, "3", true},
		{`1.5`, "", false},
		{`true`, "", false},
	} {
		t.Run(test.expression, func(t *testing.T) {
			root := t.TempDir()
			source := declared + "\nvar asked = " + test.expression + "\n"
			if err := os.WriteFile(filepath.Join(root, "a.go"), []byte(source), 0o600); err != nil {
				t.Fatal(err)
			}
			p := load(input{Root: root, Packages: []*listed{{ImportPath: "shop", Dir: root, Files: []string{"a.go"}}}})
			text, known := p.text(asked(p))
			if text != test.want || known != test.known {
				t.Errorf("got %q, %v; want %q, %v", text, known, test.want, test.known)
			}
		})
	}
}

// asked is what the variable of that name is declared with.
func asked(p *program) (value ast.Expr) {
	for name, object := range p.info.Defs {
		if name.Name == "asked" {
			value = p.initial[object]
		}
	}
	return value
}

func TestPattern(t *testing.T) {
	for _, test := range []struct{ pattern, method, path string }{
		{"/", "", "/"},
		{"GET /orders/{id}", "GET", "/orders/{id}"},
		{"GET \t/orders", "GET", "/orders"},
		{"shop.example/orders", "", "/orders"},
		{"POST localhost/orders", "POST", "/orders"},
		{"application/json", "", ""},
		{"text/html; charset=utf-8", "", ""},
		{"get /orders", "", ""},
		{"/two words", "", ""},
		{"", "", ""},
	} {
		parts := pattern.FindStringSubmatch(test.pattern)
		if parts == nil {
			parts = make([]string, 3)
		}
		if parts[1] != test.method || parts[2] != test.path {
			t.Errorf("%q: got %q, %q", test.pattern, parts[1], parts[2])
		}
	}
}

func TestJoinPath(t *testing.T) {
	for _, test := range []struct{ prefix, path, want string }{
		{"", "/orders", "/orders"},
		{"/api", "", "/api"},
		{"/api", "/orders", "/api/orders"},
		{"/api/", "/orders", "/api/orders"},
		{"/api", "orders", "/api/orders"},
		{"/", "/", "/"},
		{"", "", ""},
	} {
		if got := joinPath(test.prefix, test.path); got != test.want {
			t.Errorf("%q and %q: got %q, want %q", test.prefix, test.path, got, test.want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, test := range []struct{ how, got, want string }{
		{"a flag of a field", dashed("ListenAddr"), "listen-addr"},
		{"a flag of a field with a number", dashed("Http2Port"), "http2-port"},
		{"a variable of a key", environmentName("http.read-timeout"), "HTTP_READ_TIMEOUT"},
		{"a package", guessedName("github.com/labstack/echo"), "echo"},
		{"a package of a later version", guessedName("github.com/go-chi/chi/v5"), "chi"},
		{"a package called v", guessedName("example.com/v"), "v"},
		{"flags of package flag", dashesOf([]string{"flag", "os"}), "-"},
		{"flags of package flag and another", dashesOf([]string{"flag", "github.com/spf13/pflag"}), "--"},
		{"flags of a later version", dashesOf([]string{"github.com/urfave/cli/v2"}), "--"},
		{"flags of no package", dashesOf(nil), "--"},
		{"flags of one that is only called alike", dashesOf([]string{"flag", "example.com/client"}), "-"},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %q, want %q", test.how, test.got, test.want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string]bool{
		":8080": true, "localhost:80": true, "0.0.0.0:443": true, "[::1]:8080": true, "my-host:1": true,
		"8080": false, "localhost": false, ":http": false, "http://a:80": false, "a b:80": false, "": false,
	} {
		if got := addressLike.MatchString(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
