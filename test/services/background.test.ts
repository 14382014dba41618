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

test('a change that costs nothing stays green: what cannot be told from the work of its own is not judged', async () => {
  const directory = join(scratch, 'busy');
  cpSync(join(import.meta.dirname, '../fixtures/transports'), directory, { recursive: true });
  const repository = newRepository(directory);
  repository.commit('base', { 'perf-gate.yml': CONFIG, '.gitignore': 'perf-gate-out*\n' });
  repository.edit('main.go', 'mux.HandleFunc("/panic"', 'mux.HandleFunc("/another", echo)\n	mux.HandleFunc("/panic"');
  repository.commit('head');
  const { code, out, err } = await perfGate(directory, ['run', '--format', 'json', '--base', 'HEAD~1']);
  if (out === '') throw new Error(`exit ${code}: ${err}`);
  const report = parseReport(out);
  expect({ code, verdict: report.verdict, isSameCode: report.isSameCode }).toEqual({
    code: 0,
    verdict: 'pass',
    isSameCode: false,
  });
  expect(report.totals.map(({ name }) => name)).toEqual(['io-calls', 'io-bytes']);
  expect(report.missing).toEqual([
    {
      instrument: 'allocs',
      reason: expect.stringMatching(
        /^without any request the service \((base|head)\) comes to (\d+ %|all) of the objects that were counted, which differ/,
      ),
      hint: 'switch its background work off while it is measured, by service.args or service.env',
    },
  ]);
});
