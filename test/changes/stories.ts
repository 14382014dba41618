/**
 * Small packages before and after a commit. The file of a story is `a.go` of its package unless a path is given; Go
 * sources get their package clause. `changed` leaves out the package's path in names and reasons.
 */
import type { Files } from './fixture.ts';

export interface Story {
  readonly name: string;
  readonly base: string | Files;
  readonly head: string | Files;
  readonly changed: readonly string[];
}

const LOOP = 'func Sum(n int) int { s := 0; for i := 0; i < n*Rounds; i++ { s += i }; return s }\n';

export const STORIES: readonly Story[] = [
  {
    name: 'nothing',
    base: 'func F() {}\nvar X = f()\nfunc f() int { return 1 }\ntype T struct{ a int }\n',
    head: 'func F() {}\nvar X = f()\nfunc f() int { return 1 }\ntype T struct{ a int }\n',
    changed: [],
  },
  {
    name: 'comments',
    base: 'func F(a int) int { return a }\ntype T struct{ a int }\nconst C = 1\n',
    head: `// F is new to comments.
func F(a int /* a number */) int {
	// nothing
	return a /* over
	two lines */
}

/* T */
type T struct {
	a int // a field
}

// C
const C = 1
`,
    changed: [],
  },
  {
    name: 'format',
    base: `func F(a, b int) []int { if a > b { return []int{a, b} }; return nil }
var V = map[string]int{"a": 1, "b": 2}
const (A = 1; B = 2)
`,
    head: `func F(
	a, b int,
) []int {
	if a > b {
		return []int{
			a,
			b,
		}
	}
	return nil
}

var V = map[string]int{
	"a": 1,
	"b": 2,
}

const B = 2
const A = 1
`,
    changed: [],
  },
  {
    name: 'literals',
    base: 'func F() string { return "a b" }\nfunc G() int { return 1 }\nfunc H() rune { return \'a\' }\n',
    head: 'func F() string { return "a  b" }\nfunc G() int { return 2 }\nfunc H() rune { return \'a\' }\n',
    changed: ['modified F: source', 'modified G: source'],
  },
  {
    name: 'directive',
    base: 'func F() {}\n\nfunc G() {}\n',
    head: '//go:noinline\nfunc F() {}\n\nfunc G() { // nothing\n}\n',
    changed: ['modified F: source'],
  },
  {
    name: 'addremove',
    base: 'func F() {}\nfunc Old() {}\nfunc _() { F() }\n',
    head: 'func F() {}\nfunc New() {}\nfunc _() { New() }\n',
    changed: ['added New: source', 'removed Old: source'],
  },
  {
    name: 'constant',
    base: `const Rounds = 10\n${LOOP}func Other() int { return 1 }\n`,
    head: `const Rounds = 11\n${LOOP}func Other() int { return 1 }\n`,
    changed: ['modified Sum: uses .Rounds'],
  },
  {
    name: 'chain',
    base: `const unit = 1\nconst Rounds = unit * two\nconst two = 2\n${LOOP}var table [Rounds]int\nfunc At(i int) int { return table[i] }\n`,
    head: `const unit = 3\nconst Rounds = unit * two\nconst two = 2\n${LOOP}var table [Rounds]int\nfunc At(i int) int { return table[i] }\n`,
    changed: ['modified At: uses .unit', 'modified Sum: uses .unit'],
  },
  {
    name: 'iota',
    base: 'const (\n\tA = iota * 2\n\tB\n\tC\n)\nconst (\n\tX = 5\n\tY\n)\nfunc FA() int { return A }\nfunc FB() int { return B }\nfunc FY() int { return Y }\n',
    head: 'const (\n\tA = iota * 2\n\tC\n\tB\n)\nconst (\n\tW = 5\n\tX = 5\n\tY\n)\nfunc FA() int { return A }\nfunc FB() int { return B }\nfunc FY() int { return Y }\n',
    changed: ['modified FB: uses .B'],
  },
  {
    name: 'implicit',
    base: 'const (\n\tA = 5\n\tB\n)\nfunc F() int { return B }\nfunc G() int { return C }\nconst C = 1\n',
    head: 'const (\n\tA = 6\n\tB\n)\nfunc F() int { return B }\nfunc G() int { return C }\nconst C = 1\n',
    changed: ['modified F: uses .B'],
  },
  {
    name: 'structs',
    base: `type T struct { n int; name string; u U }
type U struct { x int32 }
type P struct { t *T }
type V struct { list []T }
func New() *T { return &T{} }
func (t *T) Name() string { return t.name }
func total(p *P) int { return int(p.t.n) }
func Pointer() *P { return &P{} }
func Value() *V { return &V{} }
func viaField(p *P) int32 { return p.t.u.x }
`,
    head: `type T struct { n int64; name string; u U }
type U struct { x int32 }
type P struct { t *T }
type V struct { list []T }
func New() *T { return &T{} }
func (t *T) Name() string { return t.name }
func total(p *P) int { return int(p.t.n) }
func Pointer() *P { return &P{} }
func Value() *V { return &V{} }
func viaField(p *P) int32 { return p.t.u.x }
`,
    changed: [
      'modified (*T).Name: uses .T',
      'modified New: uses .T',
      'modified Value: uses .T',
      'modified total: uses .T',
    ],
  },
  {
    name: 'nestedtype',
    base: 'type T struct{ u U }\ntype U struct{ x int32 }\nfunc get(t interface{ T() T }) interface{} { return t.T().u }\nfunc f() int { v := make(); return len(v.u.y) }\nfunc make() (t struct{ u struct{ y []int } }) { return }\n',
    head: 'type T struct{ u U }\ntype U struct{ x int64 }\nfunc get(t interface{ T() T }) interface{} { return t.T().u }\nfunc f() int { v := make(); return len(v.u.y) }\nfunc make() (t struct{ u struct{ y []int } }) { return }\n',
    // f selects a field called u, and without types that may be T's.
    changed: ['modified f: uses .T', 'modified get: uses .U'],
  },
  {
    name: 'addedfield',
    base: 'type T struct{ a int }\ntype O struct{ b int }\nfunc (o *O) F() int { return o.b }\nfunc New() T { return T{} }\n',
    head: 'type T struct{ a, b int }\ntype O struct{ b int }\nfunc (o *O) F() int { return o.b }\nfunc New() T { return T{} }\n',
    changed: ['modified New: uses .T'],
  },
  {
    name: 'promoted',
    base: 'type inner struct{ b int }\ntype T struct{ inner }\nfunc get(p []*T) int { return p[0].b }\nfunc first(x struct{ p []*T }) int { return x.p[0].b }\nfunc lookup() int { return all()[0].b }\nvar list []*T\nfunc all() []*T { return list }\n',
    head: 'type inner struct{ b int }\ntype T struct{ inner; b int }\nfunc get(p []*T) int { return p[0].b }\nfunc first(x struct{ p []*T }) int { return x.p[0].b }\nfunc lookup() int { return all()[0].b }\nvar list []*T\nfunc all() []*T { return list }\n',
    changed: ['modified all: uses .T', 'modified first: uses .T', 'modified get: uses .T', 'modified lookup: uses .T'],
  },
  {
    name: 'methods',
    base: 'type T int\nfunc (t T) Value() int { return 1 }\nfunc (t *T) Pointer() int { return 1 }\nfunc (T) Same() {}\n',
    head: 'type T int\nfunc (t T) Value() int { return 2 }\nfunc (t *T) Pointer() int { return 2 }\nfunc (T) Same() {}\n',
    changed: ['modified (*T).Pointer: source', 'modified T.Value: source'],
  },
  {
    name: 'generics',
    base: 'type L[T any] struct{ v []T }\ntype M[K comparable, V any] struct{ m map[K]V }\nfunc (l *L[T]) Len() int { return 1 }\nfunc (m M[K, V]) Len() int { return 1 }\nfunc Map[T, U any](v []T, f func(T) U) []U { return nil }\nfunc Same[T any](v T) T { return v }\n',
    head: 'type L[T any] struct{ v []T }\ntype M[K comparable, V any] struct{ m map[K]V }\nfunc (l *L[T]) Len() int { return 2 }\nfunc (m M[K, V]) Len() int { return 2 }\nfunc Map[T, U any](v []T, f func(T) U) []U { return []U{} }\nfunc Same[T any](v T) T { return v }\n',
    changed: ['modified (*L[...]).Len: source', 'modified M[...].Len: source', 'modified Map[...]: source'],
  },
  {
    name: 'closures',
    base: 'func F() func() int { return func() int { return 1 } }\nfunc G() func() int { return func() int { return 1 } }\nvar H = func() int { return 1 }\nvar I = []func(){ func() {} }\nfunc useH() int { return H() }\n',
    head: 'func F() func() int { return func() int { return 2 } }\nfunc G() func() int { return func() int { return 1 } }\nvar H = func() int { return 2 }\nvar I = []func(){ func() {} }\nfunc useH() int { return H() }\n',
    changed: ['modified F: source', 'modified glob..func*: source'],
  },
  {
    name: 'inits',
    base: 'var a, b int\nfunc init() { a = 1 }\nfunc init() { b = 1 }\nvar c = 1\nfunc F() int { return a + b + c }\n',
    head: 'var a, b int\nfunc init() { b = 2 }\nfunc init() { a = 1 }\nvar c = 1\nfunc F() int { return a + b + c }\n',
    changed: ['modified init.*: source'],
  },
  {
    name: 'initclosures',
    base: 'var all []func() int\nfunc init() { all = append(all, func() int { return 1 }, func() int { return 5 }) }\nfunc F() int { return all[0]() }\n',
    head: 'var all []func() int\nfunc init() { all = append(all, func() int { return 2 }, func() int { return 5 }) }\nfunc F() int { return all[0]() }\n',
    changed: ['modified glob..func*: source', 'modified init.*: source'],
  },
  {
    name: 'initialiser',
    base: 'const size = 4\nvar table = make([]int, size)\nvar other = build()\nfunc build() int { return 1 }\nfunc F() int { return len(table) }\nfunc G() int { return other }\n',
    head: 'const size = 5\nvar table = make([]int, size)\nvar other = build()\nfunc build() int { return 1 }\nfunc F() int { return len(table) }\nfunc G() int { return other }\n',
    changed: ['modified F: uses .size', 'modified init: uses .size'],
  },
  {
    name: 'blankvar',
    base: 'var _ = run(1)\nfunc run(n int) int { return n }\n',
    head: 'var _ = run(2)\nfunc run(n int) int { return n }\n',
    changed: ['modified init: source'],
  },
  {
    name: 'shadow',
    base: 'const n = 1\nvar x = 1\ntype T struct{ n int }\nfunc parameter(n int) int { return n }\nfunc local() int { n := 3; return n }\nfunc label() { n: for { break n } }\nfunc field(t T) int { return t.n }\nfunc key() T { return T{n: 2} }\nfunc method() interface{ n() } { return nil }\nfunc late() int { { n := 2; _ = n }; return n }\nfunc typeParameter[n any](v n) n { return v }\ntype L[T any] struct{}\nfunc (L[n]) receiver(v n) n { return v }\nfunc result() (n int) { return }\nfunc ranged(v []int) { for n := range v { _ = n } }\nfunc literal() any { return struct{ n int }{n: 1} }\nfunc mapped() any { return map[int]int{n: 1} }\n',
    head: 'const n = 2\nvar x = 1\ntype T struct{ n int }\nfunc parameter(n int) int { return n }\nfunc local() int { n := 3; return n }\nfunc label() { n: for { break n } }\nfunc field(t T) int { return t.n }\nfunc key() T { return T{n: 2} }\nfunc method() interface{ n() } { return nil }\nfunc late() int { { n := 2; _ = n }; return n }\nfunc typeParameter[n any](v n) n { return v }\ntype L[T any] struct{}\nfunc (L[n]) receiver(v n) n { return v }\nfunc result() (n int) { return }\nfunc ranged(v []int) { for n := range v { _ = n } }\nfunc literal() any { return struct{ n int }{n: 1} }\nfunc mapped() any { return map[int]int{n: 1} }\n',
    // Without types the key of T{n: 2} may also be an index.
    changed: ['modified key: uses .n', 'modified late: uses .n', 'modified mapped: uses .n'],
  },
  {
    name: 'builtin',
    base: 'func F() int { return len("abc") }\nfunc G(len func(string) int) int { return len("abc") }\n',
    head: 'func F() int { return len("abc") }\nfunc G(len func(string) int) int { return len("abc") }\nfunc len(string) int { return 7 }\n',
    changed: ['modified F: uses .len', 'added len: source'],
  },
  {
    name: 'movedfile',
    base: { 'a.go': 'func F() int { return c }\nfunc G() {}\nconst c = 1\n', 'b.go': 'func H() {}\n' },
    head: {
      'a.go': 'func G() {}\n',
      'b.go': 'func H() {}\n// F moved\nfunc F() int { return c }\n',
      'c.go': 'const c = 1\n',
    },
    changed: [],
  },
  {
    name: 'otherimport',
    base: 'import "crypto/rand"\nfunc F() interface{} { return rand.Int }\nfunc G() {}\n',
    head: 'import "math/rand"\nfunc F() interface{} { return rand.Int }\nfunc G() {}\n',
    changed: ['modified F: source'],
  },
  {
    name: 'qualified',
    base: {
      'a.go':
        'import "example.com/stories/qualified/inner"\nfunc F() int { return inner.Size }\nfunc G() int { return inner.Other }\n',
      'inner/a.go': 'const Size = 1\nconst Other = 1\n',
    },
    head: {
      'a.go':
        'import "example.com/stories/qualified/inner"\nfunc F() int { return inner.Size }\nfunc G() int { return inner.Other }\n',
      'inner/a.go': 'const Size = 2\nconst Other = 1\n',
    },
    changed: ['modified F: uses /inner.Size'],
  },
  {
    name: 'alias',
    base: {
      'a.go':
        'import in "example.com/stories/alias/inner"\nfunc F() int { return in.Size }\nfunc G(in struct{ Size int }) int { return in.Size }\n',
      'inner/a.go': 'const Size = 1\n',
    },
    head: {
      'a.go':
        'import in "example.com/stories/alias/inner"\nfunc F() int { return in.Size }\nfunc G(in struct{ Size int }) int { return in.Size }\n',
      'inner/a.go': 'const Size = 2\n',
    },
    changed: ['modified F: uses /inner.Size'],
  },
  {
    name: 'dot',
    base: {
      'a.go':
        'import . "example.com/stories/dot/inner"\nfunc F() int { return Size }\nfunc G(Size int) int { return Size }\n',
      'inner/a.go': 'const Size = 1\n',
    },
    head: {
      'a.go':
        'import . "example.com/stories/dot/inner"\nfunc F() int { return Size }\nfunc G(Size int) int { return Size }\n',
      'inner/a.go': 'const Size = 2\n',
    },
    changed: ['modified F: uses /inner.Size'],
  },
  {
    name: 'exportedfield',
    base: {
      'a.go':
        'import "example.com/stories/exportedfield/inner"\nfunc F() int { return int(inner.New().Count) }\nfunc G() int { return int(inner.New().Other) }\n',
      'inner/a.go': 'type T struct{ Count int32; Other int }\nfunc New() *T { return nil }\n',
    },
    head: {
      'a.go':
        'import "example.com/stories/exportedfield/inner"\nfunc F() int { return int(inner.New().Count) }\nfunc G() int { return int(inner.New().Other) }\n',
      'inner/a.go': 'type T struct{ Count int64; Other int }\nfunc New() *T { return nil }\n',
    },
    changed: ['modified F: uses /inner.T', 'modified /inner.New: uses /inner.T'],
  },
  {
    name: 'embedded',
    base: {
      'a.go':
        'import "embed"\n\n//go:embed words.txt\n\n// The words.\nvar words string\n\nvar (\n\t//go:embed "all:static" *.json\n\tstatic embed.FS\n\t//go:embed other.txt\n\tother []byte\n)\nfunc Words() string { return words }\nfunc Static() embed.FS { return static }\nfunc Other() []byte { return other }\n',
      'words.txt': 'a b',
      'static/deep/page.html': 'one',
      'a.json': '1',
      'other.txt': 'same',
    },
    head: {
      'a.go':
        'import "embed"\n\n//go:embed words.txt\n\n// The words.\nvar words string\n\nvar (\n\t//go:embed "all:static" *.json\n\tstatic embed.FS\n\t//go:embed other.txt\n\tother []byte\n)\nfunc Words() string { return words }\nfunc Static() embed.FS { return static }\nfunc Other() []byte { return other }\n',
      'words.txt': 'a b c',
      'static/deep/page.html': 'two',
      'a.json': '1',
      'other.txt': 'same',
    },
    changed: ['modified Static: embed static/deep/page.html', 'modified Words: embed words.txt'],
  },
  {
    name: 'assembly',
    base: {
      'a.go': 'func Add(a, b int) int\nfunc Sub(a, b int) int\nfunc Go() {}\n',
      'a_amd64.s':
        '#include "textflag.h"\n\n// func Add(a, b int) int\nTEXT ·Add(SB), NOSPLIT, $0-24\n\tMOVQ a+0(FP), AX\n\tADDQ b+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n\nTEXT ·Sub(SB), NOSPLIT, $0-24\n\tMOVQ a+0(FP), AX\n\tSUBQ b+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n\nTEXT ·helper<>(SB), NOSPLIT, $0-0\n\tRET\n',
    },
    head: {
      'a.go': 'func Add(a, b int) int\nfunc Sub(a, b int) int\nfunc Go() {}\n',
      'a_amd64.s':
        '#include "textflag.h"\n\n/* func Add\n(a, b int) int */\nTEXT ·Add(SB), NOSPLIT, $0-24\n    MOVQ  a+0(FP), AX // a\n\tADDQ b+8(FP), AX\n\n\tMOVQ AX, ret+16(FP)\n\tRET\n\nTEXT ·Sub(SB), NOSPLIT, $0-24\n\tMOVQ a+0(FP), AX\n\tNOP\n\tSUBQ b+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n\nTEXT ·helper<>(SB), NOSPLIT, $0-0\n\tNOP\n\tRET\n',
    },
    changed: ['modified Sub: assembly', 'modified helper: assembly'],
  },
  {
    name: 'macros',
    base: {
      'a.go': 'const size = 1\nfunc A()\nfunc B()\nfunc C()\n',
      'a_amd64.s': '#include "local.h"\nTEXT ·A(SB), 4, $0\n\tSTEP\n\tRET\n',
      'b_amd64.s': '#include "go_asm.h"\nTEXT ·B(SB), 4, $0\n\tMOVQ $const_size, AX\n\tRET\n',
      'c_amd64.s': '#define STEP NOP\nTEXT ·C(SB), 4, $0\n\tSTEP\n\tRET\n',
      'local.h': '#define STEP NOP\n',
    },
    head: {
      'a.go': 'const size = 2\nfunc A()\nfunc B()\nfunc C()\n',
      'a_amd64.s': '#include "local.h"\nTEXT ·A(SB), 4, $0\n\tSTEP\n\tRET\n',
      'b_amd64.s': '#include "go_asm.h"\nTEXT ·B(SB), 4, $0\n\tMOVQ $const_size, AX\n\tRET\n',
      'c_amd64.s': '#define STEP NOP\nTEXT ·C(SB), 4, $0\n\tSTEP\n\tRET\n',
      'local.h': '#define STEP PAUSE\n',
    },
    changed: ['modified A: assembly', 'modified B: uses .size'],
  },
  {
    name: 'cgo',
    base: {
      'a.go':
        '/*\n#include "sum.h"\n#define STEP 1\nstatic int twice(int n) { return n * 2; }\nstatic int step(int n) { return n + STEP; }\nstatic int same(int n) { return n; }\n*/\nimport "C"\n\nfunc Twice(n int) int { return int(C.twice(C.int(n))) }\nfunc Go() {}\n',
      'sum.c':
        '#include "sum.h"\n\nint sum(int n) {\n\tint s = 0;\n\tfor (int i = 0; i < n; i++) { s += i; }\n\treturn s;\n}\n\nint product(int n) { return n; }\n',
      'sum.h': 'int sum(int n);\nint product(int n);\n',
    },
    head: {
      'a.go':
        '/*\n#include "sum.h"\n#define STEP 2\nstatic int twice(int n) { /* faster */ return n << 1; }\nstatic int step(int n) { return n + STEP; }\nstatic int same(int n)\n{\n\treturn n; // same\n}\n*/\nimport "C"\n\nfunc Twice(n int) int { return int(C.twice(C.int(n))) }\nfunc Go() {}\n'.replace(
          '/* faster */ ',
          '',
        ),
      'sum.c':
        '#include "sum.h"\n\n/* Adds. */\nint\nsum(int n)\n{\n\tint s = 0;\n\tfor (int i = 0; i <= n; i++) { s += i; }\n\treturn s;\n}\n\nint product(int n) { return n; }\n',
      'sum.h': 'int sum(int n);\nint product(int n);\nint more(void);\n',
    },
    changed: [
      'modified Twice: cgo',
      'modified c step: uses STEP',
      'modified c sum: source',
      'modified c twice: source',
    ],
  },
];
