import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cString, parseElf, sectionBytes, symbolsOf } from '../../src/binary/elf.ts';
import { goBuild, goTool, removeExecutables } from './go-build.ts';

afterAll(removeExecutables);

const files = { 'main.go': 'package main\n\nvar text = "dev"\n\nfunc main() { println(text) }\n' };

describe('an executable', () => {
  test('its headers', async () => {
    const { elf } = await goBuild({ files, env: { GOARCH: 'amd64' } });
    expect(elf.machine).toBe('amd64');
    expect(elf.isRelocatable).toBe(false);
    const text = elf.sections.find(({ name }) => name === '.text')!;
    const segment = elf.segments.find(({ isExecutable }) => isExecutable)!;
    expect(text.address).toBeGreaterThanOrEqual(segment.address);
    expect(text.address + text.size).toBeLessThanOrEqual(segment.address + segment.memorySize);
    expect(text.offset - segment.offset).toBe(text.address - segment.address);
    const bss = elf.sections.find(({ name }) => name === '.bss')!;
    expect(bss.size).toBeGreaterThan(0);
    expect(sectionBytes(elf, bss)).toHaveLength(0);
  });

  test('of another machine, and one that is moved when it is loaded', async () => {
    const { elf } = await goBuild({ files, env: { GOARCH: 'arm64' }, flags: ['-buildmode=pie'] });
    expect([elf.machine, elf.isRelocatable]).toEqual(['arm64', true]);
  });

  test('its symbols are those of go tool nm', async () => {
    const { path, elf } = await goBuild({ files, env: { GOARCH: 'amd64' } });
    const lines = (await goTool('nm', '-size', path)).split('\n');
    const theirs = lines.flatMap((line) => {
      const [, address, size, kind, name] = /^ *([0-9a-f]+) +(\d+) (\w) (.*)$/.exec(line) ?? [];
      return kind === 'T' || kind === 'D' ? [`${name} ${Number.parseInt(address!, 16)} ${size}`] : [];
    });
    expect(theirs.length).toBeGreaterThan(1000);
    const ours = new Set([...symbolsOf(elf)].map(({ name, address, size }) => `${name} ${address} ${size}`));
    expect(theirs.filter((line) => !ours.has(line))).toEqual([]);
    expect([...symbolsOf(elf)].find(({ name }) => name === 'main.main')?.isFunction).toBe(true);
    expect([...symbolsOf(elf)].find(({ name }) => name === 'main.text')?.isFunction).toBe(false);
  });

  test('a stripped one has none', async () => {
    const { elf } = await goBuild({ files, ldflags: '-s -w' });
    expect([...symbolsOf(elf)]).toEqual([]);
  });
});

test('an executable of macOS is let through, without anything that is read of it', () => {
  const elf = parseElf(Uint8Array.from([0xcf, 0xfa, 0xed, 0xfe, ...new Array(80).fill(0)]), 'orders');
  expect(elf).toMatchObject({ isMachO: true, sections: [], segments: [] });
});

describe('what is no executable we can read', () => {
  const text = (bytes: Uint8Array) => {
    try {
      parseElf(bytes, 'orders');
    } catch (error) {
      return (error as Error).message;
    }
    return 'was read';
  };

  test.each([
    ['nothing', new Uint8Array(0), 'orders: not an ELF executable'],
    ['a script', new TextEncoder().encode(`#!/bin/sh\n${'#'.repeat(80)}`), 'orders: not an ELF executable'],
  ])('%s', (_, bytes, message) => expect(text(bytes)).toBe(message));

  test('32 bits', async () => {
    const { path } = await goBuild({ files });
    const bytes = Uint8Array.from(readFileSync(path));
    bytes[4] = 1;
    expect(text(bytes)).toBe('orders: not a 64-bit little-endian executable');
  });

  test('one that is cut off, wherever', async () => {
    const { elf } = await goBuild({ files });
    const end = Math.max(...elf.sections.filter(({ type }) => type !== 8).map(({ offset, size }) => offset + size));
    fc.assert(
      fc.property(fc.integer({ min: 64, max: end - 1 }), (length) => {
        expect(text(elf.bytes.subarray(0, length))).toBe('orders: cut off');
      }),
    );
  });
});

test('a string ends at its NUL, and at the end of its table', () => {
  const bytes = new TextEncoder().encode('ab\0cde');
  expect([
    cString(bytes, 0, 6),
    cString(bytes, 3, 6),
    cString(bytes, 3, 5),
    cString(bytes, 6, 6),
    cString(bytes, -1, 6),
  ]).toEqual(['ab', 'cde', 'cd', '', '']);
});
