/** A commit that changes its own config: what is told of it, and which rules then judge. */
import { describe, expect, test } from '@jest/globals';
import { differencesOf } from '../../src/config/differences.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { withLoadOfBase, withRulesOfBoth } from '../../src/config/rules.ts';

const config = (more = '', { service = '', load = 'requests: [GET /orders]' } = {}) =>
  parseConfig(`service: { package: ./cmd/orders${service} }\nload: { ${load} }\n${more}`, 'perf-gate.yml');
type Given = Parameters<typeof config>;

/** One line each: key, base, head, kind, what it is about. */
const told = (base: Given, head: Given) =>
  differencesOf(config(...base), config(...head)).map((one) =>
    [one.key, one.base, one.head, one.kind, one.about].join(' | '),
  );

const waiver = (upTo: string, until: string) =>
  `limits: { waivers: [{ function: main.a, metric: bytes, up-to: ${upTo}, until: ${until}, reason: known }] }`;
const scenarios = (text: string) =>
  parseConfig(`service: { package: . }\nlimits: { objects: { total: +1% } }\nscenarios: ${text}`, 'perf-gate.yml');

describe('what a commit changes in its config is told', () => {
  test.each<[string, Given, Given, string[]]>([
    [
      'nothing, where only its form differs',
      ['limits: { objects: { total: +1% } }'],
      ['# more\nlimits:\n  objects:\n    total: "+1.0 %"'],
      [],
    ],
    [
      'a limit raised',
      ['limits: { objects: { total: +1% } }'],
      ['limits: { objects: { total: +99999% } }'],
      ['limits.objects.total | +1% | +99999% | loosened | rule'],
    ],
    [
      'a limit off',
      ['limits: { bytes: { function: +1% } }'],
      ['limits: { bytes: { function: off } }'],
      ['limits.bytes.function | +1% | off | loosened | rule'],
    ],
    [
      'a limit set',
      ['limits: { io-calls: { total: off } }'],
      ['limits: { io-calls: { total: +3% } }'],
      ['limits.io-calls.total | off | +3% | tightened | rule'],
    ],
    [
      'a floor raised',
      ['limits: { bytes: { floor: 64 } }'],
      ['limits: { bytes: { floor: 1000000 } }'],
      ['limits.bytes.floor | 64 | 1000000 | loosened | rule'],
    ],
    [
      'another kind of floor',
      ['limits: { bytes: { floor: 64 } }'],
      ['limits: { bytes: { floor: 50% } }'],
      ['limits.bytes.floor | 64 | 50% | changed | rule'],
    ],
    [
      'a function rule',
      ['limits: { functions: [{ match: main.a, bytes: +1%, objects: +1% }] }'],
      ['limits: { functions: [{ match: main.a, bytes: +9%, objects: +1% }] }'],
      ['limits.functions: main.a | objects +1%, bytes +1% | objects +1%, bytes +9% | loosened | rule'],
    ],
    [
      'a function rule removed',
      ['limits: { functions: [{ match: main.a, bytes: +1% }] }'],
      [''],
      ['limits.functions: main.a | bytes +1% | none | changed | rule'],
    ],
    [
      'more that is ignored',
      ['limits: { ignore: [main.a] }'],
      ['limits: { ignore: [main.b, main.a] }'],
      ['limits.ignore: main.b | none | ignored | loosened | rule'],
    ],
    [
      'a waiver',
      [''],
      [waiver('+500%', '2099-12-31')],
      ['limits.waivers: main.a bytes | none | +500% until 2099-12-31 | loosened | rule'],
    ],
    [
      'a waiver that holds longer',
      [waiver('+5%', '2027-01-31')],
      [waiver('+5%', '2099-12-31')],
      ['limits.waivers: main.a bytes | +5% until 2027-01-31 | +5% until 2099-12-31 | loosened | rule'],
    ],
    [
      'a waiver dropped',
      [waiver('+5%', '2027-01-31')],
      [''],
      ['limits.waivers: main.a bytes | +5% until 2027-01-31 | none | tightened | rule'],
    ],
    [
      'another request',
      [''],
      ['', { load: 'requests: [GET /healthz]' }],
      [
        'load.requests: GET /orders | GET /orders | none | loosened | load',
        'load.requests: GET /healthz | none | GET /healthz | changed | load',
      ],
    ],
    [
      'one more request',
      [''],
      ['', { load: 'requests: [GET /orders, GET /healthz]' }],
      ['load.requests: GET /healthz | none | GET /healthz | changed | load'],
    ],
    [
      'a header, without its value',
      [''],
      ['', { load: 'requests: [GET /orders], headers: { X-Key: hush-hush }' }],
      ['load.requests: GET /orders | GET /orders | GET /orders, other headers | changed | load'],
    ],
    [
      'a user, without the password',
      [''],
      ['', { load: 'requests: [GET /orders], basic-auth: "me:hush-hush"' }],
      ['load.basic-auth | none | another one | changed | load'],
    ],
    [
      'fewer requests that are counted',
      [''],
      ['', { load: 'requests: [GET /orders], count: 10, warmup: 0' }],
      ['load.warmup | 200 | 0 | changed | load', 'load.count | 300 | 10 | changed | load'],
    ],
    [
      'more requests that are counted',
      [''],
      ['', { load: 'requests: [GET /orders], count: 900' }],
      ['load.count | 300 | 900 | changed | other'],
    ],
    [
      'failures that are tolerated',
      [''],
      ['', { load: 'requests: [GET /orders], errors: 50%' }],
      ['load.errors | 0 | 0.5 | loosened | rule'],
    ],
    [
      'another way to send them',
      [''],
      ['', { load: 'command: "hey -a http://me:hush@x/ -n {requests} {url}", tool: hey' }],
      [
        'load.requests: GET /orders | GET /orders | none | loosened | load',
        'load.command | none | hey -a http://***@x/ -n {requests} {url} | changed | load',
      ],
    ],
    [
      'what is done before the build',
      [''],
      ['', { service: ', setup: ["sed -i s/64/4096/ greet.go"]' }],
      ['service.setup | none | sed -i s/64/4096/ greet.go | changed | build'],
    ],
    [
      'another program',
      [''],
      ['', { service: ', build: { tags: [fake] }' }],
      ['service.build.tags | none | fake | changed | build'],
    ],
    [
      'a variable, without its value',
      ['', { service: ', env: { KEY: hush, A: b }' }],
      ['', { service: ', env: { KEY: hush-hush, A: b }' }],
      ['service.env | KEY, A | KEY, A, other values | changed | other'],
    ],
    [
      'arguments, without their secrets',
      [''],
      ['', { service: ', args: [-v, --token, hush-hush]' }],
      ['service.args | none | -v --token *** | changed | other'],
    ],
    [
      'what is measured',
      [''],
      ['instruments: [cpu]'],
      ['instruments | instructions, allocs, io, cpu | cpu | loosened | rule'],
    ],
    ['what is required', ['require: [allocs]'], ['require: []'], ['require | allocs | none | loosened | rule']],
    ['what is required in CI', [''], ['require: []'], ['require | all of them in CI | none | loosened | rule']],
    ['what is required no more in CI alone', ['require: [instructions, allocs, io, cpu]'], [''], []],
    [
      'what an open verdict does',
      ['on-inconclusive: fail'],
      ['on-inconclusive: pass'],
      ['on-inconclusive | fail | pass | loosened | rule'],
    ],
    [
      'what such a change does',
      ['on-config-change: fail'],
      ['on-config-change: note'],
      ['on-config-change | fail | note | loosened | rule'],
    ],
  ])('%s', (_, base, head, expected) => {
    expect(told(base, head)).toEqual(expected);
  });

  /** In place of any value. */
  const OTHER = Object.assign(['another'], { ratio: 9, errors: 9 });
  const plain = config();
  const { name, build, ...service } = plain.service;
  test.each(Object.keys(service))('service.%s, and none is overlooked', (key) => {
    const head = { ...plain, service: { ...plain.service, [key]: OTHER } };
    expect(differencesOf(plain, head).map((one) => one.key)).toEqual([`service.${key}`]);
  });
  test.each(Object.keys(build))('service.build.%s, and none is overlooked', (key) => {
    const head = { ...plain, service: { ...plain.service, build: { ...build, [key]: OTHER } } };
    expect(differencesOf(plain, head).map((one) => one.key)).toEqual([`service.build.${key}`]);
  });
  const { requests, ...load } = plain.load;
  test.each(Object.keys(load))('load.%s, and none is overlooked', (key) => {
    const head = { ...plain, load: { ...plain.load, [key]: key === 'command' ? { template: 'hey' } : 7 } };
    expect(differencesOf(plain, head)).toHaveLength(1);
  });
  const [request] = requests;
  test.each(Object.keys(request!))('a request with another %s, and none is overlooked', (key) => {
    const value = { path: '/other', name: 'other', method: 'PUT' }[key] ?? OTHER;
    const head = { ...plain, load: { ...plain.load, requests: [{ ...request!, [key]: value }] } };
    expect(differencesOf(plain, head).some(({ about }) => about === 'load')).toBe(true);
  });
  test.each(Object.keys(plain.limits.metrics.bytes))('limits.bytes.%s, and none is overlooked', (key) => {
    const { metrics } = plain.limits;
    const value =
      key === 'floor' ? { ...metrics.bytes.floor, perRequest: 1e9 } : { ratio: 7, text: '+700%', at: 'x:1' };
    const bytes = { ...metrics.bytes, [key]: value };
    const head = { ...plain, limits: { ...plain.limits, metrics: { ...metrics, bytes } } };
    expect(differencesOf(plain, head).map((one) => one.key)).toEqual([`limits.bytes.${key}`]);
  });

  test('with its line in the commit, or the nearest to it', () => {
    const base = config('', { service: ', setup: [make]' });
    const at = (head: typeof base) => differencesOf(base, head)[0]?.at;
    expect(at(config('', { service: ', setup: [make all]' }))).toBe('perf-gate.yml:1');
    expect(at(config('limits:\n  objects: off\n', { service: ', setup: [make]' }))).toBe('perf-gate.yml:4');
  });

  test('on one line, and never a long one', () => {
    const [one] = differencesOf(config(), config('', { service: `, setup: ["echo ${'x'.repeat(500)}\\n\\n# done"]` }));
    expect(one?.head).toMatch(/^echo x{55}…$/);
  });

  test('of each scenario, and of all what they share', () => {
    const base = scenarios(
      '{ a: { requests: [GET /a] }, b: { requests: [GET /b], limits: { bytes: { total: +1% } } } }',
    );
    const head = scenarios(
      '{ b: { requests: [GET /b], limits: { bytes: { total: +9% } } }, c: { requests: [GET /c] } }',
    );
    expect(differencesOf(base, head).map((one) => [one.scenario, one.key, one.kind, one.about])).toEqual([
      ['b', 'scenarios.b.limits.bytes.total', 'loosened', 'rule'],
      [undefined, 'scenarios.c', 'changed', 'load'],
      ['a', 'scenarios.a', 'loosened', 'load'],
    ]);
    const shared = scenarios('{ a: { requests: [GET /a] } }');
    const loose = parseConfig(
      'service: { package: . }\nlimits: { objects: { total: +50% } }\nscenarios: { a: { requests: [GET /a] } }',
      'perf-gate.yml',
    );
    expect(differencesOf(shared, loose).map((one) => [one.scenario, one.key])).toEqual([
      [undefined, 'limits.objects.total'],
    ]);
  });
});

describe('the rules of both', () => {
  const rules = (base: string, head: string) => withRulesOfBoth(config(base), config(head));

  test('are the commit itself, where nothing differs', () => {
    const head = config('limits: { objects: { total: +1% } }');
    expect(withRulesOfBoth(config('limits: { objects: { total: +1% } }'), head).limits).toBe(head.limits);
  });

  test('are the stricter of each limit, with its place', () => {
    const { metrics } = rules(
      'limits: { objects: { total: +1%, floor: 0.5 }, bytes: { total: off, floor: 64 } }',
      'limits: { objects: { total: +99999%, floor: 0.1 }, bytes: { total: +7%, floor: 9000 } }',
    ).limits;
    expect(metrics.objects.total).toMatchObject({ text: '+1%', at: 'perf-gate.yml:3 of the base' });
    expect(metrics.objects.floor).toMatchObject({ text: '0.1', at: 'perf-gate.yml:3' });
    expect(metrics.bytes.total).toMatchObject({ text: '+7%', at: 'perf-gate.yml:3' });
    expect(metrics.bytes.floor).toMatchObject({ text: '64', at: 'perf-gate.yml:3 of the base' });
  });

  test('measure what either measures, and fail where either does', () => {
    const { instruments, onInconclusive } = rules(
      'instruments: [allocs]\non-inconclusive: fail\n',
      'instruments: [cpu]\n',
    );
    expect([instruments, onInconclusive]).toEqual([['allocs', 'cpu'], 'fail']);
  });

  test('take the figures of the base from where the base keeps them', () => {
    const store = (path: string) => `baseline: { store: directory, path: ${path}, keep: 3 }`;
    const head = config(store('forged'));
    expect(differencesOf(config(store('kept')), head).map(({ key }) => key)).toEqual(['baseline.store']);
    expect(withRulesOfBoth(config(store('kept')), head).baseline).toMatchObject({ store: { path: 'kept' }, keep: 3 });
    expect(withRulesOfBoth(config(), head).baseline.store).toBeUndefined();
  });

  test('of a scenario that is new are those that all share', () => {
    const base = scenarios('{ a: { requests: [GET /a] } }');
    const head = parseConfig(
      'service: { package: . }\nscenarios: { b: { requests: [GET /b], errors: 50%, limits: { objects: off } } }',
      'perf-gate.yml',
    );
    const [b] = withRulesOfBoth(base, head).scenarios;
    expect(b?.limits.metrics.objects.total).toMatchObject({ text: '+1%' });
    expect(b?.load.errors).toBe(0);
  });

  test('are held against what the base sends, with the fewer failures', () => {
    const base = config('', { load: 'requests: [GET /orders], errors: 5%, count: 40' });
    const head = config('limits: { objects: off }', { load: 'requests: [GET /healthz], errors: 1%, count: 10' });
    const { load, limits } = withLoadOfBase(base, withRulesOfBoth(base, head));
    expect(load).toEqual({ ...base.load, errors: 0.01 });
    const more = config('', { load: 'requests: [GET /healthz], count: 80, warmup: 0' });
    expect(withLoadOfBase(base, withRulesOfBoth(base, more)).load).toEqual({ ...base.load, errors: 0, count: 80 });
    expect(limits.metrics.objects.total).toMatchObject({ text: '+1%' });
  });

  test("have to fit what ran where they are the base's, as what the head adds may be of requests that are not sent", () => {
    const base = config('limits: { functions: [{ match: main.a, bytes: +1% }] }');
    const head = config('limits: { functions: [{ match: main.b, bytes: +1% }] }', { load: 'requests: [GET /b]' });
    const { limits } = withLoadOfBase(base, withRulesOfBoth(base, head));
    expect([limits, limits.besides].map((of) => of?.functions.map(({ match }) => match))).toEqual([
      ['main.a'],
      ['main.b'],
    ]);
  });

  test('are held against the scenarios of the base, one that is gone included', () => {
    const base = scenarios(
      '{ a: { requests: [GET /a], limits: { bytes: { total: +1% } } }, b: { requests: [GET /b] } }',
    );
    const head = scenarios(
      '{ b: { requests: [GET /x], limits: { objects: { total: +9% } } }, c: { requests: [GET /c] } }',
    );
    const { scenarios: held } = withLoadOfBase(base, withRulesOfBoth(base, head));
    expect(held.map(({ name, load }) => [name, load.requests[0]?.path])).toEqual([
      ['a', '/a'],
      ['b', '/b'],
    ]);
    expect(held[0]?.limits.metrics.bytes.total).toMatchObject({ text: '+1%' });
    expect(held[1]?.limits.metrics.objects.total).toMatchObject({ text: '+1%' });
  });
});
