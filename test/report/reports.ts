/** Reports as a run would make them, to be rendered. Each is a variation of one service, `orders`. */
import type { Cause, Effect, Report, ReportedLimit, TotalRow } from '../../src/compare/report.ts';

export const limit = (percent: number, at?: string): ReportedLimit => ({
  ratio: percent / 100,
  text: `+${percent}%`,
  at,
});

type RowOptions = Partial<Pick<TotalRow, 'unit' | 'limit' | 'status' | 'uncertainty'>> & { noise?: number };

export function row(name: TotalRow['name'], base: number, head: number, options: RowOptions = {}): TotalRow {
  const { unit = 'count', limit: at, status = at === undefined ? 'unjudged' : 'ok', noise = 0 } = options;
  return {
    name,
    unit,
    base,
    head,
    change: base === 0 ? undefined : head / base - 1,
    uncertainty: options.uncertainty ?? { kind: 'exact', noise },
    limit: at,
    status,
  };
}

export function effect(metric: Effect['metric'], base: number, netRise: number, options: Partial<Effect> = {}): Effect {
  return {
    metric,
    base,
    head: base + netRise,
    netRise,
    relative: netRise / base,
    noise: 0,
    limit: limit(5),
    status: 'over',
    explains: undefined,
    waiver: undefined,
    ...options,
  };
}

export function cause(name: string, options: Partial<Cause> = {}): Cause {
  return {
    function: name,
    file: undefined,
    line: undefined,
    isFileInRepository: options.file !== undefined,
    changedBy: 'source',
    module: undefined,
    explanation: { kind: 'dearer' },
    effects: [],
    timeNs: undefined,
    consequences: [],
    ...options,
  };
}

const cpuRows: TotalRow[] = [
  row('cpu', 61_200, 61_400, {
    unit: 'ns',
    limit: limit(5),
    status: 'unjudged',
    uncertainty: { kind: 'spread', sd: 0.023, rounds: 5 },
  }),
  row('system-cpu', 18_900, 18_700, { unit: 'ns', uncertainty: { kind: 'spread', sd: 0.051, rounds: 5 } }),
];
const ioRows: TotalRow[] = [
  row('io-calls', 2.02, 2.02, { limit: limit(5), noise: 0.012 }),
  row('io-bytes', 4211, 4211, { unit: 'bytes', limit: limit(5) }),
];

export const pass: Report = {
  schema: 1,
  tool: '0.1.0',
  verdict: 'pass',
  isSameCode: false,
  service: 'orders',
  scenario: undefined,
  base: { commit: '88d0e14c2f0a4a0f6d1b7e9d8a5b4c3d2e1f0a9b', version: 'v1.4.0-11-g88d0e14', isDirty: false },
  head: { commit: '3f2a91c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1', version: 'v1.4.0-12-g3f2a91c', isDirty: false },
  baseReason: 'merge base with origin/main',
  baselineSource: 'measured',
  durationMs: 72_300,
  totals: [
    row('instructions', 603_241, 603_307, { limit: limit(2), noise: 0.0002 }),
    row('collection', 41_020, 41_160, { noise: 0.011 }),
    ...cpuRows,
    row('objects', 469.8, 469.8, { limit: limit(1) }),
    row('bytes', 42_537, 42_537, { unit: 'bytes', limit: limit(2) }),
    ...ioRows,
  ],
  causes: [],
  moved: [],
  unchanged: [],
  noisy: [],
  notes: [],
  missing: [],
  sensitivity: [
    { metric: 'instructions', ratio: 0.0006 },
    { metric: 'objects', ratio: 0 },
    { metric: 'bytes', ratio: 0 },
  ],
  reproduce: 'npx perf-gate run --base 88d0e14',
  directory: 'perf-gate-out/',
};

export const fail: Report = {
  ...pass,
  verdict: 'fail',
  totals: [
    row('instructions', 603_241, 648_090, { limit: limit(2), noise: 0.0002, status: 'over' }),
    row('collection', 41_020, 44_160, { noise: 0.011 }),
    row('cpu', 61_200, 66_000, {
      unit: 'ns',
      limit: limit(5),
      status: 'unjudged',
      uncertainty: { kind: 'spread', sd: 0.023, rounds: 5 },
    }),
    cpuRows[1]!,
    row('objects', 469.8, 509.8, { limit: limit(1), status: 'over' }),
    row('bytes', 42_537, 43_817, { unit: 'bytes', limit: limit(2), status: 'over' }),
    ...ioRows,
  ],
  causes: [
    cause('main.hashItems', {
      file: 'orders.go',
      line: 37,
      explanation: { kind: 'line', base: 400, head: 440 },
      effects: [
        effect('instructions', 530_100, 43_120, { explains: 0.9615 }),
        effect('objects', 400, 40, { explains: 1 }),
        effect('bytes', 12_800, 1280, { explains: 1, limit: limit(10), status: 'within' }),
      ],
      timeNs: 4380,
      consequences: ['main.orders', 'net/http.HandlerFunc.ServeHTTP'],
    }),
    cause('example.com/shop/internal/pricing.(*Calculator).Total', {
      file: 'internal/pricing/calculator.go',
      line: 112,
      changedBy: 'uses pricing.Rounds',
      explanation: { kind: 'per-call', calls: 40, ratio: 0.12 },
      effects: [effect('instructions', 10_400, 1250, { explains: 0.028, limit: limit(1, 'perf-gate.yml:31') })],
      timeNs: 131,
      consequences: ['example.com/shop/internal/api.(*Server).list', 'a.A', 'b.B', 'c.C', 'd.D'],
    }),
  ],
  unchanged: [
    {
      metric: 'instructions',
      base: 61_200,
      head: 62_600,
      change: 0.0023,
      functions: [
        { function: 'runtime: collection', rise: 1190 },
        { function: 'sort.pdqsort', rise: 160 },
      ],
    },
  ],
};

/** Each way in which a function can be dearer, and each way in which the commit can have come by it. */
export const explanations: Report = {
  ...fail,
  causes: [
    cause('main.orders', {
      file: 'cmd/orders/main.go',
      line: 44,
      explanation: { kind: 'calls', base: 40, head: 44 },
      effects: [effect('instructions', 41_000, 4100, { explains: 0.4 })],
    }),
    cause('example.com/shop/store.(*Store).find', {
      file: 'internal/store/store.go',
      line: 9,
      explanation: { kind: 'new' },
      effects: [effect('objects', 0, 12, { relative: 0.026, explains: 0.3 })],
    }),
    cause('github.com/fxamacker/cbor/v2.(*decoder).parseToValue', {
      file: '/home/runner/go/pkg/mod/github.com/fxamacker/cbor/v2@v2.7.0/decode.go',
      line: 1204,
      isFileInRepository: false,
      module: { path: 'github.com/fxamacker/cbor/v2', base: 'v2.6.0', head: 'v2.7.0' },
      explanation: { kind: 'per-call', calls: 1, ratio: 2.4 },
      effects: [
        effect('instructions', 4000, 9600, { explains: 0.21 }),
        effect('bytes', 640, 1540, { explains: 0.9, limit: limit(10) }),
      ],
    }),
    cause('example.com/shop/page.render', {
      changedBy: 'embed page.html.tmpl',
      file: 'page/page.go',
      line: 80,
      explanation: { kind: 'per-call', calls: 0.25, ratio: 0.065 },
      effects: [effect('instructions', 9000, 590, { explains: 0.013 })],
    }),
    cause('example.com/shop/simd.sum', {
      changedBy: 'assembly',
      effects: [
        effect('cpu', 3100, 310, { limit: limit(10), status: 'within' }),
        effect('instructions', 9000, 0.4, { status: 'ignored' }),
      ],
    }),
    cause('example.com/shop/digest.Sum', {
      changedBy: undefined,
      explanation: { kind: 'line', base: 0, head: 1200 },
      effects: [effect('instructions', 120_000, 12_000, { explains: 0.27 })],
    }),
  ],
  unchanged: [],
};

export const answers: Report = {
  ...pass,
  notes: [
    { code: 'cpu-not-judged', text: 'cpu time is shown and not judged' },
    { code: 'answers-differ', text: 'GET /orders answers 1 204 bytes in head, 3 120 in base' },
    { code: 'answers-differ', text: 'DELETE /orders/{id} answers 204 in head, 200 in base' },
  ],
};

export const sameCode: Report = {
  ...pass,
  isSameCode: true,
  durationMs: 8230,
  totals: [],
  sensitivity: [],
};

export const newService: Report = {
  ...pass,
  isNewService: true,
  baselineSource: undefined,
  totals: pass.totals.map(({ unit, name, head, uncertainty }) => ({
    ...{ name, unit, head, uncertainty, base: 0, change: undefined, limit: undefined },
    status: 'unjudged' as const,
  })),
  notes: [{ code: 'new-service', text: 'the base has no package ./cmd/orders: the service is new' }],
  sensitivity: [],
};

export const missingValgrind: Report = {
  ...pass,
  totals: pass.totals.filter(({ name }) => name !== 'instructions' && name !== 'collection'),
  missing: [
    {
      instrument: 'instructions',
      reason: 'valgrind is not installed',
      hint: "install the distribution's package: apt-get install valgrind, dnf install valgrind, apk add valgrind",
    },
    { instrument: 'cpu', reason: 'it was measured on the head only' },
  ],
  unjudged: ['instructions'],
  sensitivity: pass.sensitivity.slice(1),
};

export const waived: Report = {
  ...pass,
  totals: [
    row('instructions', 603_241, 617_700, { limit: limit(2), noise: 0.0002, status: 'waived' }),
    ...pass.totals.slice(1),
  ],
  causes: [
    cause('main.hash', {
      file: 'hash.go',
      line: 12,
      explanation: { kind: 'per-call', calls: 400, ratio: 0.104 },
      effects: [
        effect('instructions', 139_000, 14_459, {
          explains: 1,
          status: 'waived',
          waiver: { reason: 'stronger hash, #412', until: '2026-12-31' },
        }),
      ],
      timeNs: 1400,
    }),
  ],
};

export const moved: Report = {
  ...pass,
  head: { ...pass.head, isDirty: true },
  moved: [
    { function: 'example.com/shop/internal/api.encodeOrder', metric: 'instructions', rise: 12_060, netRise: 0 },
    { function: 'example.com/shop/internal/api.encodeOrder', metric: 'objects', rise: 4, netRise: 0 },
    { function: 'main.writeAll', metric: 'instructions', rise: 3400, netRise: 170 },
  ],
};

export const inconclusive: Report = {
  ...pass,
  verdict: 'inconclusive',
  totals: [
    row('instructions', 603_241, 617_120, { limit: limit(2), noise: 0.0081, status: 'close' }),
    ...pass.totals.slice(1),
  ],
  noisy: [
    { function: 'example.com/shop/internal/cache.(*LRU[...]).Get', metric: 'instructions', netRise: 5100, noise: 4800 },
  ],
  notes: [
    {
      code: 'rule-matches-nothing',
      text: 'perf-gate.yml:31: "example.com/shop/pricing.*" matches no function that ran: its limit guards nothing',
    },
  ],
  sensitivity: [{ metric: 'instructions', ratio: 0.0243 }, ...pass.sensitivity.slice(1)],
};

/** The commit moves the load, and allows itself more. */
export const ownRules: Report = {
  ...pass,
  verdict: 'inconclusive',
  notes: [
    {
      code: 'config-changed',
      text: 'both sides were built and loaded as this commit says and not as the base does (load.requests: GET /orders), so a pass would not be one by the base',
    },
    { code: 'setup-changed-files', text: 'service.setup replaced files of the head before it was compiled: greet.go' },
  ],
  configChanges: [
    {
      ...{ key: 'load.requests: GET /orders', base: 'GET /orders?limit=40|80', head: 'none', kind: 'loosened' },
      ...{ at: 'services/shop/perf-gate.yml:9', counts: 'head' },
    },
    {
      ...{ key: 'limits.objects.total', base: '+1%', head: '+99999%', kind: 'loosened' },
      ...{ at: '--set limits.objects.total', counts: 'base' },
    },
    { key: 'limits.bytes.floor', base: '64', head: '50%', kind: 'changed', at: 'perf-gate.yml:14', counts: 'both' },
  ],
};

/** A total is over its limit, and nothing that the commit changed is to blame. */
export const unexplained: Report = {
  ...fail,
  causes: [],
  totals: [
    row('instructions', 603_241, 618_900, { limit: limit(2), noise: 0.0002, status: 'over' }),
    ...pass.totals.slice(1),
  ],
  unchanged: [
    {
      metric: 'instructions',
      base: 590_000,
      head: 605_500,
      change: 0.0257,
      functions: [{ function: 'encoding/json.(*encodeState).string', rise: 14_200 }],
    },
  ],
};

/** What is paid in a request and came from elsewhere: from what ran before, from the collector, from a new wrapper. */
export const elsewhere: Report = {
  ...unexplained,
  totals: [
    row('instructions', 603_241, 638_900, { limit: limit(2), noise: 0.0002, status: 'over' }),
    row('collection', 41_020, 61_160, { noise: 0.011 }),
    ...pass.totals.slice(2),
  ],
  collector: {
    rise: 20_140,
    explains: 0.565,
    parts: [
      { part: 'one collection', base: 1_400_000, head: 1_890_000 },
      { part: 'allocated', base: 42_537, head: 42_537 },
      { part: 'distance', base: 4_190_000, head: 3_800_000 },
    ],
  },
  unchanged: [{ ...unexplained.unchanged[0]!, within: [{ function: 'main.inBin', rise: 15_100 }] }],
  suspects: [
    {
      kind: 'build',
      name: 'go 1.21 -> 1.22 in go.mod',
      detail:
        'each iteration of a loop has variables of its own, and a closure or a pointer that keeps one allocates it',
    },
    { kind: 'build', name: 'defaults of GODEBUG: no longer httpmuxgo121=1' },
    { kind: 'declaration', name: 'main.schema', usedIn: ['main.routes'], file: 'main.go', line: 57, ran: false },
    { kind: 'function', name: 'main.load', detail: 'embed words.txt', file: 'load.go', line: 7, ran: true },
    { kind: 'file', name: 'settings.json' },
    { kind: 'module', name: 'golang.org/x/text', detail: 'v0.3.0 -> v0.4.0' },
  ],
  moved: [{ function: 'main.withMetrics', metric: 'instructions', rise: 55_431, netRise: 0, isAround: true }],
};

export const invalid: Report = {
  ...pass,
  verdict: 'invalid',
  totals: [],
  sensitivity: [],
  notes: [{ code: 'load-failed', text: '3.0 % of the requests to head failed (30 of 1000)' }],
};

/** What a name, a reason or a version would do to a terminal or a comment if it could. */
export const NASTY = [
  'main.`x`|y<b onload=alert(1)>@octocat #1\n# heading\r\n\u001B[31mred\u001B]0;title\u0007\u202Eevil\u2066',
  'example.com/m.Map[go.shape.[]*example.com/m.Pair[string,int]|``|]',
  `pkg.${'veryLongName'.repeat(40)}\u{1F680}`,
  '<!-- perf-gate --> </details> [link](https://evil.example) ![i](x) www.evil.example GH-7 $x^2$ $$y$$',
  '1. - * + > _a_ ~~b~~ &lt; \\| ``` \uD800 a@b.example',
];

export const hostile: Report = {
  ...fail,
  service: NASTY[0]!,
  baseReason: NASTY[3]!,
  reproduce: NASTY[4]!,
  directory: NASTY[0]!,
  tool: NASTY[3]!,
  head: { commit: NASTY[0]!, version: NASTY[1]!, isDirty: true },
  causes: NASTY.map((name) =>
    cause(name, {
      file: name,
      line: 1,
      changedBy: name,
      explanation: { kind: 'line', base: 1, head: 2 },
      effects: [
        effect('instructions', 100, 50, { status: 'waived', waiver: { reason: name, until: name } }),
        effect('objects', 1, 1),
      ],
      consequences: NASTY,
    }),
  ),
  moved: NASTY.map((name) => ({ function: name, metric: 'objects', rise: 3, netRise: 0 })),
  noisy: NASTY.map((name) => ({ function: name, metric: 'bytes', netRise: 300, noise: 200 })),
  notes: NASTY.map((text) => ({ code: text, text })),
  configChanges: NASTY.map((text) => ({
    ...{ key: text, base: text, head: text, at: text },
    ...{ kind: 'loosened', counts: 'both' },
  })),
  missing: [{ instrument: 'io', reason: NASTY[0]!, hint: NASTY[3]! }],
  suspects: NASTY.flatMap((name) => [
    { kind: 'build' as const, name, detail: name },
    { kind: 'declaration' as const, name, usedIn: NASTY, file: name, line: 1, ran: false },
  ]),
};
