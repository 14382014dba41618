import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parseElf, symbolsOf } from '../../src/binary/elf.ts';
import { findModule, functionDataAt, functionTable, goFunctions } from '../../src/binary/go-functions.ts';
import { goBuild, type Program, removeExecutables } from './go-build.ts';

afterAll(removeExecutables);

const files = {
  'main.go': `package main

//go:noinline
func twice[T int | string](value T) T { return value + value }

type shop struct{ name string }

//go:noinline
func (s *shop) open() func() { return func() { println(twice(s.name), twice(2)) } }

func main() { (&shop{"tea"}).open()() }
`,
};

const cgo = { CGO_ENABLED: '1' };
const pie = ['-buildmode=pie'];
const hasCompiler = existsSync('/usr/bin/gcc') || existsSync('/usr/bin/cc');
const kinds: [string, Partial<Program>][] = [
  ['the installed Go', {}],
  ['Go 1.18', { go: 'go1.18.10' }],
  ['Go 1.21', { go: 'go1.21.13' }],
  ['Go 1.27', { go: 'go1.27.0' }],
  ['a PIE', { flags: pie }],
  ['a PIE of Go 1.27', { flags: pie, go: 'go1.27.0' }],
  ['arm64', { env: { GOARCH: 'arm64' } }],
  ...(hasCompiler
    ? ([
        ['the system linker', { ldflags: '-linkmode=external', env: cgo }],
        ['a PIE by the system linker', { ldflags: '-linkmode=external', env: cgo, flags: pie }],
        ['the same by Go 1.21', { ldflags: '-linkmode=external', env: cgo, flags: pie, go: 'go1.21.13' }],
      ] as [string, Partial<Program>][])
    : []),
];

describe.each(kinds)('%s', (_, rest) => {
  const program = (ldflags = '') => ({ files, ...rest, ldflags: `${rest.ldflags ?? ''} ${ldflags}` });

  test('functions lie where the symbol table has them', async () => {
    const { elf } = await goBuild(program());
    const functions = goFunctions(elf, 'tiny');
    expect(functions.length).toBeGreaterThan(500);
    const starts = functions.map(({ start }) => start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    const symbols = new Map<string, number[]>();
    for (const { name, address } of symbolsOf(elf)) symbols.set(name, [...(symbols.get(name) ?? []), address]);
    for (const name of ['main.main', 'main.(*shop).open', 'main.(*shop).open.func1', 'runtime.mallocgc']) {
      const fn = functions.find((candidate) => candidate.name === name)!;
      expect(symbols.get(name)).toContain(fn.start);
      expect(fn.end).toBeGreaterThan(fn.start);
    }
    expect(functions.filter(({ name }) => name.startsWith('main.twice[')).length).toBeGreaterThanOrEqual(2);
  });

  test('and so does what they tell the collector and the unwinder', async () => {
    const { elf } = await goBuild(program());
    const table = functionTable(elf, 'tiny');
    const symbol = [...symbolsOf(elf)].find(({ name }) => /^go[.:]func\.\*$/.test(name))!;
    expect(functionDataAt(table, findModule(elf, table)!)).toBe(symbol.address);
  });

  test('a stripped executable has the same ones', async () => {
    const [whole, stripped] = await Promise.all([goBuild(program()), goBuild(program('-s -w'))]);
    expect([...symbolsOf(stripped.elf)].some(({ name }) => name === 'main.main')).toBe(false);
    const names = (functions: { name: string }[]) => functions.map(({ name }) => name);
    const [all, left] = [goFunctions(whole.elf, 'tiny'), goFunctions(stripped.elf, 'tiny')];
    expect(names(left)).toEqual(names(all));
    const main = ({ name }: { name: string }) => name === 'main.main';
    const code = (elf: typeof whole.elf, start = 0) => {
      const section = elf.sections.find(({ name }) => name === '.text')!;
      const from = section.offset + start - section.address;
      return Buffer.from(elf.bytes.subarray(from, from + 8)).toString('hex');
    };
    expect(code(stripped.elf, left.find(main)!.start)).toBe(code(whole.elf, all.find(main)!.start));
  });

  test('an anchor places the table', async () => {
    const { elf } = await goBuild(program());
    const main = goFunctions(elf, 'tiny').find(({ name }) => name === 'main.main')!;
    const moved = goFunctions(elf, 'tiny', { name: 'main.main', address: main.start + 4096 });
    expect(moved.find(({ name }) => name === 'main.main')!.start).toBe(main.start + 4096);
  });
});

test('an executable that Go has not built is refused', () => {
  const c = ['/bin/ls', '/bin/sh'].find(existsSync)!;
  expect(() => goFunctions(parseElf(readFileSync(c), 'ls'), 'ls')).toThrow(
    'ls: no Go function table: not built by the Go compiler?',
  );
});

test('a table of an unknown kind, or one that is cut off, is refused', async () => {
  const { elf } = await goBuild({ files });
  const table = functionTable(elf, 'tiny');
  const at = table.bytes.byteOffset - elf.bytes.byteOffset;
  const broken = (offset: number, value: number) => {
    const bytes = Uint8Array.from(elf.bytes);
    new DataView(bytes.buffer).setUint32(at + offset, value, true);
    return () => goFunctions(parseElf(bytes, 'tiny'), 'tiny');
  };
  expect(broken(0, 0xfffffffb)).toThrow('of a kind that perf-gate does not know');
  expect(broken(8, 0x7fffffff)).toThrow('its Go function table is cut off');
});
