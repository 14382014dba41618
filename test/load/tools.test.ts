/** Every load tool passes one contract, on what the real tool wrote (test/fixtures/load-tools). */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { LOAD_TOOLS, type LoadToolName } from '../../src/config/config.ts';
import { TOOLS, toolIn } from '../../src/load/tools/list.ts';
import { type Tally, UnreadableOutput } from '../../src/load/tools/tool.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/load-tools', import.meta.url));

const fixture = (name: string) => readFileSync(`${FIXTURES}/${name}`, 'utf8');

/** Reads an output: of k6 what is in its summary's file, of the others what they wrote. */
function tally(tool: LoadToolName, text: string): Tally {
  const isSummary = tool === 'k6' && !text.startsWith('stdout:');
  const stdout = text.replace(/^stdout:/, '');
  return TOOLS[tool].tally(isSummary ? { stdout: '', summary: text } : { stdout, summary: undefined });
}

interface Recorded {
  readonly tool: LoadToolName;
  /** 200 requests, all of them answered well. */
  readonly good: string;
  readonly answered: Partial<Tally>;
  /** What tells the number of requests, in a way that it can be replaced. */
  readonly count: RegExp;
  /** Other runs, with what came of them. */
  readonly others: readonly (readonly [what: string, output: string, tally: Partial<Tally>])[];
}

const ANSWERED = { requests: 200, failed: 0, error: undefined };
const ALL_GOOD = { ...ANSWERED, byStatus: { 200: 200 } };
const NOBODY = 'connection refused';

/** As --summary-export writes what check() of a script has counted. */
const withChecks = (summary: string, fails: number) =>
  summary.replace('"http_req_failed": {', `"checks": { "passes": 200, "fails": ${fails}, "value": 0.5 },\n$&`);

const recorded: readonly Recorded[] = [
  {
    tool: 'hey',
    good: fixture('hey/answered.out'),
    answered: { ...ALL_GOOD, bytesReceived: 1200 },
    count: /200(?= responses)/,
    others: [
      [
        'some refused',
        fixture('hey/some-refused.out'),
        { requests: 40, failed: 10, byStatus: { 200: 40, 503: 10 }, error: 'answers of status 503 (10)' },
      ],
      [
        'nobody listens',
        fixture('hey/nobody-listens.out'),
        { requests: 0, failed: 5, byStatus: {}, latencyMs: undefined, error: expect.stringContaining(NOBODY) as never },
      ],
    ],
  },
  {
    tool: 'wrk',
    good: fixture('wrk/answered.out').replace(/\d+ requests in/, '200 requests in'),
    answered: { ...ANSWERED, byStatus: {} },
    count: /200(?= requests in)/,
    others: [
      [
        'some refused',
        'Running\n  50 requests in 1.01s, 0.97MB read\n  Non-2xx or 3xx responses: 10\nRequests/sec: 50\n',
        { requests: 40, failed: 10, durationMs: 1010, bytesReceived: 0.97 * 2 ** 20, latencyMs: undefined },
      ],
    ],
  },
  {
    tool: 'autocannon',
    good: fixture('autocannon/answered.out'),
    answered: { ...ALL_GOOD, unanswered: 0 },
    count: /(?<="count":)200/,
    others: [
      [
        'some refused',
        fixture('autocannon/some-refused.out'),
        { requests: 40, failed: 10, byStatus: { 200: 40, 503: 10 }, error: 'answers of status 503 (10)' },
      ],
      ['some cut in the middle', fixture('autocannon/some-cut.out'), { requests: 40, failed: 0, unanswered: 10 }],
      ['nobody listens', fixture('autocannon/nobody-listens.out'), { requests: 0, failed: 5, unanswered: 0 }],
    ],
  },
  {
    tool: 'k6',
    good: fixture('k6/answered.summary'),
    answered: ANSWERED,
    count: /(?<="http_reqs": \{\s*(?:"rate": [\d.]+,\s*)?"count": )200/,
    others: [
      ['some refused', fixture('k6/some-refused.summary'), { requests: 40, failed: 10 }],
      ['nobody listens', fixture('k6/nobody-listens.summary'), { requests: 0, failed: 5 }],
      [
        'some answers that its checks refuse',
        withChecks(fixture('k6/answered.summary'), 30),
        { requests: 170, failed: 30 },
      ],
      ['several checks of an answer', withChecks(fixture('k6/answered.summary'), 500), { requests: 0, failed: 200 }],
      ['checks that all hold', withChecks(fixture('k6/answered.summary'), 0), ANSWERED],
      ['refused, and checked', withChecks(fixture('k6/some-refused.summary'), 10), { requests: 40, failed: 10 }],
      [
        'its own summary, with checks',
        `stdout:${fixture('k6/handle-summary.out').replace('"http_req_failed":', '"checks":{"values":{"passes":9,"fails":1}},$&')}`,
        { requests: 199, failed: 1, error: 'checks of the script failed' },
      ],
      ['its own summary', `stdout:${fixture('k6/handle-summary.out')}`, ANSWERED],
      [
        'its own summary, some refused',
        `stdout:\ntime="2026-11-21T17:35:38Z" level=warning msg="slow"\n${fixture('k6/handle-summary-some-refused.out')}`,
        { requests: 40, failed: 10 },
      ],
    ],
  },
  {
    tool: 'ghz',
    good: fixture('ghz/answered.out'),
    answered: { ...ANSWERED, byStatus: { OK: 200 } },
    count: /(?<="count":)200/,
    others: [
      [
        'some refused',
        fixture('ghz/some-refused.out'),
        {
          requests: 40,
          failed: 10,
          byStatus: { OK: 40, NotFound: 10 },
          error: 'rpc error: code = NotFound desc = no such service',
        },
      ],
      [
        'nobody listens',
        fixture('ghz/nobody-listens.out'),
        { requests: 0, failed: 5, latencyMs: undefined, error: expect.stringContaining(NOBODY) as never },
      ],
    ],
  },
  {
    tool: 'oha',
    good: fixture('oha/answered.out'),
    answered: { ...ALL_GOOD, unanswered: 0, bytesReceived: 1200 },
    count: /(?<="200": )200/,
    others: [
      [
        'some refused',
        fixture('oha/some-refused.out'),
        { requests: 40, failed: 10, byStatus: { 200: 40, 503: 10 }, error: 'answers of status 503 (10)' },
      ],
      [
        'some cut in the middle',
        fixture('oha/some-cut.out'),
        { requests: 40, failed: 10, error: 'connection closed before message completed' },
      ],
      ['a window, cut at its end', fixture('oha/window.out'), { failed: 0, unanswered: 2, error: undefined }],
      [
        'nobody listens',
        fixture('oha/nobody-listens.out'),
        { requests: 0, failed: 5, byStatus: {}, latencyMs: undefined, error: 'Connection refused (os error 111)' },
      ],
    ],
  },
  {
    tool: 'vegeta',
    good: fixture('vegeta/answered.out'),
    answered: { ...ALL_GOOD, durationMs: 42.21, bytesReceived: 1200 },
    count: /(?<="requests":)200/,
    others: [
      [
        'some refused',
        fixture('vegeta/some-refused.out'),
        { requests: 40, failed: 10, error: '503 Service Unavailable' },
      ],
      ['nobody listens', fixture('vegeta/nobody-listens.out'), { requests: 0, failed: 5, byStatus: {} }],
    ],
  },
  {
    tool: 'json',
    good: 'sending to http://127.0.0.1:41234\n{"requests": 200, "errors": 0}\n',
    answered: { requests: 200, failed: 0, byStatus: {}, latencyMs: undefined, durationMs: undefined },
    count: /(?<="requests": )200/,
    others: [
      [
        'some refused',
        '{"note": 1}\n{"requests": 50, "errors": 10, "more": {"than": "that"}}',
        { requests: 40, failed: 10 },
      ],
      ['none sent', '{"requests": 0, "errors": 0}', { requests: 0, failed: 0 }],
    ],
  },
];

test('no tool is left out', () => {
  expect(recorded.map(({ tool }) => tool).sort()).toEqual([...LOAD_TOOLS].sort());
});

describe.each(recorded)('$tool', ({ tool, good, answered, count, others }) => {
  test('200 requests, all answered', () => {
    expect(tally(tool, good)).toMatchObject(answered);
  });

  test('tells how long they took, where it tells that at all', () => {
    const { latencyMs, durationMs } = tally(tool, good);
    if (tool === 'json') return;
    expect(durationMs).toBeGreaterThan(0);
    expect(durationMs).toBeLessThan(60_000);
    const { p50, p90, p99, max, mean } = latencyMs!;
    expect([p50, p90, p99, max]).toEqual([p50, p90, p99, max].toSorted((a, b) => a - b));
    expect(max).toBeGreaterThan(0.05);
    expect(max).toBeLessThan(1000);
    expect(mean).toBeLessThan(max);
  });

  test.each(others)('%s', (_, output, expected) => {
    expect(tally(tool, output)).toMatchObject(expected);
  });

  test.each([
    ['nothing', ''],
    ['empty lines', '\n\n\n'],
    ['another program', 'usage: load [options] URL\n'],
    ['an empty JSON document', '{}'],
    ['a JSON document of something else', '{"requests": {"total": {}}, "count": [], "metrics": 5, "summary": null}'],
    ['a list', '[1, 2]'],
    ['half of a JSON document', '{"requests": 20'],
    ['bytes', '\u0000\ufffd\u001b[2J\r\n{'],
    ['braces alone', '}{'],
    ['a deep document', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
  ])('refuses %s', (_, output) => {
    expect(() => tally(tool, output)).toThrow(UnreadableOutput);
  });

  test.each(['1e308', 'NaN', '-1', '1.5', '"200"', 'null', '1e13', 'Infinity', '[200]', '200e'])(
    'refuses %s requests',
    (text) => {
      const output = good.replace(count, text);
      expect(output).not.toBe(good);
      expect(() => tally(tool, output)).toThrow(UnreadableOutput);
    },
  );

  test('never counts more than it says, wherever its output ends', () => {
    for (let end = 0; end < good.length; end += 3) {
      const found = countedIn(tool, good.slice(0, end));
      expect(found === undefined || found <= 200).toBe(true);
    }
  });

  test('refuses the reports of two runs: the requests of one would stand for both', () => {
    const both = `${good.trimEnd()}\n${good}`;
    // Of any program the last line counts; whoever writes it can add up.
    if (tool === 'json') expect(tally(tool, both).requests).toBe(200);
    else expect(() => tally(tool, both)).toThrow(UnreadableOutput);
  });
});

function countedIn(tool: LoadToolName, output: string): number | undefined {
  try {
    return tally(tool, output).requests;
  } catch (error) {
    if (error instanceof UnreadableOutput) return undefined;
    throw error;
  }
}

test('statuses that do not add up to the requests are refused', () => {
  const vegeta = fixture('vegeta/some-refused.out').replace('"503":10', '"503":9');
  expect(() => tally('vegeta', vegeta)).toThrow('it has 49 status_codes for 50 requests');
  const ghz = fixture('ghz/some-refused.out').replace('"NotFound":10', '"NotFound":9');
  expect(() => tally('ghz', ghz)).toThrow('it has 49 statuses for a count of 50');
});

test('a time that is none is not known, and nothing else is lost by it', () => {
  const hey = fixture('hey/answered.out').replace(/Total:\t\S+/, 'Total:\t1.2.3');
  expect(tally('hey', hey)).toMatchObject({ requests: 200, durationMs: undefined });
  const wrk = fixture('wrk/answered.out').replace(/in \S+s, \S+ read/, 'in 1.0.4s, 1.2.3MB read');
  expect(tally('wrk', wrk)).toMatchObject({ failed: 0, durationMs: undefined, bytesReceived: 0 });
  const vegeta = fixture('vegeta/answered.out')
    .replace('"duration":42000000', '"duration":-1')
    .replace('"50th":', '"p50":');
  expect(tally('vegeta', vegeta)).toMatchObject({ requests: 200, durationMs: undefined, latencyMs: undefined });
});

test('hey in CSV, which has no totals, is refused', () => {
  expect(() => tally('hey', fixture('hey/csv.out'))).toThrow('there is no "Summary:" in it');
});

test('real windows of wrk: what it cut itself at the end is nowhere, refused and broken requests are', () => {
  const refused = tally('wrk', fixture('wrk/some-refused.out'));
  const all = Number(/(\d+) requests in/.exec(fixture('wrk/some-refused.out'))![1]);
  expect(refused.requests + refused.failed).toBe(all);
  expect(refused.failed / all).toBeCloseTo(0.2, 2);
  const cut = tally('wrk', fixture('wrk/some-cut.out'));
  expect(cut.failed / cut.requests).toBeCloseTo(0.25, 2);
  expect(cut.error).toMatch(/^socket errors: connect 0, read \d+, write 0, timeout 0$/);
});

test('a window of autocannon: one request a connection is under way at its end', () => {
  const { requests, failed, unanswered } = tally('autocannon', fixture('autocannon/window.out'));
  expect(requests).toBeGreaterThan(1000);
  expect(failed).toBe(0);
  expect(unanswered).toBeLessThanOrEqual(2);
});

test.each([
  ['hey -n {requests} {url}/', 'hey', 'hey'],
  ['/opt/bin/k6 run load.js', 'k6', '/opt/bin/k6'],
  ['npx -y autocannon --json {url}', 'autocannon', 'npx -y autocannon'],
  ['npx autocannon --json {url}', 'autocannon', 'npx autocannon'],
  ['TOKEN=abc nice -n 5 oha -n {requests} {url}', 'oha', 'TOKEN=abc nice -n 5 oha'],
  ['echo "GET {url}" | vegeta attack -rate=0 | vegeta report -type=json', 'vegeta', 'vegeta'],
  ['cd load && ghz --insecure 127.0.0.1:{port}', 'ghz', 'ghz'],
  ['"./node_modules/.bin/autocannon" {url}', 'autocannon', '"./node_modules/.bin/autocannon"'],
  ['./load.sh {url} {requests}', 'json', undefined],
  ['echo wrk {url}', 'json', undefined],
  ['json {url}', 'json', undefined],
])('%s is a command of %s', (command, name, program) => {
  expect(toolIn(command, undefined)).toEqual({ tool: TOOLS[name as LoadToolName], program });
});

test('a tool that the config names is the one, also where it is called by a script', () => {
  expect(toolIn('./load.sh {url}', 'k6')).toEqual({ tool: TOOLS.k6, program: undefined });
  expect(toolIn('hey {url} && k6 run load.js', 'k6')).toEqual({ tool: TOOLS.k6, program: 'k6' });
  expect(toolIn('hey {url} | ./sum.sh', 'json')).toEqual({ tool: TOOLS.json, program: undefined });
});
