/** The real load tools: what perf-gate makes of their output is what the server has seen. */
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MeasurementError } from '../../src/base/errors.ts';
import { checkLoad } from '../../src/load/check.ts';
import { type CommandLoad, runLoadCommand } from '../../src/load/command.ts';
import { openCommand } from '../../src/load/command-open.ts';
import type { Goal } from '../../src/load/command-runs.ts';
import { freePort } from '../../src/service/port.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';

const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'perf-gate-counterparts');
const HEY = join(CACHE, 'hey-0.1.5/hey');
const K6 = join(CACHE, 'k6-1.8.1/k6');
const OHA = join(CACHE, 'oha-1.16.0/bin/oha');
const AUTOCANNON = join(CACHE, 'autocannon-9.0.0/node_modules/.bin/autocannon');
const WRK = '/usr/bin/wrk';

interface Counterpart {
  readonly name: string;
  readonly program: string;
  /** How it is called for a path. */
  readonly command: (path: string) => string;
  readonly version: RegExp;
  /** In what it is told how much to send, and what it does when the time is over. */
  readonly isExact: boolean;
}

const K6_RUN = `${K6} run --no-usage-report --quiet --vus {connections} --summary-export {summary}`;

const tools: readonly Counterpart[] = [
  {
    name: 'hey',
    program: HEY,
    command: (path) => `${HEY} -n {requests} -c {connections} {url}${path}`,
    version: /^hey$/,
    isExact: true,
  },
  {
    name: 'autocannon',
    program: AUTOCANNON,
    command: (path) => `${AUTOCANNON} --json -L 20 -a {requests} -c {connections} {url}${path}`,
    version: /^autocannon v9\.0\.0$/,
    isExact: true,
  },
  {
    name: 'k6',
    program: K6,
    command: (path) => `${K6_RUN} --iterations {requests} -e URL={url}${path} load.js`,
    version: /^k6 v1\.8\.1 /,
    isExact: true,
  },
  {
    name: 'k6 for some seconds',
    program: K6,
    command: (path) => `${K6_RUN} --duration {seconds}s -e URL={url}${path} load.js`,
    version: /^k6 v1\.8\.1 /,
    isExact: false,
  },
  {
    name: 'oha',
    program: OHA,
    command: (path) => `${OHA} --no-tui --output-format json -n {requests} -c {connections} {url}${path}`,
    version: /^oha 1\.16\.0$/,
    isExact: true,
  },
  {
    name: 'oha for some seconds',
    program: OHA,
    command: (path) => `${OHA} --no-tui --output-format json -z {seconds}s -c {connections} {url}${path}`,
    version: /^oha 1\.16\.0$/,
    isExact: false,
  },
  {
    name: 'wrk',
    program: WRK,
    command: (path) => `${WRK} -t1 -c{connections} -d{seconds}s --latency {url}${path}`,
    version: /^wrk debian\/4\.1\.0/,
    isExact: false,
  },
];

const directory = scratchDirectory();
let server: Server;
let served = 0;

beforeAll(async () => {
  const script = "import http from 'k6/http';\nexport default () => { http.get(__ENV.URL); };\n";
  writeFileSync(join(directory, 'load.js'), script);
  server = createServer((request, response) => {
    served++;
    const isRefused = request.url === '/half' && served % 5 === 0;
    response.writeHead(isRefused ? 503 : 200).end('hello\n');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  removeDirectory(directory);
});

const COUNT: Goal = { mode: 'count', count: 300 };
const WINDOW: Goal = { mode: 'window', durationMs: 1000 };

const world = testWorld(directory);

async function send({ command }: Counterpart, path: string, goal: Goal, connections: number, port?: number) {
  const to = port ?? (server.address() as AddressInfo).port;
  const load: CommandLoad = {
    url: `http://127.0.0.1:${to}`,
    port: to,
    socket: '',
    connections,
    side: 'head',
    checkout: directory,
    timeoutMs: 60_000,
    firstCount: 300,
    tolerated: 0,
    cores: undefined,
    scratch: directory,
    logFile: join(directory, 'load.log'),
    signal: world.signal,
    world,
  };
  served = 0;
  const opened = await openCommand({ template: command(path), tool: undefined }, directory, world);
  return { ...(await runLoadCommand(opened, goal, load)), version: opened.version };
}

/** These take minutes to build, or rights to install: tried where they are; their recorded output is in `npm test`. */
const OPTIONAL = [K6, OHA, WRK];
const atHand = tools.filter(({ program }) => !OPTIONAL.includes(program) || existsSync(program));

describe.each(atHand)('$name', (tool) => {
  beforeAll(() => {
    if (!existsSync(tool.program))
      throw new Error(`${tool.program} is not there: run node test/counterparts/install.mjs`);
  });

  test('sends requests and says how many', async () => {
    const { result, version } = await send(tool, '/ok', COUNT, 1);
    expect(version).toMatch(tool.version);
    expect(result.firstFailure).toBeUndefined();
    expect(result.failed).toBe(0);
    if (tool.isExact) expect([result.requests, served]).toEqual([300, 300]);
    else {
      expect(result.requests).toBeGreaterThanOrEqual(300);
      // Of every run the request that was under way at its end.
      expect(served - result.requests).toBeGreaterThanOrEqual(0);
      expect(served - result.requests).toBeLessThanOrEqual(6);
    }
  });

  test('fills a window', async () => {
    const { result } = await send(tool, '/ok', WINDOW, 2);
    expect(result).toMatchObject({ mode: 'window', failed: 0 });
    expect(result.requests).toBeGreaterThan(300);
    expect(served - result.requests).toBeGreaterThanOrEqual(0);
    expect(served - result.requests).toBeLessThanOrEqual(tool.isExact ? 0 : 12);
    expect(result.durationMs).toBeGreaterThan(500);
    expect(result.durationMs).toBeLessThan(20_000);
  });

  test('says which requests were refused', async () => {
    const { result, lastWords } = await send(tool, '/half', COUNT, 1);
    expect(result.failed / (result.failed + result.requests)).toBeCloseTo(0.2, 2);
    const check = { tolerated: 0.1, label: 'head', tool: { name: tool.name, lastWords } };
    expect(() => checkLoad(result, check)).toThrow(
      /^20 % of the requests to head failed \(\d+ of \d+\), tolerated are 10 %$/,
    );
  });

  test('says that nobody listens', async () => {
    const outcome = await send(tool, '/ok', COUNT, 1, await freePort()).then(
      ({ result }) => result,
      (error: unknown) => error,
    );
    if (outcome instanceof MeasurementError) expect(outcome.detail).toMatch(/refused/i);
    else expect(outcome).toMatchObject({ requests: 0 });
  });
});
