package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"testing"
)

func TestFunctionName(t *testing.T) {
	for _, test := range []struct{ source, want string }{
		{"func F() {}", "F"},
		{"func F[T any](v T) {}", "F[...]"},
		{"func F[K comparable, V any](m map[K]V) {}", "F[...]"},
		{"func init() {}", "init.*"},
		{"func (t T) init() {}", "T.init"},
		{"func (t T) M() {}", "T.M"},
		{"func (T) M() {}", "T.M"},
		{"func (t *T) M() {}", "(*T).M"},
		{"func (t *(T)) M() {}", "(*T).M"},
		{"func (t (*T)) M() {}", "(*T).M"},
		{"func (l L[T]) M() {}", "L[...].M"},
		{"func (l *L[T]) M() {}", "(*L[...]).M"},
		{"func (m *M[K, _]) M() {}", "(*M[...]).M"},
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+test.source, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := functionName(file.Decls[0].(*ast.FuncDecl)); got != test.want {
			t.Errorf("%s: got %s, want %s", test.source, got, test.want)
		}
	}
}

func TestPrintedTokens(t *testing.T) {
	for _, test := range []struct {
		name, a, b string
		same       bool
	}{
		{"blanks", "f( a,b )", "f(a, b)", true},
		{"a comma before a bracket on a line of its own", "f(a, b)", "f(\n\ta,\n\tb,\n)", true},
		{"a semicolon that a line break stands for", "{ a(); b() }", "{\n\ta()\n\tb()\n}", true},
		{"comments", "f(a /* first */, b) // done", "f(a, b)", true},
		{"words that are put together", "a b", "ab", false},
		{"another number", "f(1)", "f(2)", false},
		{"the same number, written otherwise", "f(10)", "f(0xa)", false},
		{"a comma between arguments", "f(a, b)", "f(a b)", false},
		{"blanks in a text", `f("a b")`, `f("a  b")`, false},
		{"another operator", "a += b", "a -= b", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			printed := func(source string) string { return scan([]byte(source)).print(0, len(source), nil) }
			if a, b := printed(test.a), printed(test.b); (a == b) != test.same {
				t.Errorf("got %q and %q", a, b)
			}
		})
	}
}

func TestPrintedTokensWithHoles(t *testing.T) {
	source := "a{ 1 } + b{ 2; 3 } + c"
	holes := []span{{1, 6}, {10, 18}}
	got := scan([]byte(source)).print(0, len(source), holes)
	if want := "a\n{}\n+\nb\n{}\n+\nc\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEmbedPatterns(t *testing.T) {
	for _, test := range []struct {
		line string
		want []string
	}{
		{"//go:embed a.txt", []string{"a.txt"}},
		{"//go:embed a.txt\tb/*.html ", []string{"a.txt", "b/*.html"}},
		{"//go:embed \"a b.txt\" `c d` e", []string{"a b.txt", "c d", "e"}},
		{"//go:embed \"a", []string{"\"a"}},
		{"//go:embed", nil},
	} {
		if got := embedPatterns(test.line); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.line, got, test.want)
		}
	}
}

func TestEmbeddedFilesOfPatterns(t *testing.T) {
	digests := map[string]string{"a.txt": "1", "web/index.html": "2", "web/js/app.js": "3", "webs.txt": "4"}
	for _, test := range []struct {
		patterns []string
		want     []string
	}{
		{nil, nil},
		{[]string{"*.txt"}, []string{"a.txt", "webs.txt"}},
		{[]string{"web"}, []string{"web/index.html", "web/js/app.js"}},
		{[]string{"all:web/*"}, []string{"web/index.html", "web/js/app.js"}},
		{[]string{"web/*.html", "a.txt"}, []string{"a.txt", "web/index.html"}},
		{[]string{"."}, []string{"a.txt", "web/index.html", "web/js/app.js", "webs.txt"}},
		{[]string{"["}, nil},
	} {
		picked := matching(test.patterns, digests)
		names := map[string]bool{}
		for name, digest := range picked {
			names[name] = digest == digests[name]
		}
		if got := sorted(names); !reflect.DeepEqual(got, append([]string{}, test.want...)) {
			t.Errorf("%q: got %q, want %q", test.patterns, got, test.want)
		}
	}
}

// A file that does not parse is compared as a whole, so that nothing in it is called unchanged.
func TestABrokenFileIsItsText(t *testing.T) {
	named := func(path string) string { return path }
	hashes := func(source string) []string {
		file := readSource("a.go", []byte(source), named)
		if file.problem == nil {
			t.Fatalf("parses: %s", source)
		}
		var all []string
		for _, fn := range file.functions("shop") {
			all = append(all, fn.Hash)
		}
		return all
	}
	before, after := hashes("package shop\n\nfunc F() {}\n\nfunc G() { return ( }\n"), hashes("package shop\n\nfunc F() {}\n\nfunc G() { return 1( }\n")
	if len(before) == 0 || len(after) == 0 || before[0] == after[0] {
		t.Errorf("got %q and %q", before, after)
	}
	for _, source := range []string{"", "package", "\xff\xfe", "func F() {}", "package shop\nvar ("} {
		readSource("a.go", []byte(source), named).functions("shop") // does not panic
	}
}
