/** Any report that the types allow, with names that nobody should trust. */
import fc, { type Arbitrary } from 'fast-check';
import type { Explanation, Report, ReportedLimit, TotalRow } from '../../src/compare/report.ts';
import { VERDICTS } from '../../src/compare/report.ts';
import { DIFFERENCE_KINDS } from '../../src/config/differences.ts';
import { INSTRUMENTS, METRICS, type RowName } from '../../src/model/metrics.ts';
import { NASTY } from './reports.ts';

const token = fc.constantFrom(
  ...[
    '`',
    '``',
    '|',
    '\\',
    '\\|',
    '<',
    '>',
    '&',
    '@octocat',
    '#12',
    '*',
    '_',
    '[x](y)',
    '!',
    '~~',
    '$',
    '$$',
    '](',
    '\n',
    '\r',
    '\u2028',
  ],
  ...[
    '<!--',
    '-->',
    '</details>',
    '<script>',
    'https://e.example',
    'www.e.example',
    'GH-1',
    ' ',
    '  ',
    'a@b.example',
    '\u202E',
    '\u001B[0m',
  ],
  ...[
    'main.F',
    '.func1',
    '\uD800',
    '\uDC00',
    '🚀',
    '日本',
    '1. ',
    '- ',
    '+ ',
    '# ',
    '> ',
    '===',
    '---',
    '\t',
    '"',
    "'",
    'x'.repeat(180),
  ],
);
export const hostileText = fc.oneof(
  fc.array(token, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(...NASTY),
);

const text = hostileText;
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const amount = fc.oneof(fc.double({ min: 0, max: 1e7, noNaN: true }), fc.nat()).map((value) => value + 0);
const ratio = fc.double({ min: -1, max: 10, noNaN: true }).map((value) => value + 0);
const metric = fc.constantFrom(...METRICS);
const maybe = <Value>(value: Arbitrary<Value>) => fc.option(value, { nil: undefined });
const some = <Value>(value: Arbitrary<Value>) => fc.array(value, { maxLength: 4 });

const side = fc.record({
  commit: fc.oneof(text, fc.stringMatching(/^[0-9a-f]{40}$/)),
  version: text,
  isDirty: fc.boolean(),
});
const limit: Arbitrary<ReportedLimit> = fc.record({ ratio: amount, text, at: maybe(text) });
const total: Arbitrary<TotalRow> = fc.record({
  name: fc.constantFrom<RowName>(...METRICS, 'collection', 'system-cpu'),
  unit: fc.constantFrom('count', 'bytes', 'ns'),
  base: number,
  head: number,
  change: maybe(ratio),
  uncertainty: fc.oneof(
    fc.record({ kind: fc.constant('exact' as const), noise: amount }),
    fc.record({ kind: fc.constant('spread' as const), sd: amount, rounds: fc.nat(20) }),
  ),
  limit: maybe(limit),
  status: fc.constantFrom('ok', 'over', 'small', 'close', 'waived', 'unjudged'),
});
const explanation: Arbitrary<Explanation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('line' as const, 'calls' as const), base: amount, head: amount }),
  fc.record({ kind: fc.constant('per-call' as const), calls: amount, ratio }),
  fc.record({ kind: fc.constantFrom('new' as const, 'dearer' as const) }),
) as Arbitrary<Explanation>;

const date = fc.constantFrom('2026-12-31', '2027-01-01');

export const anyReport: Arbitrary<Report> = fc.record({
  schema: fc.constant(1 as const),
  tool: text,
  verdict: fc.constantFrom(...VERDICTS),
  isSameCode: fc.boolean(),
  isNewService: maybe(fc.constant(true as const)),
  service: text,
  scenario: maybe(fc.constantFrom('browse', 'check-out_2')),
  base: side,
  head: side,
  baseReason: text,
  baselineSource: fc.constantFrom('stored' as const, 'measured' as const, undefined),
  durationMs: amount,
  totals: some(total),
  causes: some(
    fc.record({
      function: text,
      file: maybe(text),
      line: maybe(fc.nat()),
      isFileInRepository: fc.boolean(),
      changedBy: maybe(
        fc.oneof(
          text,
          fc.constant('source'),
          text.map((name) => `uses ${name}`),
          text.map((name) => `embed ${name}`),
        ),
      ),
      module: maybe(fc.record({ path: text, base: text, head: text }, { requiredKeys: ['path'] })),
      explanation,
      effects: some(
        fc.record({
          metric,
          base: amount,
          head: amount,
          netRise: number,
          relative: ratio,
          noise: amount,
          limit: maybe(limit),
          status: fc.constantFrom('over', 'within', 'waived', 'ignored'),
          explains: maybe(ratio),
          waiver: maybe(fc.record({ reason: text, until: date })),
        }),
      ),
      timeNs: maybe(amount),
      consequences: some(text),
    }),
  ),
  moved: some(
    fc.record(
      { function: text, metric, rise: number, netRise: amount, isAround: fc.boolean() },
      { requiredKeys: ['function', 'metric', 'rise', 'netRise'] },
    ),
  ),
  unchanged: some(
    fc.record(
      {
        metric,
        base: number,
        head: number,
        change: ratio,
        functions: some(fc.record({ function: text, rise: number })),
        within: some(fc.record({ function: text, rise: number })),
      },
      { requiredKeys: ['metric', 'base', 'head', 'change', 'functions'] },
    ),
  ),
  suspects: some(
    fc.record(
      {
        kind: fc.constantFrom('function', 'declaration', 'file', 'module', 'build'),
        name: text,
        detail: text,
        usedIn: some(text),
        file: text,
        line: amount,
        ran: fc.boolean(),
      },
      { requiredKeys: ['kind', 'name'] },
    ),
  ),
  collector: fc.record({
    rise: number,
    explains: ratio,
    parts: some(
      fc.record({ part: fc.constantFrom('one collection', 'allocated', 'distance'), base: amount, head: amount }),
    ),
  }),
  unjudged: some(metric),
  noisy: some(fc.record({ function: text, metric, netRise: number, noise: amount })),
  notes: some(fc.record({ code: text, text })),
  configChanges: maybe(
    some(
      fc.record({
        key: text,
        base: text,
        head: text,
        kind: fc.constantFrom(...DIFFERENCE_KINDS),
        at: text,
        counts: fc.constantFrom('base', 'head', 'both'),
      }),
    ),
  ),
  missing: some(
    fc.record(
      { instrument: fc.constantFrom(...INSTRUMENTS), reason: text, hint: text },
      { requiredKeys: ['instrument', 'reason'] },
    ),
  ),
  sensitivity: some(fc.record({ metric, ratio: amount })),
  reproduce: fc.constantFrom('npx perf-gate run --base 88d0e14', 'perf-gate run --config "a b/perf-gate.yml"'),
  directory: text,
});
