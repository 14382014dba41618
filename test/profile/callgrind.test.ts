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
  Array.from(callPaths(parseCallgrind(bytes(file), 'counts'), symbols, callers).stacks, ({ sites, instructions }) => {
    const names = sites.flatMap(({ frames }) => frames.map(({ fn, line }) => `${fn}:${line}`));
    return `${names.reverse().join(';')} ${instructions}`;
  }).sort();

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

  test('names C functions as they are written, whatever copies the compiler made', () => {
    const names = (symbol: string) =>
      executedCode(parseCallgrind(bytes(FILE.replace('memset', symbol)), 'counts'), symbols).executed.map(
        ({ site }) => site.frames[0]?.fn,
      );
    expect(names('mix.isra.0.constprop.12')).toContain('mix');
    expect(names('_cgo_6694e5b8b260_Cfunc_mix')).toContain('_cgo_Cfunc_mix');
    expect(names('part.cold')).toContain('part');
  });

  test('adds up to its own total, however it is shown', () => {
    const { stacks } = callPaths(parseCallgrind(bytes(FILE), 'counts'), symbols, 8);
    expect([...stacks].reduce((sum, { instructions }) => sum + instructions, 0)).toBe(54);
  });
});

describe('goroutines, whose switches callgrind takes for calls', () => {
  /** As FILE, with go@300 above main.handle, which it enters at `target`. */
  const under = (target: string) =>
    FILE.replaceAll("'go@100", "'go@100'go@300")
      .replace('fn=(1) go@100', `fn=(4) go@300\n0x308 1\ncfn=(1) go@100'go@300\ncalls=1 ${target}\n* 10\n\nfn=(1)`)
      .replace('totals: 54', 'totals: 55');

  test('keep a caller who called', () => {
    FRAMES.set(0x300, [frame('main.serve', 90)]).set(0x308, [frame('main.serve', 92)]);
    expect(shown(under('0x100'))).toContain('main.serve:92;main.handle:12;main.hash:22 30');
    expect(shown(under('-520'))).toContain('main.serve:92;main.handle:12;main.hash:22 30');
  });

  test('have no caller where a parked goroutine went on in the middle of a function', () => {
    expect(shown(under('0x118'))).toContain('main.handle:12;main.hash:22 30');
    const { entered } = executedCode(parseCallgrind(bytes(under('0x118')), 'counts'), symbols);
    expect(entered.find(({ site }) => site.frames[0]?.fn === 'main.handle')).toBeUndefined();
  });

  test('go on under the callers that the function has elsewhere', () => {
    FRAMES.set(0x300, [frame('main.serve', 90)]).set(0x308, [frame('main.serve', 92)]);
    // main.handle once more, resumed in its middle by whoever ran before: here memset.
    const resumed = under('0x100')
      .replace(
        'ob=(2)\nfn=(3)\n0x5000 5\n',
        "ob=(2)\nfn=(3)\n0x5000 5\ncob=(1)\ncfn=(7) go@100'memset\ncalls=1 0x118\n* 9\n\nob=(1)\nfn=(7)\n0x118 2\ncfn=(8) go@200'go@100'memset\ncalls=1 0x200\n* 7\n\nfn=(8)\n0x204 7\n",
      )
      .replace('totals: 55', 'totals: 64');
    expect(shown(resumed)).toContain('main.serve:92;main.handle:14;main.twice:31 2');
    expect(shown(resumed)).toContain('main.serve:92;main.handle:14;main.twice:31;main.hash:22 7');
  });

  test('keep the callers above the levels that callgrind keeps', () => {
    FRAMES.set(0x300, [frame('main.serve', 90)]).set(0x308, [frame('main.serve', 92)]);
    // Chains of one caller: main.hash's ends at main.handle, whose own one tells who called that.
    const cut = under('0x100').replace("go@200'go@100'go@300", "go@200'go@100");
    expect(shown(cut, 1)).toContain('main.serve:92;main.handle:12;main.hash:22 30');
  });

  test('have no caller above a change of stacks', () => {
    FRAMES.set(0x300, [frame('runtime.gogo', 90)]).set(0x308, [frame('runtime.gogo', 92)]);
    expect(shown(under('0x100'))).toContain('main.handle:12;main.hash:22 30');
  });

  test('are cut off only where the callers that are missing are their own', () => {
    const truncated = () => callPaths(parseCallgrind(bytes(under('0x100')), 'counts'), symbols, 1).truncated;
    FRAMES.set(0x300, [frame('main.serve', 90)]).set(0x308, [frame('main.serve', 92)]);
    expect(truncated()).toBe(54);
    FRAMES.set(0x300, [frame('runtime.gogo', 90)]).set(0x308, [frame('runtime.gogo', 92)]);
    expect(truncated()).toBe(0);
  });
});

test('a call between two counts does not shift the counts behind it', () => {
  // As callgrind 3.19 writes it: positions are relative to the last count, also that of the call.
  const shifted = FILE.replace(
    '0x118 1\ncfn=(2)\ncalls=1 0x200\n* 10\n+8 1',
    '0x114 1\ncfn=(2)\ncalls=1 0x200\n+4 10\n+12 1',
  );
  const { costs, calls } = parseCallgrind(bytes(shifted), 'counts');
  expect(costs.address).toContain(0x120);
  expect(calls.site).toContain(0x118);
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
