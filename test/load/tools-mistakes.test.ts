/** A load command that goes wrong within a run: what a person is told, and that nothing is left. By `save`, with one side. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Bench, making } from '../commands/mistake.ts';

/** Sends its requests one after the other and, as its last argument says, waits for ever once one has failed. */
const LOAD = `
const [url, requests, then] = process.argv.slice(2);
let errors = 0;
for (let i = 0; i < Number(requests); i++) {
  const isFine = await fetch(url).then((response) => response.text().then(() => response.ok), () => false);
  if (!isFine) errors++;
  if (!isFine && then === 'hang') setInterval(() => undefined, 1000);
  if (!isFine && then === 'hang') await new Promise(() => undefined);
}
console.log(JSON.stringify({ requests: Number(requests), errors }));
`;

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
  bench.repository.commit('a load of its own', { 'load.mjs': LOAD });
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

const config = (command: string, { mistake = '', more = '' } = {}) =>
  `${making(
    mistake,
    `load: { command: ${JSON.stringify(command)}, count: 20, warmup: 20${more} }\ninstruments: [allocs]\n`,
  )}baseline: { store: directory, path: ../store }\n`;

const NODE = 'node load.mjs {url}/price {requests}';

test.each([
  [
    'the service fails under it',
    config(NODE, { mistake: 'fails under load' }),
    [
      'perf-gate: 75 % of the requests to base failed (15 of 20)',
      '  | the first: json: 15 failed',
      '  | the last lines of json:',
      '  | {"requests":20,"errors":15}',
      "  | the service's last lines:",
      '  | mistakes unknown listens on 127.0.0.1:PORT',
      '  -> the service must answer every request of load.command; load.errors is the share that may fail',
    ],
  ],
  [
    'it hangs',
    config('sleep 600 # {url} {requests}', { more: ', timeout: 1s' }),
    [
      'perf-gate: load.command was not over within 1 s',
      '  | $ sleep 600 # http://127.0.0.1:PORT 1',
      '  -> see that it ends by itself; set load.timeout to how long one run of it may take',
    ],
  ],
])('%s', async (_, text, told) => {
  const { code, out, said } = await bench.attempt(['save', '--force'], { config: text });
  const lines = said
    .trimEnd()
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .split('\n');
  expect(lines).toEqual(told);
  expect({ code, out }).toEqual({ code: 3, out: '' });
});

test('the service dies and it waits for ever: the service is what is told, and at once', async () => {
  const text = config(`${NODE} hang`, { mistake: 'exits under load', more: ', timeout: 10m' });
  const { code, said } = await bench.attempt(['save', '--force'], { config: text });
  expect(said).toMatch(/^perf-gate: the service \(base\) exited with code 9 while it was measured\n/);
  expect(said).toMatch(/too many open files/);
  expect(code).toBe(3);
});

test('Ctrl-C while it runs', async () => {
  const interruptAt = { text: 'trying the scenario', afterMs: 1000 };
  const text = config('sleep 600 # {url} {requests}', { more: ', timeout: 10m' });
  const { code, said } = await bench.attempt(['save', '--force'], { config: text, interruptAt });
  expect({ code, said }).toEqual({ code: 130, said: 'perf-gate: interrupted (SIGINT)\n' });
});
