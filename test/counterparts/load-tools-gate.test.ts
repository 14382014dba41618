/** Whole runs whose load a real tool sends: what the head does more is found, and by function. */
import { cpSync, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, jest, test } from '@jest/globals';
import { parseReport } from '../../src/report/json.ts';
import { newRepository, ordersRepository, type Repository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';

// Two processes under valgrind for each side.
jest.setTimeout(900_000);

const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'perf-gate-counterparts');
const GREETER = fileURLToPath(new URL('../fixtures/greeter', import.meta.url));
const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

/** The report on the last commit, with a tool of the cache on PATH. */
async function judged(repository: Repository, tool: string) {
  const program = join(CACHE, tool);
  if (!existsSync(program)) throw new Error(`${program} is not there: run node test/counterparts/install.mjs`);
  const env = { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env['PATH']}` };
  const args = ['run', '--base', 'HEAD~1', '--head', 'HEAD', '--format', 'json'];
  const { code, out, err } = await perfGate(repository.directory, args, { env });
  if (out === '') throw new Error(err);
  return { code, report: parseReport(out) };
}

test('hey, on HTTP', async () => {
  const repository = ordersRepository(join(scratch, 'orders'));
  repository.commit('a load command', {
    'perf-gate.yml': `
service: { package: ./cmd/orders, args: ["-listen", "127.0.0.1:{port}"], ready: GET /healthz }
load: { command: "hey -n {requests} -c {connections} {url}/orders?limit=40", warmup: 100, count: 100 }
instruments: [instructions, allocs, io, cpu]
budget: 6s
`,
  });
  repository.edit('internal/digest/digest.go', 'const Rounds = 8', 'const Rounds = 12');
  repository.commit('more rounds');
  const { code, report } = await judged(repository, 'hey-0.1.5/hey');
  expect({ code, verdict: report.verdict, missing: report.missing }).toEqual({ code: 1, verdict: 'fail', missing: [] });
  expect(report.causes.map((cause) => cause.function)).toEqual(['example.com/shop/internal/digest.Items']);
  expect(report.totals.filter(({ status }) => status === 'over').map(({ name }) => name)).toEqual(['instructions']);
});

test('ghz, on gRPC', async () => {
  const directory = join(scratch, 'greeter');
  cpSync(GREETER, directory, { recursive: true });
  const repository = newRepository(directory);
  repository.commit('greeter', {
    'perf-gate.yml': `
service: { package: ., args: ["-listen", "127.0.0.1:{port}"] }
load:
  command: >-
    ghz --insecure --proto health.proto --call grpc.health.v1.Health.Check -d '{{"service": "orders"}}'
    -n {requests} -c {connections} --connections {connections} -O json 127.0.0.1:{port}
  warmup: 50
  count: 50
instruments: [instructions]
`,
  });
  repository.edit('main.go', 'range 200', 'range 300');
  repository.commit('more rounds');
  const { code, report } = await judged(repository, 'ghz-0.120.0/ghz');
  expect({ code, verdict: report.verdict }).toEqual({ code: 1, verdict: 'fail' });
  expect(report.causes.map((cause) => cause.function)).toEqual(['main.digest']);
});
