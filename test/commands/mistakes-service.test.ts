/**
 * Services and loads that go wrong: the run ends with what happened and the service's own words, and leaves nothing.
 * Told by `save`, which has one side to build.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Bench, making } from './mistake.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

const WANTED = 'the service must answer every request, in full and within load.timeout';
const KEPT = 'baseline: { store: directory, path: ../store }\n';
const IN_FOREGROUND = 'it must run until it is stopped, and not go to the background';
const LAST_LINES = 'its last lines are above: correct service.args, service.env, or what it needs to run';
/** Of those whose response is waited for in vain; one of them must have begun it by then. */
const TIMEOUTS: Readonly<Record<string, string>> = { 'is slow': '300ms', 'streams for ever': '2s' };
const STARTED = 'mistakes unknown listens on 127.0.0.1:PORT';
const command = (mistake: string) => `$ ~/tmp/RUN/SIDE/bin/repository -mistake '${mistake}' -listen 127.0.0.1:PORT`;

test.each([
  [
    'exits at start',
    'the service (SIDE) exited with code 7 before it was ready',
    [command('exits at start'), STARTED, 'cannot reach the database at localhost:5432'],
    LAST_LINES,
  ],
  [
    'never listens',
    'the service (SIDE) did not answer GET /healthz on port PORT within 2 s: the port was never opened',
    [STARTED],
    'see that it listens on 127.0.0.1:PORT ({port} in service.args or service.env)',
  ],
  [
    'listens elsewhere',
    'the service (SIDE) did not answer GET /healthz on port PORT within 2 s: the port was never opened; it listens on 127.0.0.1:PORT',
    [STARTED],
    'see that it listens on 127.0.0.1:PORT ({port} in service.args or service.env)',
  ],
  [
    'forks away',
    'the service (SIDE) exited with code 0 before it was ready',
    [command('forks away'), STARTED],
    IN_FOREGROUND,
  ],
  [
    'runs out of memory',
    'the service (SIDE) was ended by SIGKILL before it was ready',
    [command('runs out of memory'), STARTED],
    'the system kills a process that takes too much memory: see dmesg',
  ],
  [
    'tells secrets', // and would clear the screen before
    'the service (SIDE) exited with code 7 before it was ready',
    [command('tells secrets'), STARTED, 'connecting to postgres://***@db/shop with the token ***'],
    LAST_LINES,
  ],
  [
    'is not healthy',
    'the service (SIDE) did not answer GET /healthz on port PORT within 2 s: it answered 500',
    [STARTED],
    'set service.ready to a request that it answers when it can serve',
  ],
  [
    'exits under load',
    'the service (SIDE) exited with code 9 while it was measured',
    [command('exits under load'), STARTED, 'too many open files'],
    LAST_LINES,
  ],
  [
    'closes and exits', // so that its connections break long before it is gone
    'the service (SIDE) exited with code 9 while it was measured',
    [command('closes and exits'), STARTED],
    LAST_LINES,
  ],
  [
    'panics under load',
    'the service (SIDE) exited with code 2 while it was measured',
    [
      command('panics under load'),
      STARTED,
      'panic: the price list is gone',
      '',
      'goroutine N [running]:',
      'main.main.func2.gowrap1()',
      '\texample.com/mistakes/main.go:N +0x0',
      'created by main.main.func2 in goroutine N',
      '\texample.com/mistakes/main.go:N +0x0',
    ],
    LAST_LINES,
  ],
  [
    'fails under load',
    '75 % of the requests to SIDE failed (15 of 20)',
    ['the first: GET /price answered 503, expected 2xx: "the database is gone"', "the service's last lines:", STARTED],
    WANTED,
  ],
  [
    'closes connections',
    '100 % of the requests to SIDE failed (1 of 1)',
    [
      'the first: GET /price: the connection was closed before the response was complete (other side closed)',
      "the service's last lines:",
      'DATE http: panic serving 127.0.0.1:PORT: no such region',
      'goroutine N [running]:',
    ],
    WANTED,
  ],
  [
    'is cold',
    '100 % of the requests to SIDE failed (1 of 1)',
    [
      'the first: GET /price answered 503, expected 2xx: "the price list is being loaded"',
      "the service's last lines:",
      STARTED,
    ],
    'is it not ready yet when service.ready says so? name a request there that it answers only when it can serve',
  ],
  [
    'sends a gigabyte',
    '100 % of the requests to SIDE failed (1 of 1)',
    ['the first: GET /price answered 200: the response is larger than 64 MB', "the service's last lines:", STARTED],
    WANTED,
  ],
  [
    'streams for ever',
    '100 % of the requests to SIDE failed (1 of 1)',
    [
      'the first: GET /price answered 200: no complete response within 2 s (N bytes of its body came)',
      "the service's last lines:",
      STARTED,
    ],
    WANTED,
  ],
  [
    'is slow',
    '100 % of the requests to SIDE failed (1 of 1)',
    [
      'the first: GET /price: no complete response within 0.3 s (N bytes of its body came)',
      "the service's last lines:",
      STARTED,
    ],
    WANTED,
  ],
])('it %s', async (mistake, message, detail, hint) => {
  const timeout = TIMEOUTS[mistake] ?? '10s';
  const readyTimeout = message.includes(' within 2 s: ') ? '2s' : '30s';
  const config = `${making(mistake)}${KEPT}`
    .replace('ready: GET /healthz', `ready: { path: /healthz, timeout: ${readyTimeout} }`)
    .replace('count: 20', `timeout: ${timeout}, count: 20`);
  const { code, out, said } = await bench.attempt(['save', '--force'], { config, env: { SHOP_TOKEN: 'swordfish' } });
  const lines = sameEveryTime(said).trimEnd().split('\n');
  expect([lines[0], lines.at(-1)]).toEqual([`perf-gate: ${message}`, `  -> ${hint}`]);
  expect(lines.slice(1, detail.length + 1)).toEqual(detail.map((line) => `  | ${line}`));
  expect({ code, out }).toEqual({ code: 3, out: '' });
});

test('a request that the service does not know', async () => {
  const config = `${making('').replace('/price', '/pirce')}${KEPT}`;
  const { code, out, said } = await bench.attempt(['save', '--force'], { config });
  expect(said).toBe(
    [
      'perf-gate: 100 % of the requests to base failed (1 of 1)',
      '  | the first: GET /pirce answered 404, expected 2xx: "404 page not found"',
      '  -> correct the request under load.requests, or set its expect to the status that is right\n',
    ].join('\n'),
  );
  expect({ code, out }).toEqual({ code: 3, out: '' });
});

test('and a mistake that spoils no request is told beside the verdict', async () => {
  const { code, out, said } = await bench.attempt([], { config: making('changes its files') });
  expect(out).toMatch(/^perf-gate {2}PASS {2}repository /);
  expect(out.replace(/\n {7}/g, ' ')).toContain(
    '\n     the service wrote to its directory, and each start found what the one before had left: go.mod\n',
  );
  expect({ code, said }).toEqual({ code: 0, said: '' });
});

test('a service that profiles its own CPU is judged by the rest, and it is said', async () => {
  const config = making('profiles itself').replace('[allocs]', '[allocs, cpu]');
  const { code, out, said } = await bench.attempt([], { config });
  expect(out).toMatch(/^perf-gate {2}PASS {2}repository /);
  expect(out.replace(/\n {7}/g, ' ')).toMatch(
    /the service profiles its CPU itself: cpu profiling already in use; let it not/,
  );
  expect({ code, said }).toEqual({ code: 0, said: '' });
});

const sameEveryTime = (said: string) =>
  said
    .replace(/(?<=\(|to |\/)(base|head)(?=\)| failed|\/bin)/g, 'SIDE') // both are loaded at the same time
    .replace(/\/perf-gate-\w{6}\//g, '/RUN/')
    .replace(/(127\.0\.0\.1:|on port )\d+/g, '$1PORT')
    .replace(/\d+ bytes of its body/g, 'N bytes of its body')
    .replace(/goroutine \d+/g, 'goroutine N')
    .replace(/main\.go:\d+ \+0x\w+/g, 'main.go:N +0x0')
    .replace(/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g, 'DATE');
