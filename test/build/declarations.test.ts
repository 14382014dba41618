import { expect, test } from '@jest/globals';
import { declarationsIn } from '../../src/build/declarations.ts';

const kinds = (source: string) => Object.fromEntries(declarationsIn(source).map(({ name, kind }) => [name, kind]));

test('variables, one by one', () => {
  const source = `package version

import "strings"

var Version = "dev" // var Comment = "x"
var Commit string
var Typed string = "x"
var Raw = \`
var Inside = "no"
\`
var Sum = "a" + "b"
var Other = fallback
var Converted = string("dev")
var Called = strings.TrimSpace(raw)
var Long = strings.Join([]string{
	"a",
}, ",")
var Number, Yes, Letter = 3, true, 'x'
var Bytes = []byte("x")
var Table = map[string]string{"a": "b"}
var Pointer = &Version
var Fn = func() string { return "" }
var Count int
var Ünïcode = "x"
const Fixed = "x"
var A, B = "(", f()

func local() {
	var Local = "x"
	const Inner = "x"
}
`;
  expect(kinds(source)).toEqual({
    ...{ Version: 'text', Commit: 'text', Typed: 'text', Raw: 'text', Sum: 'text', Other: 'text', Converted: 'text' },
    ...{ Called: 'call', Long: 'call', Number: 'other', Yes: 'other', Letter: 'other', Bytes: 'other', Table: 'other' },
    ...{ Pointer: 'other', Fn: 'other', Count: 'other', Ünïcode: 'text', Fixed: 'constant', A: 'text', B: 'call' },
  });
});

test('variables in groups', () => {
  const source = `package version

/* var Commented = "x"
*/
var (
	// Version is a version.
	Version   = "dev"
	A, B      string
	Started   = now(
		"UTC",
		inner{Field: "x"},
	)
	After = "x"
)

const (
	One = iota
	Two
)
var ( X = "x"; Y = "y" )
var Z = "z"
`;
  expect(kinds(source)).toEqual({
    ...{ Version: 'text', A: 'text', B: 'text', Started: 'call', After: 'text', One: 'constant', Two: 'constant' },
    ...{ X: 'text', Y: 'text', Z: 'text' },
  });
});
