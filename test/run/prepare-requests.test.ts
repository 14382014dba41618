/** What the config says is sent, as it is sent: bodies from files and secrets from the environment. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { UserError } from '../../src/base/errors.ts';
import { Secrets } from '../../src/base/redact.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { scenarioOf } from '../../src/run/prepare-requests.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const directory = scratchDirectory();
afterAll(() => removeDirectory(directory));

const scenario = async (load: string, env: Record<string, string> = {}) => {
  const secrets = new Secrets();
  const { load: config } = parseConfig(`service: { package: . }\nload: { ${load} }\n`, 'perf-gate.yml');
  return { ...(await scenarioOf(config, directory, { env, secrets })), clean: secrets.clean };
};

test('a body is read from its file, byte by byte, also of a request behind another', async () => {
  const bytes = Buffer.from([0, 255, 10]);
  writeFileSync(join(directory, 'order.bin'), bytes);
  const { requests } = await scenario(
    'requests: [{ method: POST, path: /a, body-file: order.bin, then: [{ method: PUT, path: /b, body-file: order.bin }] }]',
  );
  expect([requests[0]?.body, requests[0]?.steps[0]?.body]).toEqual([bytes, bytes]);
  await expect(scenario('requests: [{ path: /a, body-file: none }]')).rejects.toThrow(
    'request "GET /a": its body cannot be read',
  );
});

test('a text with bytes that no editor shows is sent byte by byte; where UTF-8 makes others of them, that is told', async () => {
  const call = (body: string) =>
    scenario(`requests: [{ method: POST, path: /a, headers: { content-type: application/grpc }, body: "${body}" }]`);
  const { requests } = await call('\\0\\0\\0\\0\\x03\\n\\u0001\\x7f');
  expect(Buffer.from(requests[0]?.body as string)).toEqual(Buffer.from([0, 0, 0, 0, 3, 10, 1, 127]));
  await expect(call('\\0\\0\\0\\0\\x01\\x80')).rejects.toThrow(
    expect.objectContaining({
      message: expect.stringContaining("request 'POST /a': its body is no message of gRPC"),
      hint: expect.stringContaining('put other bytes into a body-file'),
    }),
  );
});

test('secrets are put into headers, and are known as such', async () => {
  const load =
    'headers: { x-key: "{env:KEY}" }, requests: [GET /, { path: /b, headers: { authorization: "Bearer {env:TOKEN}" } }]';
  const { requests, clean } = await scenario(load, { KEY: 'k-1', TOKEN: 't-2' });
  expect(requests.map(({ headers }) => headers)).toEqual([
    { 'x-key': 'k-1' },
    { 'x-key': 'k-1', authorization: 'Bearer t-2' },
  ]);
  expect(clean('k-1, t-2, Bearer t-2')).toBe('***, ***, ***');
});

test('user and password are sent where nothing else is, encoded as RFC 7617 says', async () => {
  const load = 'basic-auth: "Aladdin:{env:PASSWORD}", requests: [GET /, { path: /b, headers: { Authorization: own } }]';
  const { requests, clean } = await scenario(load, { PASSWORD: 'open sesame' });
  expect(requests.map(({ headers }) => headers['authorization'])).toEqual([
    'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
    'own',
  ]);
  expect(clean('it got QWxhZGRpbjpvcGVuIHNlc2FtZQ==')).toBe('it got ***');
});

test.each([
  [{}, 'request "GET /": the environment has no TOKEN'],
  [{ TOKEN: '' }, 'request "GET /": the environment has no TOKEN'],
  [{ TOKEN: 'a\nb: c' }, 'request "GET /": what the environment has as TOKEN is more than one line'],
])('of %j nothing is sent', async (env, message) => {
  const sent = scenario('headers: { authorization: "Bearer {env:TOKEN}" }, requests: [GET /]', env);
  await expect(sent).rejects.toThrow(UserError);
  await expect(sent).rejects.toThrow(message);
});
