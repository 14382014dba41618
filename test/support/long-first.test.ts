/** The order of the test files, their shards, and the list that both are made of. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import LongFirst from './long-first.cjs';
import { goSecondsOf, STARTS_GO } from './starts-go.cjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const sequencer = new LongFirst();
const at = (path: string) => ({ path: join(ROOT, path) });

const LONG = STARTS_GO.map(([beginning]) => at(`${beginning}made-up.test.ts`));
const FAST = ['config/a', 'config/b', 'git/c', 'report/d', 'report/e'].map((name) => at(`test/${name}.test.ts`));

test('the longest come first, and among equals the order is that of their names', () => {
  expect(sequencer.sort([...FAST].reverse())).toEqual(FAST);
  const seconds = sequencer
    .sort([...FAST, ...LONG].reverse())
    .map(({ path }) => goSecondsOf(path.slice(ROOT.length)) ?? 0);
  expect(seconds).toEqual([...seconds].sort((a, b) => b - a));
});

describe('shards', () => {
  const all = [...FAST, ...LONG];
  const shardsOf = (tests: typeof all, shardCount: number) =>
    Array.from({ length: shardCount }, (_, i) => sequencer.shard(tests, { shardIndex: i + 1, shardCount }));

  test.each([1, 2, 3, 7, 100])('of %i each file is in exactly one', (shardCount) => {
    const paths = shardsOf(all, shardCount).flatMap((shard) => shard.map(({ path }) => path));
    expect(paths.sort()).toEqual(all.map(({ path }) => path).sort());
  });

  test('are the same in whatever order the files were found', () => {
    expect(shardsOf([...all].reverse(), 3)).toEqual(shardsOf(all, 3));
  });

  test('have about the same to do', () => {
    const seconds = shardsOf(all, 2).map((shard) =>
      shard.reduce((sum, { path }) => sum + (goSecondsOf(path.slice(ROOT.length)) ?? 2), 0),
    );
    expect(Math.abs(seconds[0]! - seconds[1]!)).toBeLessThan(10);
  });
});

test('each beginning in the list is that of a file, which no other before it takes', () => {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => `test/${path}`);
  const taken = new Set(
    files
      .map((path) => STARTS_GO.find(([beginning]) => path.startsWith(beginning))?.[0])
      .filter((one) => one !== undefined),
  );
  expect([...taken].sort()).toEqual(STARTS_GO.map(([beginning]) => beginning).sort());
});
