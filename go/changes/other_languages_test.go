package main

import (
	"reflect"
	"strings"
	"testing"
)

func TestStripComments(t *testing.T) {
	for _, test := range []struct {
		line   string
		inside bool
		want   string
		ends   bool // inside a comment
	}{
		{"a // b", false, "a ", false},
		{"a /* b */ c", false, "a   c", false},
		{"a /* b", false, "a ", true},
		{"b */ c", true, "  c", false},
		{"b", true, "", true},
		{`"// no" // yes`, false, `"// no" `, false},
		{`"\"/*" /* yes`, false, `"\"/*" `, true},
		{`'"' // yes`, false, `'"' `, false},
		{"/* // */ a", false, "  a", false},
		{`"open`, false, `"open`, false},
	} {
		if got, ends := stripComments(test.line, test.inside); got != test.want || ends != test.ends {
			t.Errorf("%s: got %q, %v; want %q, %v", test.line, got, ends, test.want, test.ends)
		}
	}
}

func TestSymbolName(t *testing.T) {
	for _, test := range []struct{ symbol, want string }{
		{"·Sum", "shop/cart.Sum"},
		{"·sum<>", "shop/cart.sum"},
		{"·Sum<ABIInternal>", "shop/cart.Sum"},
		{"example∕com∕a·F", "example/com/a.F"},
		{"runtime·memmove", "runtime.memmove"},
		{"x_cgo_init", "x_cgo_init"},
	} {
		if got := symbolName(test.symbol, "shop/cart"); got != test.want {
			t.Errorf("%s: got %s, want %s", test.symbol, got, test.want)
		}
	}
}

func TestAssemblyBlocks(t *testing.T) {
	const source = `#include "macros.h"
DATA table<>+0(SB)/8, $1

TEXT ·One(SB), 4, $0-8 // the first
	MOVQ $const_size, AX
	RET
GLOBL table<>(SB), 8, $8
TEXT ·Two<>(SB), 4, $0
	RET
`
	read := func(macros string) func(string) string {
		return func(name string) string {
			if name == "macros.h" {
				return macros
			}
			return ""
		}
	}
	blocks := assemblyBlocks(source, "shop", read("#define A 1\n"))
	if len(blocks) != 2 || blocks[0].Name != "shop.One" || blocks[1].Name != "shop.Two" {
		t.Fatalf("got %v", blocks)
	}
	one, two := blocks[0], blocks[1]
	if one.StartLine != 4 || one.EndLine != 6 || two.StartLine != 8 || two.EndLine != 9 {
		t.Errorf("got lines %d to %d and %d to %d", one.StartLine, one.EndLine, two.StartLine, two.EndLine)
	}
	if !strings.Contains(strings.Join(one.words, " ")+" ", " size ") {
		t.Errorf("the name of Go's constant is not among %q", one.words)
	}
	for _, test := range []struct {
		name, from, to, macros       string
		hash, context, contextOfBoth bool // differ
	}{
		{"a comment", "// the first", "// the one", "#define A 1\n", false, false, false},
		{"an instruction", "AX\n\tRET", "AX\n\tNOP\n\tRET", "#define A 1\n", true, false, false},
		{"data", "$1\n", "$2\n", "#define A 1\n", false, true, true},
		{"an included file", "", "", "#define A 2\n", false, true, true},
		{"a comment in an included file", "", "", "#define A 1 // one\n", false, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			after := assemblyBlocks(strings.Replace(source, test.from, test.to, 1), "shop", read(test.macros))
			if got := after[0].Hash != one.Hash; got != test.hash {
				t.Errorf("the block differs: %v", got)
			}
			if after[1].Hash != two.Hash {
				t.Error("the other block differs")
			}
			if got := after[0].context != one.context; got != test.context {
				t.Errorf("what is around the block differs: %v", got)
			}
			if got := after[1].context != two.context; got != test.contextOfBoth {
				t.Errorf("what is around the other differs: %v", got)
			}
		})
	}
}

func TestCFunctions(t *testing.T) {
	for _, test := range []struct {
		name, source string
		want         []string
	}{
		{"a function", "int sum(int a, int b) { return a + b; }", []string{"sum"}},
		{"a type on a line of its own", "static inline unsigned long\nsum(void)\n{ if (1) { return 2; } return 3; }", []string{"sum"}},
		{"a prototype, a struct and an initialised table", "int sum(int);\nstruct s { int a; };\nint t[SIZE(2)] = { 1, 2 };", nil},
		{"an attribute behind the parameters", "int sum(int a) __attribute__((noinline)) { return a; }", []string{"sum"}},
		{"functions as parameters", "void each(void (*do_it)(int), CALLBACK(int) other) { do_it(1); }", []string{"each"}},
		{"two, with braces in texts and comments", "int a(void) { return '{'; } /* } */\nint b(void) { puts(\"}\"); }", []string{"a", "b"}},
		{"C for C++", "#ifdef __cplusplus\nextern \"C\" {\n#endif\nint a(void) { return 1; }\n#ifdef __cplusplus\n}\n#endif", []string{"a"}},
		{"a constructor with initialisers", "Shop::Shop(int n) : n_(n) { run(); }", []string{"Shop"}},
		{"a macro that goes on", "#define TWICE(x) { \\\n  x; x; \\\n}\nint a(void) { TWICE(b()) }", []string{"a"}},
		{"nothing that ends", "int a(void) {", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			functions, _, _ := cParts(cTokens(test.source), false)
			var got []string
			for _, fn := range functions {
				got = append(got, fn.Name)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Both branches of an #if open the body, which is closed once.
func TestCFunctionsOfUnbalancedBraces(t *testing.T) {
	const source = "#if A\nint a(int n) {\n#else\nint a(void) {\n#endif\n  return 1;\n}\n\nint b(void) {\n  return 2;\n}\n"
	if _, _, balanced := cParts(cTokens(source), false); balanced {
		t.Fatal("the braces are balanced")
	}
	functions, _, _ := cParts(cTokens(source), true)
	var got []string
	for _, fn := range functions {
		got = append(got, fn.Name)
	}
	if want := []string{"a", "b"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
