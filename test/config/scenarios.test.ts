import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { configForMeasured, eachScenario, scenarioCalled } from '../../src/config/scenarios.ts';
import { problemsOf } from './problems-of.ts';

const SERVICE = 'service: { package: ./cmd/orders }\n';
const parse = (text: string) => parseConfig(`${SERVICE}${text}`, 'perf-gate.yml');
const problems = (text: string) => problemsOf(`${SERVICE}${text}`);

const TWO = parse(`load: { headers: { X-Key: k, Accept: text/plain }, count: 500, warmup: 50, timeout: 2s }
limits:
  cpu: { total: +4%, function: off }
  objects: off
  functions: [{ match: main.a, bytes: +1% }]
  ignore: [main.b]
  waivers: [{ function: main.c, metric: bytes, up-to: +9%, until: 2026-12-31, reason: known }]
scenarios:
  browse: { requests: [GET /orders, { path: /items, headers: { accept: application/json } }] }
  checkout:
    requests: [{ method: POST, path: /orders, body: { sku: a-1 } }]
    count: 80
    headers: { x-key: other }
    limits:
      instructions: { total: +9% }
      cpu: off
      objects: { total: +3%, floor: 2 }
      functions: [{ match: main.a, bytes: +7% }]
      ignore: [main.d]
      waivers: [{ function: main.e, metric: bytes, up-to: +8%, until: 2026-11-30, reason: known too }]
`);

test('a header that all scenarios share makes their requests gRPC', () => {
  const text = (type: string) =>
    `load: { headers: { content-type: ${type} } }\nscenarios: { a: { requests: [{ path: /, expect: { grpc: NOT_FOUND } }] } }`;
  expect(problems(text('application/grpc'))).toEqual([]);
  expect(problems(text('text/plain'))).toEqual([expect.stringContaining('expect.grpc is for gRPC')]);
});

describe('a config with scenarios', () => {
  const [browse, checkout] = eachScenario(TWO) as [typeof TWO, typeof TWO];

  test('is one config for each, in the order of the file', () => {
    expect(eachScenario(TWO).map(({ scenario }) => scenario)).toEqual(['browse', 'checkout']);
    expect(browse.service).toBe(TWO.service);
  });

  test('has what they share, and nothing in it that could be sent by mistake', () => {
    expect(TWO).toMatchObject({ scenario: undefined, load: { requests: [], count: 500 } });
  });

  test('takes from what is shared all of the load that a scenario does not say', () => {
    expect(browse.load).toMatchObject({ count: 500, warmup: 50, timeoutMs: 2000, connections: 4 });
    expect(browse.load.requests.map(({ headers }) => headers)).toEqual([
      { 'x-key': 'k', accept: 'text/plain' },
      { 'x-key': 'k', accept: 'application/json' },
    ]);
    expect(checkout.load).toMatchObject({ count: 80, warmup: 50 });
    expect(checkout.load.requests).toMatchObject([
      {
        name: 'POST /orders',
        headers: { 'content-type': 'application/json', 'x-key': 'other', accept: 'text/plain' },
        body: '{"sku":"a-1"}',
      },
    ]);
  });

  test('has limits that a scenario overrides key by key, each with its own line', () => {
    expect(browse.limits).toEqual(TWO.limits);
    const { metrics } = checkout.limits;
    expect(metrics.instructions).toEqual({
      ...TWO.limits.metrics.instructions,
      total: { ratio: 0.09, text: '+9%', at: 'perf-gate.yml:16' },
    });
    expect(metrics.cpu).toEqual({ ...TWO.limits.metrics.cpu, total: 'off' });
    expect(metrics.objects).toEqual({
      total: { ratio: 0.03, text: '+3%', at: 'perf-gate.yml:18' },
      function: 'off',
      collection: 'off',
      floor: { perRequest: 2, ratio: 0, text: '2', at: 'perf-gate.yml:18' },
    });
    expect(metrics.bytes).toEqual(TWO.limits.metrics.bytes);
  });

  test('has rules that a scenario adds to: its own come last, so they win', () => {
    const { functions, ignore, waivers } = checkout.limits;
    expect(functions.map(({ limits, at }) => [limits.bytes, at])).toMatchObject([
      [{ text: '+1%' }, 'perf-gate.yml:6'],
      [{ text: '+7%' }, 'perf-gate.yml:19'],
    ]);
    expect(ignore).toEqual([
      { match: 'main.b', at: 'perf-gate.yml:7' },
      { match: 'main.d', at: 'perf-gate.yml:20' },
    ]);
    expect(waivers.map((waiver) => waiver.function)).toEqual(['main.c', 'main.e']);
  });

  test('knows where everything stands, but for what is inside of bodies', () => {
    expect(TWO.places).toMatchObject({
      'scenarios.checkout.requests[0].body': 12,
      'scenarios.checkout.limits.cpu': 17,
    });
    expect(Object.keys(TWO.places)).not.toContain('scenarios.checkout.requests[0].body.sku');
  });

  test('needs no load of its own; a scenario may have a command as well', () => {
    const { scenarios } = parse('scenarios: { all: { command: "hey -n {requests} {url}/", tool: hey } }');
    expect(scenarios).toMatchObject([
      { name: 'all', load: { requests: [], command: { tool: 'hey' }, count: 300, warmup: 200 } },
    ]);
    expect(scenarios[0]!.limits).toEqual(parse('load: { requests: [GET /] }').limits);
  });
});

describe('a config without scenarios', () => {
  const one = parse('load: { requests: [GET /] }\nscenarios: {}');

  test('is itself', () => {
    expect(eachScenario(one)).toEqual([one]);
    expect(one.scenario).toBeUndefined();
  });
});

describe('the limits for what was measured before', () => {
  const one = parse('load: { requests: [GET /] }');

  test('are those of the scenario that was measured, or of the one that is named', () => {
    expect(configForMeasured(TWO, undefined, 'checkout', 'name it with --scenario').scenario).toBe('checkout');
    expect(configForMeasured(TWO, 'browse', 'checkout', 'name it with --scenario').scenario).toBe('browse');
    expect(configForMeasured(TWO, 'browse', undefined, 'name it with --scenario').scenario).toBe('browse');
    expect(configForMeasured(one, undefined, 'checkout', 'name it with --scenario')).toBe(one);
    expect(configForMeasured(one, undefined, undefined, 'name it with --scenario')).toBe(one);
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'a slip',
      () => scenarioCalled(TWO, 'chekout'),
      'perf-gate.yml has no scenario "chekout"',
      'did you mean checkout?',
    ],
    ['another', () => scenarioCalled(TWO, 'x'), 'perf-gate.yml has no scenario "x"', 'it has browse or checkout'],
    [
      'where there is none',
      () => scenarioCalled(one, 'x'),
      'perf-gate.yml has no scenario "x"',
      'it names none: leave it out',
    ],
    [
      'a scenario that is gone',
      () => configForMeasured(TWO, undefined, 'search', 'name it with --scenario'),
      'perf-gate.yml has no scenario "search"',
      'it has browse or checkout',
    ],
    [
      'none where there are several',
      () => configForMeasured(TWO, undefined, undefined, 'name it with --scenario'),
      'perf-gate.yml has several scenarios, and the sides do not say which of them they are of',
      'name it with --scenario: browse or checkout',
    ],
  ])('are not guessed: %s', (_, act, message, hint) => {
    expect(act).toThrow(expect.objectContaining({ message, hint }));
  });
});

describe('scenarios that cannot be', () => {
  test.each([
    [
      'scenarios: { browse: { count: 20 } }',
      '2:14  scenarios.browse needs "requests" / for example requests: [GET /orders], or a command that sends them',
    ],
    [
      'load: { requests: [GET /] }\nscenarios: { browse: { requests: [GET /] } }',
      '2:9  load.requests and scenarios cannot both send the load / put "requests" into a scenario; load is what all of them share',
    ],
    [
      'scenarios: { base: { requests: [GET /] } }',
      '2:14  scenarios: "base" cannot be the name of a scenario / a side of the comparison is called that',
    ],
    [
      'scenarios: { a.b: { requests: [GET /] } }',
      '2:14  scenarios: "a.b" cannot be the name of a scenario / use at most 60 letters, digits, "-" and "_", a letter or digit first',
    ],
    [
      'scenarios: { buy: { requests: [GET /] }, Buy: { requests: [GET /] } }',
      '2:42  the scenarios "buy" and "Buy" differ only in upper and lower case / their directories would be the same on some systems: rename one of them',
    ],
    [
      'scenarios: { buy: { request: [GET /] } }',
      [
        '2:14  scenarios.buy needs "requests" / for example requests: [GET /orders], or a command that sends them',
        '2:21  unknown key "request" in scenarios.buy / did you mean "requests"?',
      ],
    ],
    [
      'load: { count: 20 }\nscenarios: { buy: { requests: [{ path: /, weight: 30 }] } }',
      '3:14  scenarios.buy.count is 20, but the weights add up to 30: some requests would never be counted / write at least 30, or smaller weights',
    ],
    [
      'scenarios: { buy: { requests: [GET /], limits: { functions: [{ match: main.a }], cpu: { total: 5 } } } }',
      [
        '2:62  the rule for "main.a" has no limit / name one of instructions, cpu, objects, bytes',
        '2:96  scenarios.buy.limits.cpu.total must be a limit such as "+2%", or off, not the number 5 / write "+5%"',
      ],
    ],
    ['scenarios: [GET /]', '2:12  scenarios must be a map, not a list'],
    ['scenarios: { buy: }', '2:14  scenarios.buy is empty: it must be a map'],
    ['scenarios:', '2:1  scenarios is empty: it must be a map'],
  ])('%s', (text, told) => {
    expect(problems(text)).toEqual([told].flat());
  });

  test('more than fit into a report', () => {
    const many = Array.from({ length: 21 }, (_, i) => `s${i}: { requests: [GET /] }`).join(', ');
    expect(problems(`scenarios: { ${many} }`)).toEqual([
      '2:1  there are 21 scenarios, and at most 20 fit into one report',
    ]);
  });
});
