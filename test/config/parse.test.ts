import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EXIT, UserError } from '../../src/base/errors.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { config, problemsOf } from './problems-of.ts';

/** The example of the design, as a person writes it. */
const ORDERS = `
service:
  package: ./cmd/orders                # main package
  setup: ["go generate ./..."]         # run in each checkout before the build
  inject:
    main.version: "{version}"
    main.gitCommitSHA: "{commit}"
    main.buildTime: "{buildTime}"
  args: ["--listen", "127.0.0.1:{port}"]
  env: { DATABASE_URL: "postgres://localhost/app_{side}" }
  ready: GET /healthz
load:
  requests:
    - GET /orders?limit=40
    - { name: create, method: POST, path: /orders, headers: { content-type: application/json }, body: { sku: a-1 }, expect: 201, weight: 1 }
limits:
  instructions: { total: +2%, function: +5% }
  cpu:     { total: +5%, function: +10% }
  objects: { total: +1%, function: +5% }
  bytes:   { total: +2%, function: +10% }
  functions:
    - { match: "example.com/shop/pricing.*", instructions: +1%, cpu: +3% }
  ignore: ["example.com/shop/debug.*"]
  waivers:
    - { function: main.hash, metric: instructions, up-to: +12%, until: 2026-12-31, reason: "stronger hash, #412" }
baseline: { branch: main }
budget: 3m
`;

describe('a config that is good', () => {
  test('of two lines has every default', () => {
    const { places, ...said } = parseConfig(
      'service: { package: ./cmd/orders }\nload: { requests: [GET /] }\n',
      'perf-gate.yml',
    );
    expect(said).toEqual({
      fileName: 'perf-gate.yml',
      scenario: undefined,
      scenarios: [],
      service: {
        name: 'orders',
        package: './cmd/orders',
        base: { package: undefined },
        dir: undefined,
        setup: [],
        build: { command: undefined, flags: [], tags: [], env: {}, ldflags: '' },
        inject: {},
        args: [],
        env: {},
        files: {},
        listen: 'port',
        protocol: 'http',
        tls: { ca: undefined, serverName: undefined },
        ready: { kind: 'port', timeoutMs: 30_000 },
        stop: { signal: 'SIGTERM', timeoutMs: 10_000 },
      },
      load: {
        requests: [
          {
            name: 'GET /',
            method: 'GET',
            path: '/',
            headers: {},
            body: undefined,
            bodyFile: undefined,
            expect: 'any 2xx',
            answer: { headers: {}, contains: undefined, regex: undefined, json: [], grpc: undefined },
            weight: 1,
            capture: {},
            steps: [],
          },
        ],
        warmup: 200,
        count: 300,
        connections: 4,
        timeoutMs: 10_000,
        errors: 0,
      },
      limits: {
        metrics: {
          instructions: {
            total: { ratio: 0.02, text: '+2%', at: undefined },
            function: { ratio: 0.05, text: '+5%', at: undefined },
            collection: 'off',
            floor: { perRequest: 0, ratio: 0.001, text: '0.1%', at: undefined },
          },
          cpu: {
            total: { ratio: 0.05, text: '+5%', at: undefined },
            function: { ratio: 0.1, text: '+10%', at: undefined },
            collection: 'off',
            floor: { perRequest: 0, ratio: 0.001, text: '0.1%', at: undefined },
          },
          objects: {
            total: { ratio: 0.01, text: '+1%', at: undefined },
            function: { ratio: 0.05, text: '+5%', at: undefined },
            collection: 'off',
            floor: { perRequest: 0.5, ratio: 0.001, text: '0.5, 0.1%', at: undefined },
          },
          bytes: {
            total: { ratio: 0.02, text: '+2%', at: undefined },
            function: { ratio: 0.1, text: '+10%', at: undefined },
            collection: 'off',
            floor: { perRequest: 64, ratio: 0.001, text: '64, 0.1%', at: undefined },
          },
          'io-calls': {
            total: 'off',
            function: 'off',
            collection: 'off',
            floor: { perRequest: 0.1, ratio: 0, text: '0.1', at: undefined },
          },
          'io-bytes': {
            total: 'off',
            function: 'off',
            collection: 'off',
            floor: { perRequest: 64, ratio: 0, text: '64', at: undefined },
          },
        },
        functions: [],
        ignore: [],
        waivers: [],
      },
      baseline: { branch: undefined, store: undefined, maxDistance: 20, keep: 30 },
      budgetMs: 120_000,
      onInconclusive: 'pass',
      onConfigChange: 'base',
      instruments: ['instructions', 'allocs', 'io', 'cpu'],
    });
    expect(places).toEqual({
      service: 1,
      'service.package': 1,
      load: 2,
      'load.requests': 2,
      'load.requests[0]': 2,
    });
  });

  test('the example of the design is understood', () => {
    const { service, load, limits, baseline, budgetMs } = parseConfig(ORDERS, 'perf-gate.yml');
    expect(service).toMatchObject({
      name: 'orders',
      setup: ['go generate ./...'],
      inject: { 'main.version': '{version}', 'main.gitCommitSHA': '{commit}', 'main.buildTime': '{buildTime}' },
      args: ['--listen', '127.0.0.1:{port}'],
      env: { DATABASE_URL: 'postgres://localhost/app_{side}' },
      ready: { kind: 'http', method: 'GET', path: '/healthz', status: 200, timeoutMs: 30_000 },
    });
    expect(load.requests).toMatchObject([
      { name: 'GET /orders?limit=40', method: 'GET', path: '/orders?limit=40', expect: 'any 2xx' },
      { name: 'create', method: 'POST', path: '/orders', body: '{"sku":"a-1"}', expect: [201] },
    ]);
    expect(limits.functions).toEqual([
      {
        match: 'example.com/shop/pricing.*',
        limits: {
          instructions: { ratio: 0.01, text: '+1%', at: 'perf-gate.yml:22' },
          cpu: { ratio: 0.03, text: '+3%', at: 'perf-gate.yml:22' },
        },
        at: 'perf-gate.yml:22',
      },
    ]);
    expect(limits.ignore).toEqual([{ match: 'example.com/shop/debug.*', at: 'perf-gate.yml:23' }]);
    expect(limits.waivers).toEqual([
      {
        function: 'main.hash',
        metric: 'instructions',
        upTo: { ratio: 0.12, text: '+12%', at: 'perf-gate.yml:25' },
        until: '2026-12-31',
        reason: 'stronger hash, #412',
        at: 'perf-gate.yml:25',
      },
    ]);
    expect(baseline).toEqual({ branch: 'main', store: undefined, maxDistance: 20, keep: 30 });
    expect(budgetMs).toBe(180_000);
  });

  test('a limit knows the line where it stands, a default has none', () => {
    const text = config({ rest: 'limits:\n  bytes:\n    total: +3 %\n    floor: 0.5%\n' });
    const { bytes } = parseConfig(text, 'services/orders/perf-gate.yml').limits.metrics;
    expect(bytes.total).toEqual({ ratio: 0.03, text: '+3 %', at: 'services/orders/perf-gate.yml:7' });
    expect(bytes.floor).toEqual({
      perRequest: 0,
      ratio: 0.005,
      text: '0.5%',
      at: 'services/orders/perf-gate.yml:8',
    });
    expect(bytes.function).toEqual({ ratio: 0.1, text: '+10%', at: undefined });
  });

  test('off switches one limit off, or all of a metric, and leaves the floor to the rules for functions', () => {
    const { metrics, functions } = parseConfig(
      config({
        rest: 'limits: { cpu: off, bytes: { total: off }, functions: [{ match: main.*, objects: off, cpu: +3% }] }',
      }),
      'perf-gate.yml',
    ).limits;
    expect(metrics.cpu).toMatchObject({ total: 'off', function: 'off', floor: { ratio: 0.001 } });
    expect(metrics.bytes).toMatchObject({ total: 'off', function: { ratio: 0.1 } });
    expect(functions[0]?.limits).toMatchObject({ objects: 'off', cpu: { ratio: 0.03 } });
  });

  test('off is off under YAML 1.1 too, where it would be false', () => {
    const text = `%YAML 1.1\n---\n${config({ rest: 'limits: { cpu: off }' })}`;
    expect(parseConfig(text, 'perf-gate.yml').limits.metrics.cpu.total).toBe('off');
  });

  test('a body that is a map or a list is sent as JSON, text as it is', () => {
    const { requests } = parseConfig(
      config({
        load: [
          'requests:',
          '  - { method: PUT, path: /a, body: [1, { b: null }] }',
          '  - { method: PUT, path: /b, body: "1,2" }',
          '  - { method: PUT, path: /c, body-file: testdata/c.json }',
          '  - { method: PUT, path: /d, body: {}, headers: { Content-Type: application/vnd.d+json } }',
        ].join('\n'),
      }),
      'perf-gate.yml',
    ).load;
    expect(requests.map(({ body, bodyFile, headers }) => ({ body, bodyFile, headers }))).toEqual([
      { body: '[1,{"b":null}]', bodyFile: undefined, headers: { 'content-type': 'application/json' } },
      { body: '1,2', bodyFile: undefined, headers: {} },
      { body: undefined, bodyFile: 'testdata/c.json', headers: {} },
      { body: '{}', bodyFile: undefined, headers: { 'content-type': 'application/vnd.d+json' } },
    ]);
  });

  test('headers of all requests are merged in, the own ones win, whatever their case', () => {
    const { requests } = parseConfig(
      config({
        load: 'headers: { Authorization: one, x-a: b }\nrequests: [{ path: /, headers: { authorization: two } }, GET /]',
      }),
      'perf-gate.yml',
    ).load;
    expect(requests.map(({ headers }) => headers)).toEqual([
      { authorization: 'two', 'x-a': 'b' },
      { authorization: 'one', 'x-a': 'b' },
    ]);
  });

  test('requests without a name get one of their own', () => {
    const { requests } = parseConfig(
      config({ load: 'requests: [GET /, GET /, { path: /, name: "GET / #2" }, GET /]' }),
      'perf-gate.yml',
    ).load;
    expect(requests.map(({ name }) => name)).toEqual(['GET /', 'GET / #3', 'GET / #2', 'GET / #4']);
  });

  test('expected statuses are a sorted list', () => {
    const { requests } = parseConfig(
      config({ load: 'requests: [{ path: /, expect: [404, 200] }, { path: /, expect: 201 }]' }),
      'perf-gate.yml',
    ).load;
    expect(requests.map((request) => request.expect)).toEqual([[200, 404], [201]]);
  });

  test('more is expected of an answer than its status, also of a request behind another', () => {
    const written = [
      'status: [404, 200]',
      'header: { Content-Type: json, x-old: absent, content-length: exists }',
      `body: { contains: id, regex: "^.id", json: { $.errors: absent, "$.items[0].id": 7, $.n: exists, $.s: null, '$["a b"]': "7" } }`,
    ].join(', ');
    const load = `requests: [{ path: /, expect: { ${written} }, then: [{ path: /b, headers: { content-type: application/grpc }, expect: { grpc: NOT_FOUND } }] }]`;
    const [first] = parseConfig(config({ load }), 'perf-gate.yml').load.requests;
    expect(first).toMatchObject({
      expect: [200, 404],
      answer: {
        headers: { 'content-type': 'json', 'x-old': 'absent', 'content-length': 'exists' },
        contains: 'id',
        regex: '^.id',
        json: [
          { path: '$.errors', is: 'absent' },
          { path: '$.items[0].id', is: 'equal', value: 7 },
          { path: '$.n', is: 'there' },
          { path: '$.s', is: 'equal', value: null },
          { path: '$["a b"]', is: 'equal', value: '7' },
        ],
        grpc: undefined,
      },
      steps: [{ expect: 'any 2xx', answer: { headers: {}, json: [], grpc: 'NOT_FOUND' } }],
    });
  });

  test.each([
    ['ready: { timeout: 1m }', { kind: 'port', timeoutMs: 60_000 }],
    ['ready: POST /up', { kind: 'http', method: 'POST', path: '/up', status: 200, timeoutMs: 30_000 }],
    ['ready: { path: /up, status: 204 }', { kind: 'http', method: 'GET', path: '/up', status: 204, timeoutMs: 30_000 }],
  ])('%s', (service, ready) => {
    expect(parseConfig(config({ service }), 'perf-gate.yml').service.ready).toEqual(ready);
  });

  test.each([
    ['./cmd/orders', undefined, 'perf-gate.yml', 'orders'],
    ['./cmd/orders/', undefined, 'perf-gate.yml', 'orders'],
    ['.', undefined, 'perf-gate.yml', 'shop'],
    ['.', undefined, '.github/perf-gate.yml', 'shop'],
    ['.', undefined, 'services/billing/perf-gate.yml', 'billing'],
    ['.', 'services/pay', 'services/billing/perf-gate.yml', 'pay'],
    ['..', 'services/pay/cmd', 'perf-gate.yml', 'pay'],
    ['./my service', undefined, 'perf-gate.yml', 'my-service'],
  ])('the package %s in directory %s of %s is called %4$s', (pkg, dir, fileName, name) => {
    const text = `service: { package: "${pkg}"${dir === undefined ? '' : `, dir: ${dir}`} }\nload: { requests: [GET /] }`;
    expect(parseConfig(text, fileName, 'shop').service).toMatchObject({ name, dir });
  });

  test('anchors and aliases are copies: what is filled in here does not turn up there', () => {
    const text = config({ rest: 'limits:\n  cpu: &same { total: +3% }\n  bytes: *same' });
    const { cpu, bytes } = parseConfig(text, 'perf-gate.yml').limits.metrics;
    expect(cpu.floor).toMatchObject({ perRequest: 0, ratio: 0.001 });
    expect(bytes.floor).toMatchObject({ perRequest: 64, ratio: 0.001 });
    expect(bytes.total).toMatchObject({ ratio: 0.03 });
  });

  test('a body may have any keys, even those that JavaScript is touchy about', () => {
    const text = config({
      load: 'requests: [{ method: POST, path: /, body: { __proto__: { a: 1 }, constructor: 2 } }]',
    });
    expect(parseConfig(text, 'perf-gate.yml').load.requests[0]?.body).toBe('{"__proto__":{"a":1},"constructor":2}');
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
  });
});

describe('baseline', () => {
  const storeOf = (baseline: string) =>
    parseConfig(config({ rest: `baseline: { ${baseline} }\n` }), 'perf-gate.yml').baseline.store;

  test.each([
    ['store: git', { kind: 'git', remote: 'origin', branch: 'perf-gate-baselines', tokenEnv: undefined }],
    [
      'store: git, remote: "https://git.example.com/c", data-branch: figures, token-env: TOKEN',
      { kind: 'git', remote: 'https://git.example.com/c', branch: 'figures', tokenEnv: 'TOKEN' },
    ],
    ['store: directory, path: /var/cache/x', { kind: 'directory', path: '/var/cache/x' }],
    [
      'store: s3, bucket: acme-ci',
      { kind: 's3', bucket: 'acme-ci', prefix: 'perf-gate', region: undefined, endpoint: undefined },
    ],
    [
      'store: s3, bucket: acme-ci, prefix: "", region: eu-central-1, endpoint: "http://127.0.0.1:9000"',
      { kind: 's3', bucket: 'acme-ci', prefix: '', region: 'eu-central-1', endpoint: 'http://127.0.0.1:9000' },
    ],
    ['store: s3, bucket: acme-ci, prefix: ci/gate/', { prefix: 'ci/gate' }],
    ['store: exec, command: ./store.sh -v', { kind: 'exec', command: './store.sh -v' }],
  ])('%s', (written, store) => {
    expect(storeOf(written)).toMatchObject(store);
  });

  test('how far and how many', () => {
    const { baseline } = parseConfig(config({ rest: 'baseline: { max-distance: 0, keep: 5 }\n' }), 'perf-gate.yml');
    expect(baseline).toMatchObject({ maxDistance: 0, keep: 5 });
  });
});

describe('a config that is not', () => {
  test('all problems at once, in the order of the file', () => {
    const text = [
      'service:',
      '  pacakge: ./cmd/orders',
      '  args: [--port, {port}]',
      '  stop: { timeout: 10 }',
      'load:',
      '  requests: []',
      'limits:',
      '  cpu: { total: 2%, function: 5 }',
      'baseline: { branch: main, storage: git }',
      'budget: 3 minutes',
    ].join('\n');
    expect(problemsOf(text)).toEqual([
      '1:1  service needs "package" / for example package: ./cmd/orders',
      '2:3  unknown key "pacakge" in service / did you mean "package"?',
      '3:18  service.args[1] must be text, not a map / YAML takes braces for a map: write "{port}" in quotes',
      '4:20  service.stop.timeout must be a duration such as "30s", not the number 10 / say the unit: write "10s"',
      '6:13  load.requests is an empty list / it needs at least one entry',
      '8:17  limits.cpu.total: "2%" is not a limit / write "+2%"',
      '8:31  limits.cpu.function must be a limit such as "+2%", or off, not the number 5 / write "+5%"',
      '9:27  unknown key "storage" in baseline / did you mean "store"?',
      '10:9  budget: "3 minutes" is not a duration / write a duration such as "30s" or "1m30s"',
    ]);
  });

  test('the error is wrong use, and has its problems one by one', () => {
    const parse = () => parseConfig('service: {}\nload: { requests: [GET /] }', '.github/perf-gate.yml');
    expect(parse).toThrow(ConfigError);
    try {
      parse();
    } catch (error) {
      const { message, exitCode, fileName, problems } = error as ConfigError;
      expect(error).toBeInstanceOf(UserError);
      expect(message).toBe('.github/perf-gate.yml:1:1  service needs "package" / for example package: ./cmd/orders');
      expect(exitCode).toBe(EXIT.usage);
      expect(fileName).toBe('.github/perf-gate.yml');
      expect(problems).toEqual([
        { message: 'service needs "package"', hint: 'for example package: ./cmd/orders', line: 1, column: 1 },
      ]);
    }
  });

  test('fifty problems are shown, all are kept', () => {
    const text = Array.from({ length: 60 }, (_, i) => `x${i}: 1`).join('\n');
    const lines = problemsOf(text);
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe('and 12 more problems in perf-gate.yml');
  });

  /** What stands in the file after the two necessary lines, and what a person is told. */
  test.each([
    // Keys
    ['Limits: {}', 'unknown key "Limits" / did you mean "limits"?'],
    ['warmup: 5', 'unknown key "warmup" / it belongs in load'],
    [
      'limits: { functions: [{ match: a, cpu: +1%, iocalls: +1% }] }',
      'unknown key "iocalls" in limits.functions[0] / known here: match, instructions, cpu, objects, bytes',
    ],
    [
      'total: +2%',
      'unknown key "total" / known here: service, load, limits, scenarios, baseline, budget, on-inconclusive, on-config-change, instruments, require',
    ],
    ['onInconclusive: fail', 'unknown key "onInconclusive" / did you mean "on-inconclusive"?'],
    [
      'baseline: { against: main }',
      'unknown key "against" in baseline / known here: branch, store, remote, data-branch, token-env, path, bucket, prefix, region, endpoint, command, max-distance, keep',
    ],
    [
      'limits: { objects: { collection: +2% } }',
      'unknown key "collection" in limits.objects / it belongs in limits.instructions',
    ],
    [
      '__proto__: { polluted: yes }',
      'unknown key "__proto__" / known here: service, load, limits, scenarios, baseline, budget, on-inconclusive, on-config-change, instruments, require',
    ],
    // Types
    ['limits:', 'limits is empty: it must be a map'],
    ['limits: [cpu]', 'limits must be a map, not a list'],
    ['instruments: cpu', 'instruments must be a list, not "cpu" / write it as a list: ["cpu"]'],
    ['budget: 90', 'budget must be a duration such as "30s", not the number 90 / say the unit: write "90s"'],
    ['on-inconclusive: true', 'on-inconclusive must be pass or fail, not true'],
    [
      'baseline: { branch: 1.10 }',
      'baseline.branch must be the name of a branch, not the number 1.1 / write it in quotes: "1.10"',
    ],
    // Words
    ['on-inconclusive: fial', 'on-inconclusive must be pass or fail, not "fial" / did you mean "fail"?'],
    [
      'instruments: [cpu, alloc]',
      'instruments[1] must be instructions, allocs, io or cpu, not "alloc" / did you mean "allocs"?',
    ],
    ['instruments: [cpu, cpu]', '"cpu" stands twice in instruments'],
    ['instruments: []', 'instruments is an empty list / it needs at least one entry'],
    ['baseline: { branch: -x }', 'baseline.branch: "-x" cannot be the name of a branch'],
    ['baseline: { branch: a..b }', 'baseline.branch: "a..b" cannot be the name of a branch'],
    // Stores
    ['baseline: { store: gti }', 'baseline.store must be git, directory, s3 or exec, not "gti" / did you mean "git"?'],
    ['baseline: { store: directory }', 'the store directory needs "path" / for example path: .cache/perf-gate'],
    ['baseline: { store: s3, prefix: a }', 'the store s3 needs "bucket" / for example bucket: acme-ci'],
    ['baseline: { store: exec }', 'the store exec needs "command" / for example command: ./scripts/baselines.sh'],
    [
      'baseline: { store: git, bucket: acme }',
      'baseline.bucket is for the store s3, and the store is git / leave one of them out',
    ],
    ['baseline: { path: x }', 'baseline.path is for the store directory, and there is none / add store: directory'],
    ['baseline: { store: git, remote: --all }', 'baseline.remote: "--all" is neither a remote nor a URL'],
    ['baseline: { store: s3, bucket: a..b }', 'baseline.bucket: "a..b" cannot be the name of a bucket'],
    [
      'baseline: { store: s3, bucket: acme, prefix: ../x }',
      'baseline.prefix: "../x" cannot begin the names of objects / use letters, digits, ".", "-", "_" and "/" between them',
    ],
    ['baseline: { store: s3, bucket: acme, region: a b }', 'baseline.region: "a b" cannot be the name of a region'],
    [
      'baseline: { store: s3, bucket: acme, endpoint: ftp://x }',
      'baseline.endpoint: "ftp://x" is not an http or https URL',
    ],
    [
      'baseline: { store: s3, bucket: acme, endpoint: "https://me:secret@x" }',
      'baseline.endpoint: the URL has a user or a password in it',
    ],
    ['baseline: { max-distance: -1 }', 'baseline.max-distance must be at least 0, not -1'],
    ['baseline: { keep: 0 }', 'baseline.keep must be at least 1, not 0'],
    // Limits
    [
      'limits: { cpu: { total: +2 } }',
      'limits.cpu.total must be a limit such as "+2%", or off, not the number 2 / write "+2%"',
    ],
    [
      'limits: { cpu: { total: 0.02 } }',
      'limits.cpu.total must be a limit such as "+2%", or off, not the number 0.02 / write "+2%", or "+0.02%" if that is what you mean',
    ],
    [
      'limits: { cpu: { total: -2% } }',
      'limits.cpu.total: "-2%" is not a limit / a limit is the rise that is allowed: write "+2%"',
    ],
    ['limits: { cpu: { total: Off } }', 'limits.cpu.total: "Off" is not a limit / write off for no limit'],
    [
      'limits: { cpu: { total: false } }',
      'limits.cpu.total must be a limit such as "+2%", or off, not false / write off',
    ],
    [
      'limits: { cpu: +2% }',
      'limits.cpu: "+2%" does not say what it is a limit of / write { total: "+2%" }, or off for no limit',
    ],
    ['limits: { cpu: { floor: -1 } }', 'limits.cpu.floor must be at least 0, not -1'],
    [
      'limits: { cpu: { floor: +1% } }',
      'limits.cpu.floor: "+1%" is not a share / write a share under 100 %, such as "0.1%"',
    ],
    [
      'limits: { io-calls: { function: +2% } }',
      'limits.io-calls.function: io is counted for the whole service, not per function: only a total can have a limit',
    ],
    // Rules for functions
    [
      'limits: { functions: [{ match: main.* }] }',
      'the rule for "main.*" has no limit / name one of instructions, cpu, objects, bytes',
    ],
    [
      'limits: { functions: [{ cpu: +1% }] }',
      'limits.functions[0] needs "match" / for example match: example.com/shop/pricing.*',
    ],
    [
      'limits: { functions: [{ match: a, io-bytes: +1% }] }',
      'limits.functions[0].io-bytes: io is counted for the whole service, not per function: write limits.io-bytes.total',
    ],
    ['limits: { functions: [{ match: "", cpu: +1% }] }', 'limits.functions[0].match: an empty pattern matches nothing'],
    [
      'limits: { ignore: ["*"] }',
      'limits.ignore[0]: "*" would ignore every function / name the functions, or set the limits to off',
    ],
    [
      'limits: { ignore: [" main.f"] }',
      'limits.ignore[0]: the pattern " main.f" begins or ends with a space, which no function has',
    ],
    [
      'limits: { ignore: [*debug*] }',
      'nothing in this file has the anchor "&debug*" / if no alias is meant, write "*debug*" in quotes',
    ],
  ])('%s', (rest, told) => {
    expect(problemsOf(config({ rest })).map((line) => line.replace(/^5:\d+ {2}/, ''))).toEqual([told]);
  });

  test('what stands as one text is a list of the words that a person would type, or of one command', () => {
    const hintOf = (key: string) =>
      problemsOf(`service:\n  package: .\n  ${key}\nload: { requests: [GET /] }\n`).map((line) => line.split(' / ')[1]);
    expect(hintOf('args: -port {port} -name "a b"')).toEqual([
      'write it as a list: ["-port", "{port}", "-name", "a b"]',
    ]);
    expect(hintOf('setup: go generate ./...')).toEqual(['write it as a list: ["go generate ./..."]']);
  });

  test('what is required has to be measured', () => {
    const rest = 'instruments: [allocs]\nrequire: [allocs, instructions]';
    expect(problemsOf(config({ rest }))).toEqual([
      '6:19  require names "instructions", which instruments leaves out / add it there',
    ]);
  });

  test('a waiver needs all of its parts, and each must be possible', () => {
    const waiver = (fields: string) => problemsOf(config({ rest: `limits: { waivers: [{ ${fields} }] }` }));
    expect(waiver('function: main.f')).toEqual([
      '5:21  limits.waivers[0] needs "metric" / for example metric: instructions',
      '5:21  limits.waivers[0] needs "up-to" / for example up-to: +12%',
      '5:21  limits.waivers[0] needs "until" / for example until: 2026-12-31',
      '5:21  limits.waivers[0] needs "reason" / for example reason: "stronger hash, #412"',
    ]);
    expect(waiver('function: f, metric: io-calls, up-to: off, until: 2026-02-29, reason: " "')).toEqual([
      '5:44  limits.waivers[0].metric must be instructions, cpu, objects or bytes, not "io-calls"',
      '5:61  limits.waivers[0].up-to: "off" is not a limit / write a limit such as "+2%"',
      '5:73  limits.waivers[0].until: there is no day 2026-02-29 / write it as "2026-12-31"',
      '5:93  limits.waivers[0].reason: there is nothing in it',
    ]);
    expect(waiver('function: f, metric: cpu, up-to: +1%, until: 31.12.2026, reason: r')).toEqual([
      '5:68  limits.waivers[0].until: "31.12.2026" is not a date / write it as "2026-12-31"',
    ]);
    expect(waiver('function: f, metric: cpu, up-to: +1%, until: 2028-02-29, reason: r')).toEqual([]);
  });

  test.each([
    ['cmd/orders', '"cmd/orders" is not a package directory / write "./cmd/orders"'],
    ['/src/cmd', '"/src/cmd" is not a package directory / it is relative to service.dir, such as "./cmd/orders"'],
    ['./...', '"./..." is more than one package / name the main package alone'],
    ['./main.go', '"./main.go" is not a package directory / name the directory, not a file'],
    ['.\\cmd', '".\\\\cmd" is not a package directory / write "./cmd"'],
    ["''", '"" is not a package directory / write "." or "./cmd/orders"'],
  ])('the package %s', (pkg, told) => {
    expect(problemsOf(`service: { package: ${pkg} }\nload: { requests: [GET /] }`)).toEqual([
      `1:21  service.package: ${told}`,
    ]);
  });

  test.each([
    ['dir: ../other', 'service.dir: "../other" leads out of the repository'],
    ['dir: a/../../b', 'service.dir: "a/../../b" leads out of the repository'],
    [
      'dir: /srv',
      'service.dir: "/srv" is not relative / both commits are checked out elsewhere: write a relative path',
    ],
    [
      'name: a b',
      'service.name: "a b" cannot be a name / use letters, digits, ".", "-" and "_", a letter or digit first',
    ],
    ['setup: [" "]', 'service.setup[0]: there is nothing in it'],
    ['args: ["{prot}"]', 'service.args[0]: unknown placeholder "{prot}" / did you mean {port}?'],
    [
      'args: ["{version}"]',
      'service.args[0]: unknown placeholder "{version}" / known here: {port}, {socket}, {side} or {dir}; a literal brace is written {{ or }}',
    ],
    [
      'args: ["{port"]',
      'service.args[0]: "{port" has a "{" that belongs to no placeholder / a literal brace is written {{',
    ],
    ['env: { PORT: 8080 }', 'service.env.PORT must be text, not the number 8080 / write it in quotes: "8080"'],
    ['env: { A-B: x }', 'service.env: "A-B" cannot be the name of an environment variable'],
    ['env: { __proto__: x }', 'service.env: "__proto__" cannot be the name of an environment variable'],
    ['inject: { version: x }', 'service.inject: "version" is not a Go variable / write package and name: main.version'],
    [
      'inject: { main.v: "{port}" }',
      'service.inject["main.v"]: unknown placeholder "{port}" / known here: {version}, {commit}, {shortCommit}, {branch} or {buildTime}; a literal brace is written {{ or }}',
    ],
    [
      'stop: { signal: TERM }',
      'service.stop.signal must be SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1 or SIGUSR2, not "TERM" / did you mean "SIGTERM"?',
    ],
    ['stop: { timeout: 0s }', 'service.stop.timeout: "0s" is no time at all / write at least "1ms"'],
    ['ready: /healthz', 'service.ready: "/healthz" has no method / write "GET /healthz"'],
    ['ready: { status: 204 }', 'service.ready has "status" but no "path" / for example path: /healthz'],
    ['ready: { path: /, status: 42 }', 'service.ready.status must be at least 200, not 42'],
    ['build: { flags: [-o, x] }', 'service.build.flags[0]: the flag "-o" is set by perf-gate itself / leave it out'],
    [
      'build: { flags: [-tags=x] }',
      'service.build.flags[0]: the flag "-tags=x" has a key of its own / write service.build.tags',
    ],
    [
      'build: { tags: ["a,b"] }',
      'service.build.tags[0]: "a,b" is not a build tag / write each tag as an entry of its own',
    ],
    [
      'build: { command: make }',
      'service.build.command: the build command does not say {output}, so the program would not be found / write {output} where the command takes the name of the program to write',
    ],
    [
      'build: { command: "make {output}", tags: [a] }',
      'service.build.tags is for go build, and service.build.command takes its place / put them into the command',
    ],
    [
      'build: { command: "make {output}", ldflags: -s }',
      'service.build.ldflags needs {ldflags} in service.build.command, or it would be lost',
    ],
  ])('service: %s', (service, told) => {
    expect(problemsOf(config({ service })).map((line) => line.replace(/^3:\d+ {2}/, ''))).toEqual([told]);
  });

  test('injected values need a way into the build command', () => {
    const inject = 'inject: { main.version: "{version}" }';
    expect(problemsOf(config({ service: `build: { command: "make OUT={output}" }\n${inject}` }))).toEqual([
      '4:3  service.inject needs {ldflags} in service.build.command, or it would be lost',
    ]);
    const command = 'build: { command: "make OUT={output} LDFLAGS={ldflags}" }';
    expect(problemsOf(config({ service: `${command}\n${inject}` }))).toEqual([]);
  });

  test.each([
    ['GET', '"GET" has no path / write "GET /"'],
    ['get /x', '"get /x" does not begin with a method / did you mean GET?'],
    [
      'FETCH /x',
      '"FETCH /x" does not begin with a method / a request is written "GET /path"; methods: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS',
    ],
    ['http://localhost:80/x?a=1', '"http://localhost:80/x?a=1" has no method / write "GET /x?a=1"'],
    ['GET http://localhost', '"http://localhost" is more than a path / write "/"'],
    ['GET x', 'the path "x" does not begin with "/" / write "/x"'],
    [
      'GET /a b',
      '"GET /a b" has more than a method and a path / a space in a path is written %20; headers, body and the rest are keys: { method, path, headers, … }',
    ],
    ['"GET /a#b"', 'the path "/a#b" has a "#", which is never sent / a literal # is written %23'],
    [
      'GET /größe',
      'the path "/größe" has a character that must be percent-encoded / a space is written %20, ä is written %C3%A4',
    ],
  ])('the request %s', (request, told) => {
    expect(problemsOf(config({ load: `requests:\n  - ${request}` }))).toEqual([`5:7  load.requests[0]: ${told}`]);
  });

  test.each([
    ['{}', ' needs "path" / for example path: /orders'],
    [
      '{ path: /, method: get }',
      '.method must be GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, not "get" / did you mean "GET"?',
    ],
    ['{ path: /, weight: 0 }', '.weight must be at least 1, not 0'],
    ['{ path: /, weight: 1.5 }', '.weight must be a whole number, not the number 1.5'],
    ['{ path: /, expect: 99 }', '.expect must be at least 200, not 99'],
    ['{ path: /, expect: [] }', '.expect is an empty list / it needs at least one entry'],
    ['{ path: /, expect: [200, 200] }', '.expect: the number 200 stands twice'],
    ['{ path: /, expect: 2xx }', '.expect must be a whole number, a list or a map, not "2xx"'],
    ['{ path: /, expect: {} }', '.expect expects nothing / for example { status: 200 }, or leave it out'],
    ['{ path: /, expect: { status: 99 } }', '.expect.status must be at least 200, not 99'],
    [
      '{ path: /, expect: { body: {} } }',
      '.expect.body expects nothing / for example { contains: "order" }, or leave it out',
    ],
    ['{ path: /, expect: { body: order } }', '.expect.body must be a map, not "order"'],
    ['{ path: /, expect: { body: { contains: "" } } }', '.expect.body.contains: there is nothing in it'],
    [
      '{ path: /, expect: { body: { regex: "(" } } }',
      '.expect.body.regex: "(" is not a regular expression: Invalid regular expression: /(/u: Unterminated group',
    ],
    [
      '{ path: /, expect: { body: { json: { errors: absent } } } }',
      '.expect.body.json: "errors" is not a place in JSON / write $.errors or $.items[0].id',
    ],
    [
      '{ path: /, expect: { body: { json: { $.a: [1] } } } }',
      '.expect.body.json["$.a"] must be text, a number, true or false or null, not a list',
    ],
    [
      '{ path: /, expect: { body: { json: { $.a: 12345678901234567890 } } } }',
      '.expect.body.json["$.a"]: the number 12345678901234567890 cannot be compared exactly / write a "regex" for it',
    ],
    [
      '{ path: /, expect: { header: { X-A: b, x-a: c } } }',
      expect.stringMatching(/^"x-a" is the same header as "X-A"/),
    ],
    ['{ path: /, expect: { header: { a b: x } } }', '.expect.header: "a b" cannot be the name of a header'],
    [
      '{ path: /, expect: { grpc: OK } }',
      '.expect.grpc is for gRPC, and this request is none / add the header content-type: application/grpc',
    ],
    [
      '{ path: /, headers: { Content-Type: application/grpc+proto }, expect: { grpc: not_found } }',
      '.expect.grpc must be OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS or UNAUTHENTICATED, not "not_found" / did you mean "NOT_FOUND"?',
    ],
    ['{ path: /, body: 3 }', '.body must be a map, a list or text, not the number 3 / write it in quotes: "3"'],
    ['{ path: /, body: [], body-file: x }', ' has both "body" and "body-file" / keep one of them'],
    ['{ path: /, body-file: ../x }', '.body-file: "../x" leads out of the repository'],
    ['{ path: /, headers: { a b: x } }', '.headers: "a b" cannot be the name of a header'],
    [
      '{ path: /, headers: { Content-Length: "3" } }',
      '.headers: the header Content-Length is set by perf-gate itself / leave it out',
    ],
    ['{ path: /, headers: { a: "b\\nc" } }', '.headers.a: a header must stay on one line'],
  ])('the request %s', (request, told) => {
    const [line, ...others] = problemsOf(config({ load: `requests: [${request}]` }));
    expect(others).toEqual([]);
    const said = line?.replace(/^4:\d+ {2}/, '').replace(/^(.*) stands twice in (.*)$/, '$2: $1 stands twice');
    expect(said).toEqual(typeof told === 'string' ? `load.requests[0]${told}` : told);
  });

  test('an unknown key of what is expected, also of a request behind another', () => {
    const load = 'requests: [{ path: /, then: [{ path: /b, expect: { states: 200 } }] }]';
    expect(problemsOf(config({ load }))).toEqual([
      '4:54  unknown key "states" in load.requests[0].then[0].expect / did you mean "status"?',
    ]);
  });

  test('requests that cannot be told apart', () => {
    expect(problemsOf(config({ load: 'requests: [{ path: /a, name: x }, { path: /b, name: x }]' }))).toEqual([
      '4:49  load.requests[0] has the name "x" too / give each request a name of its own',
    ]);
  });

  test('a header written twice in different letters', () => {
    expect(problemsOf(config({ load: 'headers: { X-A: b, x-a: c }' }))).toEqual([
      '5:22  "x-a" is the same header as "X-A" / keep one of them',
    ]);
  });

  test('numbers that would not arrive as they are written', () => {
    const load = 'requests: [{ method: POST, path: /, body: { id: 12345678901234567890, big: 1e300, x: [.inf] } }]';
    expect(problemsOf(config({ load })).map((line) => line.replace(/^\S+ +/, ''))).toEqual([
      'the number 12345678901234567890 cannot be sent exactly / write the whole body as text',
      'the number .inf cannot be sent exactly / write the whole body as text',
    ]);
  });

  test('fewer requests than the weights ask for', () => {
    const requests = 'requests: [{ path: /a, weight: 250 }, { path: /b, weight: 51 }]';
    expect(problemsOf(config({ load: requests }))).toEqual([
      '3:1  load.count is 300, but the weights add up to 301: some requests would never be counted / write at least 301, or smaller weights',
    ]);
    expect(problemsOf(config({ load: `${requests}\ncount: 301` }))).toEqual([]);
  });

  test.each([
    ['count: 9', 'load.count must be at least 10, not 9'],
    ['count: .inf', 'load.count must be a whole number, not the number Infinity'],
    ['warmup: -1', 'load.warmup must be at least 0, not -1'],
    ['connections: 0', 'load.connections must be at least 1, not 0'],
    [
      'timeout: 1 fortnight',
      'load.timeout: "1 fortnight" is not a duration / write a duration such as "30s" or "1m30s"',
    ],
    ['timeout: 25h', 'load.timeout: "25h" is longer than a day / write at most "24h"'],
    ['errors: 0.01', 'load.errors must be a share such as "0.1%", not the number 0.01 / write a share such as "1%"'],
    ['errors: 100%', 'load.errors: "100%" is not a share / write a share under 100 %, such as "0.1%"'],
  ])('load: %s', (load, told) => {
    expect(problemsOf(config({ load })).map((line) => line.replace(/^5:\d+ {2}/, ''))).toEqual([told]);
  });

  test('without requests there is nothing to measure', () => {
    expect(problemsOf('service: { package: . }\nload: {}')).toEqual([
      '2:1  load needs "requests" / for example requests: [GET /orders], or a command that sends them',
    ]);
    expect(problemsOf('service: { package: . }')).toEqual(['1:1  "load" is missing']);
  });
});

describe('whatever stands in the file', () => {
  const noise = fc.array(
    fc.record({
      at: fc.nat(ORDERS.length),
      cut: fc.nat(12),
      put: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom(
          '\n',
          '  ',
          '- ',
          ': ',
          '{',
          '}',
          '[',
          ']',
          '*a',
          '&a ',
          '"',
          "'",
          '#',
          '!!set ',
          '~',
          '1',
          '%',
        ),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  );

  test('it is a config, or every problem is told in plain English with its place', () => {
    fc.assert(
      fc.property(noise, (changes) => {
        const text = changes.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), ORDERS);
        try {
          parseConfig(text, 'perf-gate.yml');
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          const lines = text.split(/\n/);
          expect(error.problems.length).toBeGreaterThan(0);
          for (const { message, line, column } of error.problems) {
            expect(message).not.toMatch(
              /must NOT|must match|must have|property name|schema|undefined|not valid YAML|mapping|sequence|scalar|\[object|[Ff]low |Implicit/,
            );
            expect(line).toBeLessThanOrEqual(lines.length);
            expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });
});
