/** perf-gate.yml as it is written: legal by our own parser, and nothing that comes from outside breaks out of its line. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseConfig } from '../../src/config/parse.ts';
import { CONFIG_SCHEMA } from '../../src/config/schema.ts';
import type { Candidate } from '../../src/init/candidates.ts';
import { renderConfigFile } from '../../src/init/config-file.ts';
import { parsePathPattern } from '../../src/init/path-pattern.ts';
import type { Plan } from '../../src/init/plan.ts';
import type { Answered } from '../../src/init/try-requests.ts';
import { findDestination, findSchema } from '../../src/init/write-file.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const PLACE = { file: 'api/routes.go', line: 12 };

function answered(path: string, pattern = path, learntFrom?: string): Answered {
  const candidate: Candidate = { pattern, parts: parsePathPattern(pattern) ?? [], role: 'load', place: PLACE };
  return { candidate, path, status: 200, ms: 1, bytes: 10, learntFrom };
}

const PLAN: Plan = {
  package: './cmd/shop',
  directory: undefined,
  setup: [],
  inject: [],
  args: ['-addr', '127.0.0.1:{port}'],
  env: {},
  files: {},
  ready: undefined,
  protocol: undefined,
  calls: [],
  givenRequests: [],
  kept: [answered('/orders')],
  spare: [],
  leftOut: [],
  branch: 'main',
  schema: './node_modules/perf-gate/schema/perf-gate.schema.json',
};

test('a whole one', () => {
  const text = renderConfigFile({
    ...PLAN,
    directory: 'services/shop',
    setup: ['go generate ./...'],
    inject: [{ variable: 'main.version', template: '{version}', ...PLACE }],
    env: { LOG_LEVEL: 'error' },
    ready: { path: '/healthz', status: 204 },
    givenRequests: ['{ method: POST, path: /orders, body: { sku: a-1 } }'],
    kept: [answered('/orders'), answered('/orders/o-1', '/orders/{id}', 'its answers'), answered('/a/1', '/a/:x')],
    spare: [answered('/customers')],
    leftOut: [
      { request: 'GET /secret', reason: 'answered 401', place: PLACE },
      { request: 'POST /orders', reason: 'not tried', place: undefined },
    ],
  });
  expect(text).toBe(`# yaml-language-server: $schema=./node_modules/perf-gate/schema/perf-gate.schema.json
# What perf-gate measures here, and what a pull request may cost. Written by perf-gate init, yours to change.

service:
  dir: services/shop
  package: ./cmd/shop
  # Run in each checkout before the build.
  setup: ["go generate ./..."]
  # go build -ldflags -X; each build is checked for the values.
  inject:
    main.version: "{version}"
  # perf-gate chooses the port.
  args: ["-addr", "127.0.0.1:{port}"]
  env:
    LOG_LEVEL: "error"
  ready: { path: "/healthz", status: 204 }

load:
  # Each as often as its weight says ({ path: /x, weight: 3 }); without one: once.
  requests:
    - { method: POST, path: /orders, body: { sku: a-1 } }
    - GET /orders
    - GET /orders/o-1  # /orders/{id} with a value from an answer
    - GET /a/1  # /a/:x with a guessed value
    # These answer as well:
    # - GET /customers
    # Left out:
    # - GET /secret  # answered 401 (api/routes.go:12)
    # - { method: POST, path: "/orders", body: {} }  # not tried

# What a request may cost more than in the base: the whole service, and any one function.
limits:
  instructions: { total: +2%, function: +5% }
  objects: { total: +1%, function: +5% }
  bytes: { total: +2%, function: +10% }

# Changes go to this branch: its merge base with your work is the base.
baseline:
  branch: main
`);
  const config = parseConfig(text, 'perf-gate.yml');
  expect(config.load.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /orders',
    'GET /orders',
    'GET /orders/o-1',
    'GET /a/1',
  ]);
  expect(config.service).toMatchObject({ ready: { path: '/healthz', status: 204 }, dir: 'services/shop' });
});

test('the limits are those that hold where none are written', () => {
  const { metrics } = parseConfig(renderConfigFile(PLAN), 'perf-gate.yml').limits;
  const standard = parseConfig('service: { package: . }\nload: { requests: [GET /] }\n', 'perf-gate.yml').limits
    .metrics;
  const plain = (all: typeof metrics) =>
    JSON.stringify(all, (key, value: unknown) => (key === 'at' ? undefined : value));
  expect(plain(metrics)).toBe(plain(standard));
});

test('the schema is that of an installed perf-gate, by its path from the config, or else the published one', async () => {
  const root = scratchDirectory();
  try {
    const schema = async (directory: string) => findSchema(root, await findDestination(root, directory));
    expect(await schema('.')).toBe(CONFIG_SCHEMA.$id);
    mkdirSync(join(root, 'node_modules/perf-gate/schema'), { recursive: true });
    writeFileSync(join(root, 'node_modules/perf-gate/schema/perf-gate.schema.json'), '{}');
    expect(await schema('.')).toBe('./node_modules/perf-gate/schema/perf-gate.schema.json');
    expect(await schema('services/shop')).toBe('../../node_modules/perf-gate/schema/perf-gate.schema.json');
  } finally {
    removeDirectory(root);
  }
});

describe('hostile texts stay what they are', () => {
  test.each(['true', '1.0', '0x1f', '#x', "it's", '!x', '{x}', '&x', 'release/#1'])('the branch %s', (branch) => {
    expect(parseConfig(renderConfigFile({ ...PLAN, branch }), 'perf-gate.yml').baseline.branch).toBe(branch);
  });

  test('paths, arguments, reasons and names of files', () => {
    const evil = fc.string({ unit: 'grapheme', maxLength: 40 });
    const path = fc.stringMatching(/^\/[!-~]{0,30}$/).filter((text) => !text.includes('#'));
    const value = evil.filter((text) => !/[{}\0]/.test(text) && !/\p{Cs}/u.test(text));
    fc.assert(
      fc.property(path, value, evil, (path, argument, text) => {
        const plan: Plan = {
          ...PLAN,
          args: [argument],
          env: { X: argument },
          ready: { path, status: 200 },
          kept: [answered(path, text)],
          leftOut: [{ request: `GET ${text}`, reason: `${text}\n    - GET /evil`, place: { file: text, line: 1 } }],
          spare: [answered('/x\n    - GET /evil')],
        };
        const { service, load } = parseConfig(renderConfigFile(plan), 'perf-gate.yml');
        expect(load.requests.map((request) => request.path)).toEqual([path]);
        expect(service).toMatchObject({ args: [argument], env: { X: argument }, ready: { path } });
      }),
    );
  });
});
