/** A whole run over a service that is little like a plain port: the config says so, and nothing else is different. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
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
  listen: unix
  protocol: h2
  files:
    conf/service.json: |
      { "network": "unix", "address": "{socket}" }
  env: { GOGC: "5" } # few requests from one collection to the next, so that little must be sent
  args: [-protocol, h2, -token, "Basic Zm9yZW1hbjpodW50ZXItMjI=", -stubborn]
  ready: {}
  stop: { timeout: 1s }
load:
  count: 20
  warmup: 20
  basic-auth: "foreman:{env:SHOP_PASSWORD}"
  requests:
    - GET /echo
    - method: POST
      path: /orders
      body: { item: lamp }
      expect: 201
      capture: { id: $.order.id }
      then:
        - GET /orders/{id}
        - { method: POST, path: /echo, body: { order: "{id}" } }
        - DELETE /orders/{id}
instruments: [instructions]
`;

test('HTTP/2 over TLS on a unix socket named in a file, a password, an order that is made, read and taken back, and no end', async () => {
  const directory = join(scratch, 'shop');
  cpSync(join(import.meta.dirname, '../fixtures/transports'), directory, { recursive: true });
  const repository = newRepository(directory);
  repository.commit('base', { 'perf-gate.yml': CONFIG, '.gitignore': 'perf-gate-out*\n' });
  repository.edit(
    'main.go',
    '	if !ok {\n',
    '	for i := range 200 {\n		item = fmt.Sprint(item, i)\n	}\n	if !ok {\n',
  );
  repository.commit('head');

  const env = { ...process.env, SHOP_PASSWORD: 'hunter-22' };
  const args = ['run', '--format', 'json', '--base', 'HEAD~1'];
  const { code, out, err } = await perfGate(directory, args, { env });
  if (out === '') throw new Error(`exit ${code}: ${err}`);
  const report = parseReport(out);
  expect(report).toMatchObject({ verdict: 'fail', missing: [] });
  expect(report.causes.map((cause) => cause.function)).toEqual(['main.(*shop).one']);
  expect(report.notes.filter(({ code }) => code === 'service-killed').map(({ text }) => text)).toEqual([
    'the service had not ended 1 s after SIGTERM and was killed, and so were those after it at once: service.stop has the signal and the time',
  ]);
  expect(report.notes.map(({ code }) => code)).not.toContain('files-written');
  expect(report.notes.filter(({ code }) => code === 'answers-differ').map(({ text }) => text)).toEqual([
    'GET /orders/{id} answers 495 bytes in head, 5 in base',
    'DELETE /orders/{id} answers 495 bytes in head, 5 in base',
  ]);

  const files = readdirSync(join(directory, 'perf-gate-out'), { recursive: true, withFileTypes: true });
  const said = files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'));
  expect(said.length).toBeGreaterThan(5);
  for (const text of [...said, out, err]) expect(text).not.toMatch(/hunter-22|Zm9yZW1hbjpodW50ZXItMjI/);
  expect(repository.git('status', '--porcelain')).toBe('');
});
