/** Ctrl-C at any step: the exit code of an interruption, within seconds, and nothing is left. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Bench, FEW, making, QUICK } from './mistake.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

const SECONDS = 10; // for a service that has to be killed, on a machine with other work
const COUNTED = `${FEW.replace('count: 20', 'count: 2000')}instruments: [instructions, allocs]\n`;
const PROFILED = `${FEW}instruments: [cpu]\n`;
const SETTING_UP = making('').replace('package: .', 'package: .\n  setup: ["sleep 60; true"]');

const KEPT = 'baseline: { store: directory, path: ../store }\n';

test.each([
  ['while the setup runs', SETTING_UP, 'building both sides', 300],
  ['at the start of the builds', making(''), 'building both sides', 0],
  ['within the builds', making(''), 'building both sides', 400],
  ['while the changes are looked for', making(''), 'finding the functions', 50],
  ['while time is profiled', making('', PROFILED), 'profiling both sides', 1000],
])('%s', async (_, config, text, afterMs) => {
  await interrupted([], config, text, afterMs);
});

// By `save`, which has one side to build.
test.each([
  ['waiting for ready', making('never listens', QUICK), 'trying the scenario', 500],
  ['waiting for an answer', making('is slow', QUICK), 'trying the scenario', 500],
  ['while allocations are recorded', making('', QUICK.replace('count: 20', 'count: 100000')), 'base: recording', 500],
  ['while valgrind starts the service', making('', COUNTED), 'base: counting', 0],
  ['while valgrind counts', making('', COUNTED), 'base: counting', 4000],
  ['and the service takes no notice of SIGTERM', making('is stubborn'), 'trying the scenario', 500],
])('%s', async (_, config, text, afterMs) => {
  await interrupted(['save', '--force'], `${config}${KEPT}`, text, afterMs);
});

async function interrupted(args: readonly string[], config: string, text: string, afterMs: number): Promise<void> {
  const { code, out, said, stoppedAfterMs } = await bench.attempt(args, { config, interruptAt: { text, afterMs } });
  expect({ code, out, said }).toEqual({ code: 130, out: '', said: 'perf-gate: interrupted (SIGINT)\n' });
  expect(stoppedAfterMs).toBeLessThan(SECONDS * 1000);
}
