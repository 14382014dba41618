package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// written puts files into a directory and lists them as the go command lists a package.
func written(t *testing.T, files map[string]string) *listed {
	t.Helper()
	p := &listed{ImportPath: "shop", Name: "shop", Dir: t.TempDir(), Module: &module{Path: "shop", IsMain: true}}
	names := map[string]bool{}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(p.Dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		names[name] = true
	}
	for _, name := range sorted(names) {
		switch filepath.Ext(name) {
		case ".s":
			p.SFiles = append(p.SFiles, name)
		default:
			p.GoFiles = append(p.GoFiles, name)
		}
	}
	return p
}

// compared is what the program answers to two versions of a package.
func compared(t *testing.T, base, head map[string]string) *output {
	t.Helper()
	out, err := find(&input{
		Base: listing{[]*listed{written(t, base)}},
		Head: listing{[]*listed{written(t, head)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Unparsed) > 0 {
		t.Fatalf("not understood: %v", out.Unparsed)
	}
	return out
}

// told are the changed functions without the package: `modified F: source`.
func told(out *output) []string {
	lines := []string{}
	for _, one := range out.Changed {
		line := one.Status + " " + one.Name + ": " + one.Reason
		lines = append(lines, strings.ReplaceAll(line, "shop.", ""))
	}
	return lines
}

func TestWhichFunctionsDiffer(t *testing.T) {
	for _, test := range []struct {
		name       string
		base, head string // behind the package clause
		want       []string
	}{
		{
			"a receiver of another name, which the body uses",
			"type T struct{ n int }\nfunc (t T) N() int { return t.n }\nfunc (t T) Other() int { return t.n }",
			"type T struct{ n int }\nfunc (u T) N() int { return u.n }\nfunc (t T) Other() int { return t.n }",
			[]string{"modified T.N: source"},
		},
		{
			"a receiver that becomes a pointer: another function, for profiles too",
			"type T struct{ n int }\nfunc (t T) N() int { return t.n }",
			"type T struct{ n int }\nfunc (t *T) N() int { return t.n }",
			[]string{"added (*T).N: source", "removed T.N: source"},
		},
		{
			"a receiver's type of another name",
			"type T struct{}\nfunc (T) N() int { return 1 }",
			"type U struct{}\nfunc (U) N() int { return 1 }",
			[]string{"removed T.N: source", "added U.N: source"},
		},
		{
			"a closure: the function that it is in",
			"func F() func() int { return func() int { return func() int { return 1 }() } }\nfunc G() func() int { return func() int { return 1 } }",
			"func F() func() int { return func() int { return func() int { return 2 }() } }\nfunc G() func() int { return func() int { return 1 } }",
			[]string{"modified F: source"},
		},
		{
			"a closure of a variable, and not the code that sets the variable",
			"var V = wrap(func() int { return 1 })\nfunc wrap(f func() int) int { return f() }\nfunc G() int { return V }",
			"var V = wrap(func() int { return 2 })\nfunc wrap(f func() int) int { return f() }\nfunc G() int { return V }",
			[]string{"modified glob..func*: source"},
		},
		{
			"a closure in an init function: both",
			"func init() { go func() { println(1) }() }\nfunc init() { println(3) }",
			"func init() { go func() { println(2) }() }\nfunc init() { println(3) }",
			[]string{"modified glob..func*: source", "modified init.*: source"},
		},
		{
			"a generic function, by its name without type arguments",
			"func Sum[N int | int64](all []N) (s N) { for _, n := range all { s += n }; return s }\nfunc Use() int { return Sum([]int{1}) }",
			"func Sum[N int | int64](all []N) (s N) { for _, n := range all { s -= n }; return s }\nfunc Use() int { return Sum([]int{1}) }",
			[]string{"modified Sum[...]: source"},
		},
		{
			"a constraint: the functions that name it",
			"type number interface{ int | int64 }\nfunc Sum[N number](n N) N { return n }\nfunc Any[T any](v T) T { return v }",
			"type number interface{ int | int32 }\nfunc Sum[N number](n N) N { return n }\nfunc Any[T any](v T) T { return v }",
			[]string{"modified Sum[...]: uses number"},
		},
		{
			"a type parameter of another name, in a method",
			"type L[T any] struct{ all []T }\nfunc (l *L[T]) Add(v T) { l.all = append(l.all, v) }\nfunc (l *L[T]) Len() int { return len(l.all) }",
			"type L[T any] struct{ all []T }\nfunc (l *L[E]) Add(v E) { l.all = append(l.all, v) }\nfunc (l *L[T]) Len() int { return len(l.all) }",
			[]string{"modified (*L[...]).Add: source"},
		},
		{
			"comments and line breaks only",
			"func F(a, b int) int { return a + b }\nvar V = []int{1, 2}",
			"// F adds.\nfunc F(\n\ta, b int, // two\n) int {\n\t/* nothing */\n\treturn a +\n\t\tb\n}\n\nvar V = []int{\n\t1,\n\t2,\n}",
			nil,
		},
		{
			"line directives only",
			"func F() int { return 1 }\nfunc G() int { return 2 }",
			"//line other.go:100\nfunc F() int { return 1 }\n/*line third.go:7:1*/func G() int { return 2 }",
			nil,
		},
		{
			"what the compiler is told of a function",
			"func F() int { return 1 }\n//go:noinline\nfunc G() int { return 2 }",
			"//go:noinline\nfunc F() int { return 1 }\nfunc G() int { return 2 }",
			[]string{"modified F: source", "modified G: source"},
		},
		{
			"what a generator is told",
			"func F() int { return 1 }",
			"//go:generate stringer\nfunc F() int { return 1 }",
			nil,
		},
		{
			"text in a literal that looks like a comment",
			"func F() string { return \"a // b\" }\nfunc G() string { return `/* a */` }",
			"func F() string { return \"a // c\" }\nfunc G() string { return `/* b */` }",
			[]string{"modified F: source", "modified G: source"},
		},
		{
			"a local name that hides a changed constant",
			"const size = 1\nfunc F(size int) int { return size }\nfunc G() int { return size }",
			"const size = 2\nfunc F(size int) int { return size }\nfunc G() int { return size }",
			[]string{"modified G: uses size"},
		},
		{
			"a label and a field of a changed constant's name",
			"const next = 1\ntype T struct{ next *T }\nfunc F() { next: for { continue next } }\nfunc (t *T) G() *T { return t.next }",
			"const next = 2\ntype T struct{ next *T }\nfunc F() { next: for { continue next } }\nfunc (t *T) G() *T { return t.next }",
			nil,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := compared(t,
				map[string]string{"a.go": "package shop\n\n" + test.base + "\n"},
				map[string]string{"a.go": "package shop\n\n" + test.head + "\n"})
			want := append([]string{}, test.want...)
			if got := told(out); !reflect.DeepEqual(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestWhichFunctionsDifferOverSeveralFiles(t *testing.T) {
	const body = "package shop\n\nfunc F() int { return 1 }\n"
	for _, test := range []struct {
		name       string
		base, head map[string]string
		want       []string
	}{
		{
			"build tags that the files of this build have",
			map[string]string{"a.go": body},
			map[string]string{"a.go": "//go:build linux && !race\n// +build linux,!race\n\n" + body},
			nil,
		},
		{
			"a function that moves to the file of one system",
			map[string]string{"a.go": body},
			map[string]string{"a.go": "package shop\n", "f_linux.go": "//go:build linux\n\n" + body},
			nil,
		},
		{
			"two files that change places",
			map[string]string{"a.go": "package shop\n\nfunc init() { println(1) }\n", "b.go": "package shop\n\nfunc init() { println(2) }\n"},
			map[string]string{"a.go": "package shop\n\nfunc init() { println(2) }\n", "b.go": "package shop\n\nfunc init() { println(1) }\n"},
			nil,
		},
		{
			"the same name for another import",
			map[string]string{"a.go": "package shop\n\nimport \"math/rand\"\n\nfunc F() int { return rand.Int() }\nfunc G() int { return 1 }\n"},
			map[string]string{"a.go": "package shop\n\nimport rand \"shop/rand\"\n\nfunc F() int { return rand.Int() }\nfunc G() int { return 1 }\n"},
			[]string{"modified F: source"},
		},
		{
			"assembly: one of two, by its name in Go",
			map[string]string{"a.go": "package shop\n\nfunc One() int\nfunc Two() int\n", "a.s": "TEXT ·One(SB), 4, $0-8\n\tRET // one\n\nTEXT ·Two(SB), 4, $0-8\n\tRET\n"},
			map[string]string{"a.go": "package shop\n\nfunc One() int\nfunc Two() int\n", "a.s": "TEXT ·One(SB), 4, $0-8\n\tRET\n\nTEXT ·Two(SB), 4, $0-8\n\tNOP\n\tRET\n"},
			[]string{"modified Two: assembly"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := append([]string{}, test.want...)
			if got := told(compared(t, test.base, test.head)); !reflect.DeepEqual(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// A profile's lines may be those of directives; which function stands where is told by the file itself.
func TestPlacesAreThoseOfTheFile(t *testing.T) {
	source := "package shop\n\n//line other.go:100\nfunc F() {\n}\n\nvar V = func() {}\n"
	out := compared(t, map[string]string{"a.go": source}, map[string]string{"a.go": source})
	type place struct {
		name, file string
		from, to   int
	}
	var got []place
	for _, fn := range out.Functions.Head {
		got = append(got, place{fn.Name, fn.File, fn.StartLine, fn.EndLine})
	}
	want := []place{{"shop.F", "shop/a.go", 4, 5}, {"shop.glob..func*", "shop/a.go", 7, 7}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMovedFunctionsArePaired(t *testing.T) {
	const f, g = "func F() int { return 1 }\n", "func G() int { return 2 }\n"
	in := func(importPath string, source string) *listed {
		p := written(t, map[string]string{"a.go": "package p\n\n" + source})
		p.ImportPath = importPath
		return p
	}
	out, err := find(&input{
		Base: listing{[]*listed{in("kept/a", f), in("shop/a", f+g), in("shop/b", ""), in("zoo/a", "")}},
		Head: listing{[]*listed{in("kept/a", f), in("shop/a", ""), in("shop/b", f+"func G() int { return 3 }\n"), in("zoo/a", f)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	// To the package whose path ends alike, if it is new there; a function of another source is another one.
	if want := []moved{{"shop/a.F", "zoo/a.F"}}; !reflect.DeepEqual(out.Moved, want) {
		t.Errorf("got %v, want %v", out.Moved, want)
	}
}
