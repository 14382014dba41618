import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { configDirectory, parentOf, placeName, pointer, whereIs } from '../../src/config/places.ts';
import { config } from './problems-of.ts';

test('a place has a name for people', () => {
  expect(placeName('')).toBe('');
  expect(placeName('/load/requests/0/body-file')).toBe('load.requests[0].body-file');
  expect(placeName(pointer('/service', 'inject', 'example.com/a~b.C'))).toBe('service.inject["example.com/a~b.C"]');
});

test('the root stands in itself', () => {
  expect(parentOf('/a/b')).toBe('/a');
  expect(parentOf('/a')).toBe('');
  expect(parentOf('')).toBe('');
});

describe('whereIs', () => {
  const orders = parseConfig(
    config({ service: 'ready: GET /\ninject: { main.v: x }', load: 'requests:\n  - GET /' }),
    'p.yml',
  );

  test.each([
    ['service.ready', 'p.yml:3'],
    ['service.stop.timeout', 'p.yml:1'],
    ['service.inject["main.v"]', 'p.yml:4'],
    ['service.inject["main.w"]', 'p.yml:4'],
    ['load.requests[0]', 'p.yml:7'],
    ['load.requests[0].weight', 'p.yml:7'],
    ['load.requests[7]', 'p.yml:6'],
    ['limits.cpu.total', 'p.yml'],
    ['toString', 'p.yml'],
  ])('%s', (name, where) => {
    expect(whereIs(orders, name)).toBe(where);
  });

  test('what is inside a body is no place of the config', () => {
    const text = config({ load: 'requests: [{ method: POST, path: /, body: { a: [1] } }]' });
    expect(Object.keys(parseConfig(text, 'p.yml').places).filter((name) => name.includes('body'))).toEqual([
      'load.requests[0].body',
    ]);
  });
});

test.each([
  ['perf-gate.yml', '.'],
  ['.github/perf-gate.yml', '.'],
  ['services/orders/perf-gate.yaml', 'services/orders'],
  ['services/orders/.github/perf-gate.yml', 'services/orders'],
  ['../elsewhere/perf-gate.yml', '.'],
  ['/etc/perf-gate.yml', '.'],
])('%s speaks for %s', (fileName, directory) => {
  expect(configDirectory(fileName)).toBe(directory);
});
