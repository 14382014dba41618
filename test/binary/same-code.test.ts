import { existsSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { codeDigest } from '../../src/baseline/code-digest.ts';
import { changedCode } from '../../src/binary/changed-functions.ts';
import { parseElf, sectionBytes } from '../../src/binary/elf.ts';
import { goFunctions } from '../../src/binary/go-functions.ts';
import { decodeAmd64 } from '../../src/binary/instructions.ts';
import { compareCode } from '../../src/binary/same-code.ts';
import { goBuild, goTool, type Program, removeExecutables } from './go-build.ts';

afterAll(removeExecutables);

const MAIN = `package main

import "example.com/tiny/shop"

type cart struct {
	name  string
	cents int64
	items []int64
}

//go:noinline
func total(c *cart) int64 {
	var sum int64
	for _, item := range c.items {
		sum += shop.Clamp(item) + shop.Half(item)
	}
	return sum + c.cents
}

//go:noinline
func label(n int64) string {
	switch {
	case n > 1000:
		return "a large cart"
	case n > 10:
		return "a small cart"
	}
	return "nothing"
}

//go:noinline
func report(v interface{}) {
	if c, ok := v.(*cart); ok {
		println(c.name, total(c), label(total(c)), shop.Price(total(c)))
	}
}

func main() {
	report(&cart{name: "one", cents: 3, items: []int64{1, 2, 3}})
	for _, f := range shop.All {
		println(f(4))
	}
}
`;

const SHOP = `package shop

var All = []func(int64) int64{Price, Tax}

func Clamp(n int64) int64 {
	if n < 1 {
		return 1
	}
	return n
}

func Half(n int64) int64 {
	return n / 2
}

//go:noinline
func Price(n int64) int64 {
	return n*119/100 + int64(float64(n)*0.25)
}

//go:noinline
func Tax(n int64) int64 {
	return n * 19 / 100
}
`;

const program = (
  main: (text: string) => string,
  shop: (text: string) => string,
  rest: Partial<Program> = {},
): Program => ({
  files: { 'main.go': main(MAIN), 'shop/shop.go': shop(SHOP) },
  ...rest,
});
const as = (text: string) => text;
const put = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the program has no ${from}`);
  return text.replace(from, to);
};
const lines = (count: number) => '// A comment.\n'.repeat(count);
/** Shifts lines so far that the line tables grow. */
const commented = (text: string) =>
  put('func Half', `${lines(90)}func Half`)(put('func Clamp', `${lines(300)}func Clamp`)(text));
const commentedMain = put('	for _, item', `${lines(120)}	for _, item`);

async function difference(before: Program, after: Program) {
  const [base, head] = await Promise.all([goBuild(before), goBuild(after)]);
  return { ...changedCode(base.elf, head.elf), isSame: compareCode(base.elf, head.elf).same };
}

describe('the same code', () => {
  const pie = ['-buildmode=pie'];
  const cgo = { CGO_ENABLED: '1' };
  const external = { ldflags: '-linkmode=external', env: cgo };
  const hasCompiler = existsSync('/usr/bin/gcc') || existsSync('/usr/bin/cc');
  const cases: [string, Partial<Program>][] = [
    ['the installed Go', {}],
    ['Go 1.18', { go: 'go1.18.10' }],
    ['Go 1.21', { go: 'go1.21.13' }],
    ['Go 1.27', { go: 'go1.27.0' }],
    ['a PIE', { flags: pie }],
    ['a PIE of Go 1.21', { flags: pie, go: 'go1.21.13' }],
    ['a stripped build', { ldflags: '-s -w' }],
    ['arm64', { env: { GOARCH: 'arm64' } }],
    ['a PIE for arm64 of Go 1.18', { env: { GOARCH: 'arm64' }, flags: pie, go: 'go1.18.10' }],
    ...(hasCompiler
      ? ([
          ['the system linker', external],
          ['a PIE by the system linker', { ...external, flags: pie }],
          // There the function table lies in the middle of another section.
          ['a PIE by the system linker of Go 1.21', { ...external, flags: pie, go: 'go1.21.13' }],
          ['a PIE by the system linker of Go 1.27', { ...external, flags: pie, go: 'go1.27.0' }],
        ] as [string, Partial<Program>][])
      : []),
  ];
  test.each(cases)('comments alone change nothing: %s', async (_, rest) => {
    const found = await difference(program(as, as, rest), program(commentedMain, commented, rest));
    expect(found).toEqual({ isSame: true, changed: [], added: [], removed: [] });
  });

  test('a file is the same as itself', async () => {
    const { elf } = await goBuild(program(as, as));
    expect(compareCode(elf, elf)).toEqual({ same: true, differing: [] });
  });

  test.each([
    ['code', put('n * 19 / 100', 'n * 17 / 100'), ['.text']],
    ['a constant of floating point', put('0.25', '0.75'), ['.text', '.rodata']],
  ])('a change of %s shows', async (_, change, sections) => {
    const [base, head] = await Promise.all([goBuild(program(as, as)), goBuild(program(as, change))]);
    expect(compareCode(base.elf, head.elf)).toEqual({ same: false, differing: sections });
  });

  test('text of the same length shows', async () => {
    const { isSame } = await difference(program(as, as), program(put('a large cart', 'a huge! cart'), as));
    expect(isSame).toBe(false);
  });

  test('executables of other Go versions and machines differ', async () => {
    const [head, older, arm] = await Promise.all([
      goBuild(program(as, as)),
      goBuild(program(as, as, { go: 'go1.18.10' })),
      goBuild(program(as, as, { env: { GOARCH: 'arm64' } })),
    ]);
    expect(compareCode(older.elf, head.elf).same).toBe(false);
    expect(compareCode(arm.elf, head.elf).same).toBe(false);
    expect(changedCode(arm.elf, head.elf).changed).toContain('main.total');
  });
});

describe('the functions whose code differs', () => {
  const shop = 'example.com/tiny/shop';
  const GROWN = put('return n * 19 / 100', 'if n > 5 {\n\t\tprintln(n, n*n)\n\t}\n\treturn n * 19 / 100');
  const ANOTHER = (text: string) =>
    `${text}\nfunc init() { All = append(All, Rest) }\n\n//go:noinline\nfunc Rest(n int64) int64 { return n % 7 }\n`;
  const cases: [string, ReturnType<typeof put>, ReturnType<typeof put>, string[]][] = [
    ['one that grows, and none behind it', as, GROWN, [`${shop}.Tax`]],
    ['a constant in the code', put('n > 1000', 'n > 2000'), as, ['main.label']],
    ['a constant in the data', as, put('0.25', '0.75'), [`${shop}.Price`]],
    ['a text', put('a large cart', 'a huge! cart'), as, ['main.label']],
    ['an inlined callee: its caller', as, put('if n < 1 {', 'if n < 2 {'), ['main.total']],
    ['another callee', put('shop.Price(total(c))', 'shop.Tax(total(c))'), as, ['main.report']],
  ];
  const versions: [string, Partial<Program>][] = [
    ['amd64', {}],
    ['Go 1.18', { go: 'go1.18.10' }],
    ['Go 1.27', { go: 'go1.27.0' }],
    ['arm64', { env: { GOARCH: 'arm64' } }],
    ['a PIE', { flags: ['-buildmode=pie'] }],
    ['a stripped build', { ldflags: '-s -w' }],
  ];
  for (const [where, rest] of versions) {
    test.each(cases)(`${where}: %s`, async (_, main, other, changed) => {
      const found = await difference(program(as, as, rest), program(main, other, rest));
      expect(found).toEqual({ isSame: false, changed, added: [], removed: [] });
    });
  }

  test('a field more: everything that uses the type', async () => {
    const { changed } = await difference(program(as, as), program(put('name  string', 'note, name  string'), as));
    expect(changed).toEqual(expect.arrayContaining(['main.total', 'main.report', 'main.main']));
    expect(changed).not.toContain('main.label');
    expect(changed.filter((name) => !name.startsWith('main.') && !name.startsWith('type'))).toEqual([]);
  });

  test('functions that come and go', async () => {
    const [without, having] = [program(as, as), program(as, ANOTHER)];
    const { changed, added, removed } = await difference(without, having);
    expect({ changed, added: [...added].sort(), removed }).toEqual({
      changed: [],
      added: [`${shop}.Rest`, `${shop}.init.0`],
      removed: [],
    });
    expect((await difference(having, without)).removed).toEqual(expect.arrayContaining([`${shop}.Rest`]));
  });

  test('two functions of one size that swap places are still themselves, and so are their callers', async () => {
    const [one, other] = ['func Price(', 'func Tax('].map((start) =>
      SHOP.slice(SHOP.indexOf(`//go:noinline\n${start}`)),
    );
    const price = one!.slice(0, one!.length - other!.length);
    const swapped = () => SHOP.replace(price, '').concat('\n', price.trimEnd(), '\n');
    expect(await difference(program(as, as), program(as, swapped))).toMatchObject({
      changed: [],
      added: [],
      removed: [],
    });
  });
});

describe('operands, one by one', () => {
  /** The executable with one relative operand of runtime.mallocinit changed, chosen by its opcode. */
  async function patched(opcodes: number[], target: (start: number, end: number, tax: number, old: number) => number) {
    const { elf } = await goBuild(program(as, as, { env: { GOARCH: 'amd64' } }));
    const functions = goFunctions(elf, 'tiny');
    const { start, end } = functions.find(({ name }) => name === 'runtime.mallocinit')!;
    const tax = functions.find(({ name }) => name === `example.com/tiny/shop.Tax`)!.start;
    const text = elf.sections.find(({ name }) => name === '.text')!;
    const offset = text.offset - text.address;
    const bytes = Uint8Array.from(elf.bytes);
    const view = new DataView(bytes.buffer);
    for (let at = start + offset; at < end + offset; ) {
      const instruction = decodeAmd64(bytes, at, end + offset);
      const [length, operand] = [instruction & 15, instruction >> 4];
      if (operand > 0 && opcodes.includes(bytes[at]!)) {
        const next = at + length - offset;
        const old = next + view.getInt32(at + operand, true);
        view.setInt32(at + operand, target(start, end, tax, old) - next, true);
        const head = parseElf(bytes, 'patched');
        return { changed: changedCode(elf, head).changed, isSame: compareCode(elf, head).same };
      }
      at += length;
    }
    throw new Error('no such instruction');
  }
  const itself = { changed: ['runtime.mallocinit'], isSame: false };

  test('a jump to elsewhere in the function', async () => {
    expect(await patched([0x0f], (start, _, __, old) => (old === start ? start + 1 : start))).toEqual(itself);
  });
  test('a call of another function', async () => {
    expect(await patched([0xe8], (_, __, tax) => tax)).toEqual(itself);
  });
  test('a call into the middle of the same function', async () => {
    expect(await patched([0xe8], (_, __, ___, old) => old + 1)).toEqual(itself);
  });
  test('the same call', async () => {
    expect(await patched([0xe8], (_, __, ___, old) => old)).toEqual({ changed: [], isSame: true });
  });
});

describe('lengths of amd64 instructions', () => {
  // Bytes as `objdump -d` shows them; [offset of the relative operand, length].
  test.each([
    ['c3', 0, 1],
    ['e8 00 00 00 00', 1, 5],
    ['0f 84 00 00 00 00', 2, 6],
    ['eb fe', 0, 2],
    ['48 8d 05 00 00 00 00', 3, 7],
    ['48 8b 44 24 08', 0, 5],
    ['48 8b 04 25 f8 ff ff ff', 0, 8],
    ['64 48 8b 0c 25 f8 ff ff ff', 0, 9],
    ['48 b8 01 02 03 04 05 06 07 08', 0, 10],
    ['66 c7 05 00 00 00 00 01 00', 3, 9],
    ['c7 05 00 00 00 00 01 00 00 00', 2, 10],
    ['f6 05 00 00 00 00 01', 2, 7],
    ['f7 d8', 0, 2],
    ['f3 0f 10 05 00 00 00 00', 4, 8],
    ['66 0f 3a 0f c1 08', 0, 6],
    ['c5 fe 6f 05 00 00 00 00', 4, 8],
    ['c5 f8 77', 0, 3],
    ['c4 e3 7d 39 c1 01', 0, 6],
    ['62 f1 fe 48 6f 05 00 00 00 00', 6, 10],
    ['62 f1 7c 48 10 44 24 01', 0, 8],
    ['66 2e 0f 1f 84 00 00 00 00 00', 0, 10],
    ['0f 0b', 0, 2],
  ])('%s', (hex, operand, length) => {
    const code = Uint8Array.from(hex.split(' '), (byte) => Number.parseInt(byte, 16));
    expect(decodeAmd64(code, 0, code.length)).toBe(length | (operand << 4));
    if (length > 1) expect(decodeAmd64(code, 0, code.length - 1)).toBe(0);
  });

  test('as `go tool objdump` has them', async () => {
    const { path, elf } = await goBuild(program(as, as, { env: { GOARCH: 'amd64' } }));
    const text = elf.sections.find(({ name }) => name === '.text')!;
    const code = sectionBytes(elf, text);
    let count = 0;
    for (const block of (await goTool('objdump', '-s', '^runtime\\.[a-m]', path)).split('\nTEXT ')) {
      if (/\t(?:\?|(?:c4|c5|62)\w*\t)/.test(block)) continue; // Go's disassembler does not know AVX
      for (const [, address, hex] of block.matchAll(/\t0x([0-9a-f]+)\t+([0-9a-f]+)\t+(?!INT \$0x3)/g)) {
        const at = Number.parseInt(address!, 16) - text.address;
        expect([address, decodeAmd64(code, at, code.length) & 15]).toEqual([address, hex!.length / 2]);
        count++;
      }
    }
    expect(count).toBeGreaterThan(10_000);
  });
});

test('of macOS executables the same bytes are the same code, and others are not; no function is told', async () => {
  const program = (text: string) => ({
    files: { 'main.go': `package main\n\nfunc main() { println("${text}") }\n` },
    env: { GOOS: 'darwin', GOARCH: 'arm64' },
  });
  const [base, head] = await Promise.all([goBuild(program('a')), goBuild(program('b'))]);
  expect(base.elf).toMatchObject({ isMachO: true, sections: [], segments: [] });
  expect(compareCode(base.elf, { ...base.elf, bytes: base.elf.bytes.slice() }).same).toBe(true);
  expect(compareCode(base.elf, head.elf)).toEqual({ same: false, differing: ['the file'] });
  expect(changedCode(base.elf, head.elf)).toEqual({ changed: [], added: [], removed: [] });
  expect(codeDigest(base.elf)).not.toBe(codeDigest(head.elf));
});
