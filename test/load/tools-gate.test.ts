/** One whole run whose load a program of the user's sends: it is dearer by what the head does, and the function is named. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readSide } from '../../src/measure/side-directory.ts';
import { play } from '../gate/play.ts';
import { ordersRepository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const CONFIG = `
service:
  package: ./cmd/orders
  args: ["-listen", "127.0.0.1:{port}"]
  ready: GET /healthz
load:
  command: node load.mjs {url}/orders?limit=40 {requests} {connections}
  warmup: 50
  count: 40
instruments: [allocs]
`;

/** One request after the other over one connection, as any load tool sends them. */
const LOAD = `
import { Agent, request } from 'node:http';
const [url, requests, connections] = process.argv.slice(2);
if (connections !== '1') throw new Error('counting needs one connection, not ' + connections);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let errors = 0;
for (let i = 0; i < Number(requests); i++) {
  const status = await new Promise((resolve, reject) =>
    request(url, { agent }, (response) => response.resume().on('end', () => resolve(response.statusCode)))
      .on('error', reject)
      .end(),
  );
  if (status !== 200) errors++;
}
agent.destroy();
console.log(JSON.stringify({ requests: Number(requests), errors }));
`;

test('a tool that is not installed is told before anything is built', async () => {
  const directory = join(scratch, 'without');
  const repository = ordersRepository(directory);
  repository.commit('a load command', {
    'perf-gate.yml': CONFIG.replace(
      'node load.mjs {url}/orders?limit=40 {requests}',
      './bin/hey -n {requests} {url}/ -c',
    ),
  });
  const { code, out, err } = await perfGate(directory, ['run', '--base', 'HEAD', '--head', 'HEAD']);
  expect(err.slice(err.indexOf('perf-gate:'))).toBe(
    'perf-gate: load.command calls a program that is not there: there is no ./bin/hey\n' +
      '  -> install hey: go install github.com/rakyll/hey@v0.1.5\n',
  );
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).not.toMatch(/build/);
  expect(existsSync(join(directory, 'perf-gate-out'))).toBe(false);
});

test('a head that does more for each request fails, whatever it has made of the script that sends them', async () => {
  const { code, report, output } = await play(
    {
      name: 'a load command',
      config: CONFIG,
      base: (repository) => repository.write('load.mjs', LOAD),
      head: (repository) => {
        repository.edit('internal/api/json.go', '_, _ = w.Write(body)', '_, _ = w.Write(append([]byte(nil), body...))');
        repository.edit('load.mjs', 'request(url,', "request(new URL('/healthz', url),");
      },
      holds: () => undefined,
    },
    join(scratch, 'repository'),
  );
  expect({ code, verdict: report.verdict }).toEqual({ code: 1, verdict: 'fail' });
  expect(report.configChanges).toMatchObject([{ key: 'load.command', base: 'load.mjs', counts: 'base' }]);
  expect(report.causes[0]!.function).toBe('example.com/shop/internal/api.send');
  expect(report.totals.find(({ name }) => name === 'bytes')).toMatchObject({ status: 'over' });

  const { manifest } = readSide(join(output, 'head'));
  expect(manifest.fingerprint['load tool']).toBe('json');
  expect(manifest.fingerprint['load files']).toMatch(/^[0-9a-f]{16}$/);
  expect(manifest.instruments.allocs!.requests).toBe(40);
  const log = readFileSync(join(output, 'head/logs/load-command.log'), 'utf8');
  expect(log).toMatch(
    /^\$ node load\.mjs http:\/\/127\.0\.0\.1:\d+\/orders\?limit=40 1 1\n\{"requests":1,"errors":0\}\n\$ /,
  );
  expect(existsSync(join(output, 'base/logs/load-command.log'))).toBe(true);
});
