/** The first command of the README, as a stranger meets it: with valgrind, and on a machine without. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { perfGate } from '../support/world.ts';
import { Bench } from './mistake.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterAll(() => bench.remove());

async function demo(path = process.env['PATH']) {
  const { directory, temporary } = bench;
  const env = { ...process.env, PATH: path, TMPDIR: temporary };
  return perfGate(directory, ['demo'], { env, temporaryDirectory: temporary });
}

const SAID = /\nThe demo worked: .*\nNothing of it is kept; with --keep .*\n$/;
const NAMED = / 1 {2}example\.com\/shop\/internal\/api\.appendDescription\n +internal\/api\/list\.go:120: /;

test('the slower commit is failed, and its function and line are named', async () => {
  const { code, out } = await demo();
  expect(out).toMatch(/^perf-gate {2}FAIL {2}orders /);
  expect(out).toMatch(/\n {2}instructions +[\d ]+ \+1[12]\.\d % .* over\n/);
  expect(out).toMatch(NAMED);
  expect(out).toMatch(SAID);
  expect({ code, left: readdirSync(bench.temporary) }).toEqual({ code: 0, left: [] });
});

test('without valgrind by what it allocates, and the report says what is missing', async () => {
  const { code, out } = await demo(bench.pathOf(['git', 'go', 'taskset']));
  expect(out).not.toMatch(/\n {2}instructions /);
  expect(out).toContain('valgrind is not installed');
  expect(out).toMatch(NAMED);
  expect(out).toMatch(SAID);
  expect({ code, left: readdirSync(bench.temporary) }).toEqual({ code: 0, left: [] });
});
