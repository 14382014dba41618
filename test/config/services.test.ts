/** What the config says of services that are not a plain port with plain requests. */
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { problemsOf } from './problems-of.ts';

const service = (keys: string, load = 'requests: [GET /]') => `service: { package: ., ${keys} }\nload: { ${load} }\n`;
const requests = (text: string) => `service: { package: . }\nload:\n  requests:\n${text.replace(/^/gm, '    ')}\n`;

const withoutPlace = (problem: string) => problem.replace(/^\d+:\d+ {2}/, '');

describe('a service', () => {
  test('has files: a text, or where it stands', () => {
    const text = service(`files: { conf/a.json: '{"port": {port}}', b.toml: { template: testdata/b.toml } }`);
    expect(parseConfig(text, 'perf-gate.yml').service.files).toEqual({
      'conf/a.json': { text: '{"port": {port}}' },
      'b.toml': { template: 'testdata/b.toml' },
    });
  });

  test('listens on a socket and speaks HTTP/2, with a certificate of its own', () => {
    const text = service(
      `listen: unix, protocol: h2, tls: { ca: ca.pem, server-name: shop.internal }, args: ["{socket}"]`,
    );
    expect(parseConfig(text, 'perf-gate.yml').service).toMatchObject({
      listen: 'unix',
      protocol: 'h2',
      tls: { ca: 'ca.pem', serverName: 'shop.internal' },
    });
  });

  test.each([
    [
      'listen: unix',
      'service.listen is unix, but nothing tells the service its {socket} / write {socket} in service.args, service.env or service.files',
    ],
    ['args: ["-s={socket}"]', '{socket} is for a service that listens on it / add listen: unix to service'],
    [
      'tls: { ca: ca.pem }',
      'service.tls is for the protocols https and h2 / add protocol: https to service, or leave tls out',
    ],
    ['protocol: htps', 'service.protocol must be http, https, h2 or h2c, not "htps" / did you mean "https"?'],
    [
      'files: { ../a.json: "" }',
      'service.files: "../a.json" is no place for a file of the service / write a path in service.dir',
    ],
    [
      'files: { a/.git/config: "" }',
      'service.files: "a/.git/config" is no place for a file of the service / write a path in service.dir',
    ],
    ['files: { "a-{prot}.json": "" }', 'service.files: unknown placeholder "{prot}" / did you mean {port}?'],
    [
      'files: { /etc/a: "" }',
      'service.files: "/etc/a" is not relative / both commits are checked out elsewhere: write a relative path',
    ],
    ['files: { conf/: "" }', 'service.files: "conf/" is not a file / such as "config/app.yaml"'],
    ['files: { a.yml: "port: {prot}" }', 'service.files["a.yml"]: unknown placeholder "{prot}" / did you mean {port}?'],
    [
      'files: { a.yml: { template: ../../a } }',
      'service.files["a.yml"].template: "../../a" leads out of the repository',
    ],
    ['protocol: https, tls: { server-name: "a b" }', 'service.tls.server-name: "a b" cannot be the name of a host'],
  ])('%s is refused', (keys, told) => {
    expect(problemsOf(service(keys)).map(withoutPlace)).toEqual([told]);
  });
});

test('a command cannot send the load to a socket', () => {
  const text = service('listen: unix, args: ["{socket}"]', 'command: "hey -n {requests} {url}"');
  expect(problemsOf(text).map(withoutPlace)).toEqual([
    'a command cannot reach the service on a unix socket / let perf-gate send the requests itself: write them under "requests"',
  ]);
});

describe('a request', () => {
  test('captures what those behind it need', () => {
    const text = requests(
      [
        '- method: POST',
        '  path: /orders',
        '  body: { item: a }',
        '  weight: 3',
        '  capture:',
        '    id: $.order["the id"][0]',
        '    place: { header: Location, match: "[0-9]+$" }',
        '    mark: { match: "mark=(.)" }',
        '  then:',
        '    - GET /orders/{id}?{mark}',
        '    - { method: PUT, path: /x, headers: { x-at: "{place}" }, body: { id: "{id}" }, expect: 204 }',
      ].join('\n'),
    );
    const [create, ...others] = parseConfig(text, 'perf-gate.yml').load.requests;
    expect(others).toEqual([]);
    expect(create).toMatchObject({
      name: 'POST /orders',
      weight: 3,
      capture: {
        id: { from: 'json', path: '$.order["the id"][0]' },
        place: { from: 'header', name: 'location', match: '[0-9]+$' },
        mark: { from: 'text', match: 'mark=(.)' },
      },
      steps: [
        { name: 'GET /orders/{id}?{mark}', method: 'GET', isJson: false, capture: {} },
        { method: 'PUT', headers: { 'x-at': '{place}' }, body: '{"id":"{id}"}', isJson: true, expect: [204] },
      ],
    });
  });

  test.each([
    [
      '- { path: /a, capture: { id: $.id } }',
      'load.requests[0].capture.id is captured and never used / for example then: ["GET /orders/{id}"]',
    ],
    [
      '- { path: /a, capture: { id: $.id }, then: [GET /b] }',
      'load.requests[0].capture.id is captured and never used / write {id} behind it',
    ],
    [
      '- { path: /a, capture: { order: $.id }, then: ["GET /b/{order}", "GET /c/{ordre}"] }',
      'load.requests[0].then[1]: nothing before it captures "ordre" / did you mean {order}?',
    ],
    ['- GET {id}', expect.stringMatching(/the path "\{id\}" does not begin with "\/"/)],
    [
      '- GET /a/{id}',
      'load.requests[0]: nothing before it captures "id" / add it to "capture" of a request before it; a literal { is written %7B',
    ],
    [
      '- { path: /a, capture: { id: id }, then: ["GET /{id}"] }',
      'load.requests[0].capture.id: "id" is not a place in JSON / write $.id or $.items[0].id; { header: location, match: "[0-9]+$" } takes a header, { match: "…" } the text',
    ],
    [
      '- { path: /a, capture: { id: { } }, then: ["GET /{id}"] }',
      'load.requests[0].capture.id has neither "header" nor "match" / for example $.id, or { header: location }',
    ],
    [
      '- { path: /a, capture: { id: { match: "(" } }, then: ["GET /{id}"] }',
      expect.stringMatching(/capture\.id\.match: "\(" is not a regular expression/),
    ],
    ['- { path: /a, capture: { "1": $.a }, then: [] }', expect.stringMatching(/"1" cannot be a name/)],
    [
      '- { path: /a, then: [{ path: /b, body: x, body-file: y }] }',
      'load.requests[0].then[0] has both "body" and "body-file" / keep one of them',
    ],
    [
      '- { path: /a, headers: { authorization: "Bearer $TOKEN" } }',
      'load.requests[0].headers.authorization: "$TOKEN" would be sent as it stands / write {env:TOKEN} for what the environment has',
    ],
    [
      '- { path: /a, headers: { authorization: "Bearer {env:MY-TOKEN}" } }',
      'load.requests[0].headers.authorization: "{env:MY-TOKEN}" does not name an environment variable / write {env:NAME}',
    ],
  ])('%s is refused', (text, told) => {
    expect(problemsOf(requests(text)).map(withoutPlace)).toContainEqual(told);
  });

  test('a user has a password', () => {
    expect(problemsOf(service('name: a', 'requests: [GET /], basic-auth: admin'))).toEqual([
      expect.stringMatching(
        /load\.basic-auth: there is no ":" between user and password \/ write "user:\{env:PASSWORD\}"$/,
      ),
    ]);
    const { basicAuth } = parseConfig(
      service('name: a', 'requests: [GET /], basic-auth: "{env:USER}:x"'),
      'p.yml',
    ).load;
    expect(basicAuth).toBe('{env:USER}:x');
  });

  test('counts with those behind it', () => {
    const text = 'requests: [{ path: /, weight: 10, then: [GET /b] }], count: 19';
    expect(problemsOf(service('name: a', text))).toEqual([
      expect.stringMatching(/load\.count is 19, but the weights add up to 20/),
    ]);
  });
});
