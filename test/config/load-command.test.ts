/** The load as a command in place of requests: its forms, and what contradicts it. */
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { problemsOf } from './problems-of.ts';

const config = (...load: string[]) =>
  ['service:', '  package: .', 'load:', ...load.map((line) => `  ${line}`)].join('\n');
const HEY = 'command: "hey -n {requests} {url}/"';

test('a command sends the load', () => {
  const { load } = parseConfig(config(HEY, 'tool: hey', 'timeout: 1m'), 'perf-gate.yml');
  expect(load.command).toEqual({ template: 'hey -n {requests} {url}/', tool: 'hey' });
  expect(load).toMatchObject({ requests: [], timeoutMs: 60_000, warmup: 200, count: 300, connections: 4 });
  expect(parseConfig(config('requests: [GET /]'), 'perf-gate.yml').load.command).toBeUndefined();
});

const REQUESTS = 'write {requests} where the command takes how many to send, as in -n {requests}';

describe('a command that is not one', () => {
  test.each([
    ['command: " "', '4:12  load.command: there is nothing in it'],
    [
      'command: hey -n {requests} http://localhost:8080/',
      '4:12  load.command: the command says neither {url} nor {port}, so it could not find the service / write {url} where the command takes the address, as in {url}/orders',
    ],
    [
      'command: hey {url}/',
      `4:12  load.command: the command says neither {requests} nor {seconds}, so its load could not be told / ${REQUESTS}`,
    ],
    [
      'command: hey -n {requests} -z {seconds}s {url}/',
      '4:12  load.command: the command says both {requests} and {seconds}, and only one of them can end it / keep {requests} where the tool takes a number of requests',
    ],
    [
      'command: hey -n {request} {url}/',
      '4:12  load.command: unknown placeholder "{request}" / did you mean {requests}?',
    ],
    ['command: [hey]', '4:12  load.command must be a shell command, not a list'],
  ])('%s', (written, told) => {
    expect(problemsOf(config(written))).toEqual([told]);
  });
});

describe('what contradicts it', () => {
  test.each([
    [
      [HEY, 'requests: [GET /]'],
      '4:3  load has both "requests" and "command", and only one of them can send the load / keep one of them',
    ],
    [[HEY, 'headers: { accept: "*/*" }'], '5:3  load.headers are for load.requests / put them into load.command'],
    [
      ['requests: [GET /]', 'tool: hey'],
      '5:3  load.tool is for load.command, and there is none / add the command, or leave it out',
    ],
    [
      [HEY, 'tool: heyy'],
      '5:9  load.tool must be k6, hey, wrk, oha, ghz, autocannon, vegeta or json, not "heyy" / did you mean "hey"?',
    ],
  ])('%j', (load, told) => {
    expect(problemsOf(config(...load))).toEqual([told]);
  });
});
