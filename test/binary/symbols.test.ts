import { existsSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parseElf, SHF_ALLOC, sectionBytes, symbolsOf } from '../../src/binary/elf.ts';
import { goFunctions } from '../../src/binary/go-functions.ts';
import { addressOfGoSymbol, goSymbol, withGoSymbols } from '../../src/binary/symbols.ts';
import { goBuild, type Program, removeExecutables, run } from './go-build.ts';

afterAll(removeExecutables);

test('a symbol says the address of its function', () => {
  expect(addressOfGoSymbol(goSymbol(0x40b3a0))).toBe(0x40b3a0);
  expect(goSymbol(0x40b3a0)).toBe('go@40b3a0');
  for (const name of ['main.main', 'go@', 'go@xyz', 'go@40b3a0+8', 'xgo@40'])
    expect(addressOfGoSymbol(name)).toBeUndefined();
});

const files = { 'main.go': 'package main\n\nfunc main() { println("tea") }\n' };
const hasCompiler = existsSync('/usr/bin/gcc') || existsSync('/usr/bin/cc');
const kinds: [string, Partial<Program>][] = [
  ['a plain build', {}],
  ['a stripped build', { ldflags: '-s -w' }],
  ['a PIE', { flags: ['-buildmode=pie'] }],
  ...(hasCompiler
    ? ([['the system linker', { ldflags: '-linkmode=external', env: { CGO_ENABLED: '1' } }]] as [
        string,
        Partial<Program>,
      ][])
    : []),
];

describe.each(kinds)('the copy of %s', (_, rest) => {
  const copied = async () => {
    const { path, elf } = await goBuild({ files, ...rest });
    const functions = goFunctions(elf, 'tiny');
    const bytes = withGoSymbols(elf, functions);
    return { path, elf, functions, bytes, copy: parseElf(bytes, 'copy') };
  };

  test('has one symbol for each Go function, and C functions as before', async () => {
    const { elf, functions, copy } = await copied();
    const symbols = [...symbolsOf(copy)];
    const ours = symbols.filter(({ name }) => addressOfGoSymbol(name) !== undefined);
    expect(ours.map(({ address, size }) => [address, size])).toEqual(
      functions.map(({ start, end }) => [start, end - start]),
    );
    expect(ours.every(({ name, address }) => addressOfGoSymbol(name) === address)).toBe(true);
    const isC = ({ name }: { name: string }) => name === '_start' || name.startsWith('x_cgo_');
    const before = [...symbolsOf(elf)].filter((symbol) => symbol.isFunction && isC(symbol)).map(({ name }) => name);
    expect(symbols.filter(isC).map(({ name }) => name)).toEqual(expect.arrayContaining(before));
  });

  test('loads the same bytes, and runs', async () => {
    const { path, elf, bytes, copy } = await copied();
    for (const section of elf.sections.filter(({ name, flags }) => (flags & SHF_ALLOC) !== 0 && name !== '.dynsym')) {
      const twin = copy.sections.find(
        ({ address, size, name }) => address === section.address && size === section.size && name === section.name,
      );
      if (twin === undefined) continue; // the headers of the dynamic linker's tables are gone; their bytes are not
      expect(Buffer.compare(sectionBytes(copy, twin), sectionBytes(elf, section))).toBe(0);
    }
    expect(copy.segments).toEqual(elf.segments);
    const file = `${path}.copy`;
    writeFileSync(file, bytes, { mode: 0o755 });
    expect((await run(file)).stderr).toBe('tea\n');
  });
});
