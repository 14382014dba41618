/** What the command line sets in place of the file: as if it stood there, mistakes included. */
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { whereIs } from '../../src/config/places.ts';
import { ConfigError } from '../../src/config/problem.ts';

const FILE = `service:
  package: ./cmd/orders
  ready: GET /healthz
  env: { LOG_LEVEL: info }
load:
  requests: [GET /]
  count: 40
limits:
  cpu: off
  objects: { total: +1%, function: +5% }
`;

const flags = (settings: Readonly<Record<string, string>>) =>
  Object.entries(settings).map(([key, text]) => ({ flag: `--set ${key}`, key, text }));

const parse = (settings: Readonly<Record<string, string>>, file = FILE) =>
  parseConfig(file, 'perf-gate.yml', 'shop', flags(settings));

function mistake(settings: Readonly<Record<string, string>>, file = FILE): string {
  try {
    parse(settings, file);
  } catch (error) {
    if (error instanceof ConfigError) return [error.message, error.detail ?? []].flat().join('\n');
    throw error;
  }
  return 'none';
}

describe('a setting', () => {
  test('is what the same key would be in the file, beside what stands there', () => {
    const set = parse({
      'limits.objects.total': '+3%',
      'load.count': '70',
      'service.args': '[-v, "{port}"]',
      budget: '30s',
      'limits.instructions': 'off',
      'limits.ignore': '["main.debug*"]',
      'baseline.branch': 'release/1.4',
    });
    const written = parseConfig(
      FILE.replace('total: +1%', 'total: +3%')
        .replace('count: 40', 'count: 70')
        .replace('limits:', 'limits:\n  instructions: off\n  ignore: ["main.debug*"]')
        .replace('  env:', '  args: [-v, "{port}"]\n  env:')
        .concat('budget: 30s\nbaseline: { branch: release/1.4 }\n'),
      'perf-gate.yml',
      'shop',
    );
    const { places: _, ...known } = set;
    const withoutPlaces = (value: unknown) => JSON.stringify(value).replaceAll(/"at":"[^"]*"/g, '');
    const { places: __, ...expected } = written;
    expect(withoutPlaces(known)).toBe(withoutPlaces(expected));
    expect(set.limits.metrics.objects.function).toMatchObject({ ratio: 0.05, at: 'perf-gate.yml:10' });
  });

  test('of a map whose keys are free takes the rest of its path for one key', () => {
    const { service } = parse({ 'service.env.LOG_LEVEL': 'error', 'service.inject.main.version': '"{version}"' });
    expect(service.env).toEqual({ LOG_LEVEL: 'error' });
    expect(service.inject).toEqual({ 'main.version': '{version}' });
  });

  test('replaces the whole of a list or map that it names, and the last one wins', () => {
    const { limits } = parse({ 'limits.objects': '{ total: +7% }', 'limits.objects.total': '+9%' });
    expect(limits.metrics.objects).toMatchObject({ total: { ratio: 0.09 }, function: { ratio: 0.05 } });
    expect(limits.metrics.objects.function).not.toHaveProperty('at', expect.any(String));
  });

  test('is said to stand in its flag, in limits and in hints', () => {
    const config = parse({ 'limits.objects.total': '+3%', 'service.stop.timeout': '3s' });
    expect(config.limits.metrics.objects.total).toEqual({ ratio: 0.03, text: '+3%', at: '--set limits.objects.total' });
    expect(whereIs(config, 'service.stop.timeout')).toBe('--set service.stop.timeout');
    expect(whereIs(config, 'service.stop')).toBe('--set service.stop.timeout');
    expect(whereIs(config, 'service.ready')).toBe('perf-gate.yml:3');
  });

  test('of a key that is set twice is the last one', () => {
    const settings = [
      { flag: '--set load.count', key: 'load.count', text: '70' },
      { flag: '--count', key: 'load.count', text: '80' },
    ];
    const config = parseConfig(FILE, 'perf-gate.yml', 'shop', settings);
    expect([config.load.count, whereIs(config, 'load.count')]).toEqual([80, '--count']);
  });

  test('may be all that there is', () => {
    const { service, load } = parse({ 'service.package': '.', 'load.requests': '[GET /]' }, '');
    expect([service.package, load.requests.length]).toEqual(['.', 1]);
  });
});

describe('a mistake in a setting is answered as in the file, with the flag in place of the line', () => {
  test.each<[Readonly<Record<string, string>>, string]>([
    [
      { 'limits.objects.totl': '+3%' },
      '--set limits.objects.totl: unknown key "totl" in limits.objects / did you mean "total"?',
    ],
    [{ 'limit.cpu.total': '+3%' }, '--set limit.cpu.total: unknown key "limit" / did you mean "limits"?'],
    [
      { 'limits.objects.total': '3 percent' },
      '--set limits.objects.total: "3 percent" is not a limit / a limit is a share of the base',
    ],
    [{ 'load.count': 'many' }, '--set load.count: load.count must be a whole number, not "many"'],
    [{ 'load.count': '3' }, '--set load.count: load.count must be at least 10, not 3'],
    [{ budget: '' }, '--set budget: budget is empty: it must be a duration such as "30s"'],
    [
      { instruments: '[instructions, cpus]' },
      '--set instruments: instruments[1] must be instructions, allocs, io or cpu, not "cpus" / did you mean "cpu"?',
    ],
    [
      { 'baseline.branch': '1.10' },
      '--set baseline.branch: baseline.branch must be the name of a branch, not the number 1.1 / write it in quotes: "1.10"',
    ],
    [{ 'limits.ignore': '["a' }, '--set limits.ignore: '],
    [
      { 'baseline.path': 'cache' },
      '--set baseline.path: baseline.path is for the store directory, and there is none / add store: directory',
    ],
    [
      { 'limits.cpu.total': '+3%' },
      '--set limits.cpu.total: limits.cpu is "off", so there is no "total" in it to be set / set the whole of it: --set limits.cpu=...',
    ],
    [
      { 'load.requests.path': '/x' },
      '--set load.requests.path: load.requests is a list, so there is no "path" in it to be set / set the whole of it: --set load.requests=...',
    ],
    [{ __proto__x: '1' }, '--set __proto__x: unknown key "__proto__x"'],
  ])('%j', (settings, message) => {
    expect(mistake(settings)).toContain(message);
    expect(mistake(settings)).toMatch(/^--set /);
  });

  test('beside those of the file', () => {
    const said = mistake({ budget: 'soon' }, FILE.replace('count', 'cuont'));
    expect(said).toMatch(
      /^the flags and perf-gate\.yml have 2 problems\n--set budget: .*\nperf-gate\.yml:7:3 {2}unknown key "cuont"/,
    );
    expect(mistake({ budget: 'soon', 'load.cuont': '1' })).toMatch(/^the flags have 2 problems\n/);
  });

  test('the key of the prototype is a key like any other', () => {
    expect(mistake(JSON.parse('{"service.env.__proto__": "x", "__proto__.polluted": "1"}'))).toMatch(/have 2 problems/);
    expect({}).not.toHaveProperty('polluted');
  });
});
