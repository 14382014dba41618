/** A service that works although nobody asks: its own work must not pass for a rise of what requests cost. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { parseReport } from '../../src/report/json.ts';
import { newRepository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const CONFIG = `
service:
  package: .
  args: [-address, "127.0.0.1:{port}", -background, 1ms]
  ready: GET /echo
load: { requests: [GET /echo], warmup: 20, count: 300 }
limits: { io-bytes: { total: +5% } }
instruments: [allocs, io]
`;

/** Nobody else knows whether the service came to rest between the requests of a command. */
const SENDER = `const [url, requests] = process.argv.slice(2);
for (let i = 0; i < requests; i++) await (await fetch(url + '/echo')).text();
console.log(JSON.stringify({ requests: Number(requests), errors: 0 }));
`;

/** The report of a commit that costs nothing. */
async function gate(name: string, config: string, files: Readonly<Record<string, string>> = {}) {
  const directory = join(scratch, name);
  cpSync(join(import.meta.dirname, '../fixtures/transports'), directory, { recursive: true });
  const repository = newRepository(directory);
  repository.commit('base', { 'perf-gate.yml': config, '.gitignore': 'perf-gate-out*\n', ...files });
  repository.edit('main.go', 'mux.HandleFunc("/panic"', 'mux.HandleFunc("/another", echo)\n	mux.HandleFunc("/panic"');
  repository.commit('head');
  const { code, out, err } = await perfGate(directory, ['run', '--format', 'json', '--base', 'HEAD~1']);
  if (out === '') throw new Error(`exit ${code}: ${err}`);
  return { code, report: parseReport(out) };
}

const notJudged = (instrument: string, counted: string) => ({
  instrument,
  reason: expect.stringMatching(
    `^without any request the service \\((base|head)\\) comes to (\\d+ %|all) of the ${counted} that were counted, which differ`,
  ),
  fault: 'service',
  hint: 'switch its background work off while it is measured, by service.args or service.env',
});

test('a change that costs nothing is not red, nor green: what cannot be told from the work of its own is not judged', async () => {
  const { code, report } = await gate('busy', CONFIG);
  const { verdict, isSameCode } = report;
  expect({ code, verdict, isSameCode }).toEqual({ code: 0, verdict: 'inconclusive', isSameCode: false });
  expect(report.totals.map(({ name }) => name)).toEqual(['io-calls', 'io-bytes']);
  expect(report.missing).toEqual([notJudged('allocs', 'objects')]);
});

test('nor are instructions, where a command sends the load', async () => {
  const load = 'load: { command: "node load.mjs {url} {requests}", warmup: 20, count: 50 }';
  // Seldom enough to leave it time for requests under valgrind.
  const config = CONFIG.replace('1ms', '100ms')
    .replace(/^load: .*$/m, load)
    .replace('[allocs, io]', '[instructions, io]');
  const { report } = await gate('sent', config, { 'load.mjs': SENDER });
  expect(report.totals.map(({ name }) => name)).toEqual(['io-calls', 'io-bytes']);
  expect(report.missing).toEqual([notJudged('instructions', 'instructions')]);
});
