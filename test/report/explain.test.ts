/** perf-gate explain as text. The golden files are for reading; UPDATE_GOLDEN=1 rewrites them. */
import { describe, expect, test } from '@jest/globals';
import type { Inspection, JudgedMetricOfFunction } from '../../src/compare/inspect.ts';
import { renderInspection } from '../../src/report/explain.ts';
import { expectGolden } from './golden.ts';
import { limit, NASTY } from './reports.ts';

const both = (base: number | undefined, head: number | undefined) => ({ base, head });
const nobody = both(undefined, undefined);

const judged = (changes: Partial<JudgedMetricOfFunction>): JudgedMetricOfFunction => ({
  metric: 'instructions',
  base: 8273,
  head: 80_349,
  netRise: 72_076,
  relative: 8.712,
  noise: 12,
  floor: 603,
  isBelowFloor: false,
  limit: limit(5, 'perf-gate.yml:29'),
  status: 'over',
  waiver: undefined,
  ...changes,
});

const pair: Inspection = {
  function: 'example.com/shop/api.describe',
  names: ['example.com/shop/api.describe'],
  service: 'orders',
  base: { commit: '88d0e14c2f0a4a0f6d1b7e9d8a5b4c3d2e1f0a9b', version: 'v1', isDirty: false },
  head: { commit: '3f2a91c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1', version: 'v2', isDirty: true },
  place: { file: 'internal/api/list.go', line: 114 },
  change: { changedBy: 'source', module: undefined, isChanged: true },
  metrics: [
    { name: 'instructions', unit: 'count', ...both(8289, 80_817) },
    { name: 'own instructions', unit: 'count', ...both(2711, 4005) },
    { name: 'calls', unit: 'count', ...both(22.857, 22.857) },
    { name: 'cpu time', unit: 'ns', ...both(1100, 8350) },
    { name: 'own cpu time', unit: 'ns', ...both(0, 0) },
    { name: 'objects', unit: 'count', ...both(0, 121.1) },
  ],
  sharedMetric: 'instructions',
  callers: [
    {
      function: 'example.com/shop/api.(*summarizer).summarize',
      ...both(8000, 80_000),
      share: 0.99,
      calls: both(20, 20),
    },
    { function: undefined, ...both(289, 817), share: 0.01, calls: nobody },
  ],
  callees: [
    { function: 'fmt.Sprintf', ...both(0, 76_812), share: 0.95, calls: both(undefined, 59.4) },
    { function: undefined, ...both(2711, 4005), share: 0.05, calls: nobody },
    { function: 'strconv.AppendInt', ...both(3777, 0), share: 0, calls: nobody },
  ],
  lines: [
    {
      file: 'internal/api/list.go',
      line: 118,
      in: 'head',
      change: 'same',
      ran: both(36.6, 36.6),
      cost: both(339, 375),
    },
    { file: 'internal/api/list.go', line: 120, in: 'base', change: 'removed', ran: both(59.4, 0), cost: both(3919, 0) },
    { file: 'internal/api/list.go', line: 120, in: 'head', change: 'new', ran: both(0, 59.4), cost: both(0, 79_141) },
    { file: 'internal/api/list.go', line: 121, in: 'head', change: 'changed', ran: nobody, cost: both(60, 80) },
  ],
  allocations: [
    {
      file: 'internal/api/list.go',
      line: 120,
      isGone: false,
      through: 'fmt.Sprintf',
      objects: both(0, 59.4),
      bytes: both(0, 1266),
    },
    {
      file: 'internal/api/list.go',
      line: 122,
      isGone: true,
      through: undefined,
      objects: both(1.7, 0),
      bytes: both(118.9, 0),
    },
  ],
  charges: [{ function: 'example.com/shop/api.describe', ...both(2711, 4005) }],
  judged: [judged({})],
};

const SOURCE: Readonly<Record<string, string>> = {
  'base 120': '\t\tline = strconv.AppendInt(line, int64(item.Quantity), 10)',
  'head 120': '\t\tline = append(line, fmt.Sprintf("%d x %s", item.Quantity, item.Name)...)',
};
const options = { limit: 10, source: ({ in: side, line }: { in: string; line: number }) => SOURCE[`${side} ${line}`] };

const single: Inspection = {
  ...pair,
  base: undefined,
  change: undefined,
  metrics: pair.metrics.map((row) => ({ ...row, base: undefined })),
  callers: [],
  callees: [],
  lines: pair.lines.slice(0, 1).map((line) => ({ ...line, ran: both(undefined, 36.6), cost: both(undefined, 375) })),
  allocations: [],
  charges: [],
  judged: undefined,
};

describe('as text', () => {
  test('of two sides', () => expectGolden('./golden/explain-pair.txt', renderInspection(pair, options)));

  test('of a single side', () => expectGolden('./golden/explain-side.txt', renderInspection(single, options)));

  test('lists are cut at the limit, but for lines that the commit touched', () => {
    const text = renderInspection(pair, { ...options, limit: 1 });
    expect(text).not.toContain('strconv.AppendInt\n');
    expect(text.match(/… and \d more, see --limit/g)).toEqual([
      '… and 1 more, see --limit',
      '… and 2 more, see --limit',
      '… and 1 more, see --limit',
      '… and 1 more, see --limit',
    ]);
    expect(text).toMatch(/-120 .*\n.*\+120 .*\n.*~121 /);
    expect(text).not.toMatch(/^ *118 /m);
  });

  test('what was never called says why that may be', () => {
    const metrics = [{ name: 'calls', unit: 'count', ...both(0, 0) } as const];
    expect(renderInspection({ ...pair, metrics }, options)).toContain('no call of it was counted: it is inlined');
  });
});

describe('the judgement', () => {
  const sayings = (changes: Partial<Inspection>) => {
    const text = renderInspection({ ...pair, ...changes }, options);
    return text.slice(text.indexOf('  judged\n')).replaceAll(/\s+/g, ' ').trim();
  };

  test.each<[string, Partial<JudgedMetricOfFunction>, string]>([
    ['over', {}, 'over the limit +5 % (perf-gate.yml:29)'],
    ['within', { status: 'within' }, 'within the limit +5 % (perf-gate.yml:29)'],
    ['too small', { status: 'within', isBelowFloor: true }, 'too small to matter: the floor is 603 a request'],
    ['not limited', { status: 'within', limit: undefined }, 'not judged: the limit is off'],
    ['ignored', { status: 'ignored' }, 'not judged: the config ignores the function'],
    ['noisy', { status: 'noisy', noise: 40_000 }, 'but not clearly: the same code differs by 40 000 from run to run'],
    ['moved', { status: 'moved', netRise: 12 }, 'of the rise of 72 076 its callers saved all but 12 elsewhere'],
    [
      'waived',
      {
        status: 'waived',
        waiver: {
          function: 'describe',
          metric: 'instructions',
          upTo: { ratio: 9, text: '+900%', at: undefined },
          until: '2026-12-31',
          reason: 'agreed, #412',
          at: 'perf-gate.yml:40',
        },
      },
      'waived until 2026-12-31: agreed, #412',
    ],
  ])('%s', (_, changes, words) => expect(sayings({ judged: [judged(changes)] })).toContain(words));

  test('of what the commit left alone says who answers for it', () => {
    const change = { changedBy: undefined, module: undefined, isChanged: false };
    const charges = [{ function: 'main.hash', ...both(300, 360) }];
    expect(sayings({ change, judged: [], charges })).toBe(
      'judged not judged by itself: the commit did not change it its own instructions are charged to main.hash (300 -> 360)',
    );
    expect(sayings({ change, judged: [], charges: [{ function: undefined, ...both(1, 1) }] })).toBe(
      'judged not judged: the commit changed neither it nor anything that calls it',
    );
  });

  test('that could not be made says why', () => {
    const text = renderInspection(
      { ...pair, judged: undefined },
      { ...options, unjudged: 'there is no perf-gate.yml' },
    );
    expect(text).toContain('  not judged: there is no perf-gate.yml\n');
  });
});

test('no name reaches the terminal as anything but text', () => {
  for (const name of NASTY) {
    const hostile: Inspection = {
      ...pair,
      function: name,
      names: [name, name],
      service: name,
      head: { commit: name, version: name, isDirty: false },
      place: { file: name, line: 1 },
      change: { changedBy: name, module: undefined, isChanged: true },
      callers: [{ ...pair.callers[0]!, function: name }],
      callees: [{ ...pair.callees[0]!, function: name }],
      lines: pair.lines.map((line) => ({ ...line, file: name })),
      allocations: pair.allocations.map((site) => ({ ...site, file: name, through: name })),
      charges: [{ function: name, ...both(1, 2) }],
      judged: [judged({ limit: limit(5, name) })],
    };
    const text = renderInspection(hostile, { limit: 10, source: () => name, unjudged: name });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  }
});
