/** The first command of the README, as a stranger meets it: with valgrind, and on a machine without. */
import { mkdirSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { perfGate } from '../support/world.ts';
import { Bench } from './mistake.ts';

let bench: Bench;
/** Both at once: no clock decides what they say. */
let demos: Record<'with' | 'without', ReturnType<typeof demo>>;
beforeAll(() => {
  bench = new Bench();
  demos = {
    with: demo('with', process.env['PATH']!),
    without: demo('without', bench.pathOf(['git', 'go', 'taskset'])),
  };
});
afterAll(() => bench.remove());

async function demo(name: string, path: string) {
  const temporary = bench.path(`tmp-${name}`);
  mkdirSync(temporary);
  const env = { ...process.env, PATH: path, TMPDIR: temporary };
  const ran = await perfGate(bench.directory, ['demo'], { env, temporaryDirectory: temporary });
  return { ...ran, left: readdirSync(temporary) };
}

const SAID = /\nThe demo worked: .*\nNothing of it is kept; with --keep .*\n$/;
const NAMED = / 1 {2}example\.com\/shop\/internal\/api\.appendDescription\n +internal\/api\/list\.go:120: /;

test('the slower commit is failed, and its function and line are named', async () => {
  const { code, out, left } = await demos.with;
  expect(out).toMatch(/^perf-gate {2}FAIL {2}orders /);
  expect(out).toMatch(/\n {2}instructions +[\d ]+ \+1[12]\.\d % .* over\n/);
  expect(out).toMatch(NAMED);
  expect(out).toMatch(SAID);
  expect(out).not.toMatch(/Try it:|Profiles:/);
  expect({ code, left }).toEqual({ code: 0, left: [] });
});

test('without valgrind by what it allocates, and the report says what is missing', async () => {
  const { code, out, left } = await demos.without;
  expect(out).not.toMatch(/\n {2}instructions /);
  expect(out).toContain('valgrind is not installed');
  expect(out).toMatch(NAMED);
  expect(out).toMatch(SAID);
  expect({ code, left }).toEqual({ code: 0, left: [] });
});
