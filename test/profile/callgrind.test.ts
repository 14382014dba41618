import { describe, expect, test } from '@jest/globals';
import { parseCallgrind } from '../../src/profile/callgrind.ts';
import { addressesOf, callPaths, executedCode, type Symbols } from '../../src/profile/callgrind-stacks.ts';

/**
 * What callgrind writes for: main.handle (0x100) calls main.hash (0x200) three times from 0x108, once from 0x118 where
 * main.twice is inlined, and C's memset once.
 */
const FILE = `# callgrind format
version: 1
creator: callgrind-3.19.0
pid: 1
cmd:  ./svc
part: 1

positions: instr
events: Ir
summary: 0

ob=(1) /tmp/svc
fn=(1) go@100
0x100 4
+8 3
cob=(1)
cfn=(2) go@200'go@100
calls=3 0x200
* 30
0x118 1
cfn=(2)
calls=1 0x200
* 10
+8 1
cob=(2) /lib/libc.so.6
cfn=(3) memset'go@100
calls=1 0x5000
* 5

fn=(2)
0x200 4
0x204 36

ob=(2)
fn=(3)
0x5000 5

totals: 54
`;

const bytes = (text: string) => new TextEncoder().encode(text);
const frame = (fn: string, line: number) => ({ fn, file: 'main.go', line, startLine: line - (line % 10) });
const FRAMES = new Map([
  [0x100, [frame('main.handle', 10)]],
  [0x108, [frame('main.handle', 12)]],
  [0x118, [frame('main.twice', 31), frame('main.handle', 14)]],
  [0x120, [frame('main.handle', 15)]],
  [0x200, [frame('main.hash', 20)]],
  [0x204, [frame('main.hash', 22)]],
]);
const symbols: Symbols = {
  executable: '/tmp/svc',
  entryOf: (symbol) => (symbol.startsWith('go@') ? Number.parseInt(symbol.slice(3), 16) : undefined),
  framesAt: (address) => FRAMES.get(address) ?? [],
};
const shown = (file: string, callers = 8) =>
  callPaths(parseCallgrind(bytes(file), 'counts'), symbols, callers)
    .stacks.map(({ sites, instructions }) => {
      const names = sites.flatMap(({ frames }) => frames.map(({ fn, line }) => `${fn}:${line}`));
      return `${names.reverse().join(';')} ${instructions}`;
    })
    .sort();

describe('a callgrind file', () => {
  test('gives every count with its instruction, and calls with their places', () => {
    const { executed, entered } = executedCode(parseCallgrind(bytes(FILE), 'counts'), symbols);
    const at = (address: number) => executed.find(({ site }) => site.address === address)?.count;
    expect([0x100, 0x108, 0x118, 0x120, 0x200, 0x204].map(at)).toEqual([4, 3, 1, 1, 4, 36]);
    expect(entered.map(({ site, calls }) => [site.frames[0]?.fn, calls])).toEqual([
      ['main.hash', 4],
      ['memset', 1],
    ]);
  });

  test('asks the runtime about every address of the executable, and none of a library', () => {
    expect([...addressesOf(parseCallgrind(bytes(FILE), 'counts'), symbols)].sort((a, b) => a - b)).toEqual(
      [...FRAMES.keys()].sort((a, b) => a - b),
    );
  });

  test('gives call paths with inlined frames, shared out by how often each place called', () => {
    expect(shown(FILE)).toEqual([
      'main.handle:10 8',
      'main.handle:12;main.hash:22 30',
      'main.handle:14;main.twice:31 1',
      'main.handle:14;main.twice:31;main.hash:22 10',
      'main.handle:15;memset:0 5',
    ]);
  });

  test('adds up to its own total, however it is shown', () => {
    const { stacks } = callPaths(parseCallgrind(bytes(FILE), 'counts'), symbols, 8);
    expect(stacks.reduce((sum, { instructions }) => sum + instructions, 0)).toBe(54);
  });
});

describe('goroutines, which callgrind takes for calls', () => {
  const switched = FILE.replaceAll("'go@100", "'go@100'go@300'go@400").replace(
    'fn=(1) go@100',
    "fn=(1) go@100'go@300'go@400",
  );
  const at = (address: number, fn: string) => FRAMES.set(address, [frame(fn, 90)]);

  test('are cut where another goroutine was resumed', () => {
    at(0x300, 'runtime.gogo');
    at(0x400, 'runtime.schedule');
    expect(shown(switched)).toContain('main.handle:12;main.hash:22 30');
    at(0x300, 'runtime.gopark');
    expect(shown(switched)).toContain('main.handle:12;main.hash:22 30');
  });

  test('keep an ordinary caller', () => {
    at(0x300, 'main.serve');
    at(0x400, 'main.main');
    expect(shown(switched)).toContain('main.main:90;main.serve:90;main.handle:12;main.hash:22 30');
  });
});

describe('a file that is not whole', () => {
  test.each([
    ['cut off in the middle', FILE.slice(0, FILE.indexOf('fn=(3)\n')), /cut off/],
    ['cut off in its last number', FILE.slice(0, -2), /damaged|cut off/],
    ['with a count changed', FILE.replace('0x204 36', '0x204 37'), /damaged/],
    ['with a name that is never given', FILE.replace("cfn=(3) memset'go@100", 'cfn=(9)'), /before it is given/],
    ['of another kind', '<html>', /not a callgrind profile/],
    ['empty', '', /not a callgrind profile/],
    ['of cache simulation', FILE.replace('events: Ir', 'events: Ir Dr Dw'), /counts of instructions/],
  ])('%s is refused', (_, text, message) => {
    expect(() => parseCallgrind(bytes(text), 'counts')).toThrow(message);
  });

  test('is refused wherever it ends', () => {
    for (let end = 0; end < FILE.length - 1; end += 3) {
      expect(() => parseCallgrind(bytes(FILE.slice(0, end)), 'counts')).toThrow();
    }
  });
});
