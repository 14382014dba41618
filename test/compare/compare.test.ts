import { describe, expect, test } from '@jest/globals';
import { MACHINE_CODE } from '../../src/compare/changed-code.ts';
import { compareSides } from '../../src/compare/compare.ts';
import { FrameMaker } from '../../src/compare/side.ts';
import { contradictionIn } from '../../src/report/contradiction.ts';
import { changedIn, limits, type SideText, side } from './sides.ts';

const LIMITS = 'instructions: { total: +2%, function: +5% }\nobjects: { total: +1%, function: +5% }';

function compared(base: SideText, head: SideText, changed: readonly string[], yaml = LIMITS, today = '2026-11-21') {
  const comparison = compareSides({
    base: side('base', base),
    head: side('head', head),
    changes: changedIn(...changed),
    limits: limits(yaml),
    today,
  });
  // What readers of foreign reports hold them to.
  expect(contradictionIn({ ...comparison, isSameCode: false })).toBeUndefined();
  return comparison;
}
const REST = 'main.serve;main.list:20 9000';
const hash = (cost: number) => `main.serve;main.list:22;main.hash:37 ${cost}`;

describe('a function that costs more', () => {
  const outcome = compared({ instructions: [REST, hash(1000)] }, { instructions: [REST, hash(1100)] }, ['main.hash']);

  test('fails the gate, with its line and how often that ran', () => {
    expect(outcome.verdict).toBe('fail');
    expect(outcome.causes).toHaveLength(1);
    expect(outcome.causes[0]).toMatchObject({
      function: 'main.hash',
      file: 'main.go',
      line: 37,
      explanation: { kind: 'line', base: 1000, head: 1100 },
      changedBy: 'source',
      consequences: ['main.list', 'main.serve'],
    });
    expect(outcome.causes[0]?.effects[0]).toMatchObject({ metric: 'instructions', netRise: 100, status: 'over' });
    expect(outcome.causes[0]?.effects[0]?.relative).toBeCloseTo(0.1, 9);
  });

  test('leaves the total within its own limit', () => {
    expect(outcome.totals.find(({ name }) => name === 'instructions')).toMatchObject({
      base: 10_000,
      head: 10_100,
      status: 'ok',
    });
  });

  test('is nothing below the floor, whatever its share of itself', () => {
    const small = compared({ instructions: [REST, hash(5)] }, { instructions: [REST, hash(10)] }, ['main.hash']);
    expect(small.verdict).toBe('pass');
    expect(small.causes).toEqual([]);
  });

  test('is not that the allocator fetches memory on its account, for all', () => {
    const fetch = (cost: number) =>
      `main.serve;main.list:22;main.hash:37;runtime.mallocgc;runtime.(*mcache).refill ${cost}`;
    const sides = (cost: number) => ({ instructions: [REST, hash(1000), fetch(cost)] });
    expect(compared(sides(100), sides(190), ['main.hash']).verdict).toBe('pass');
    expect(compared(sides(100), sides(900), ['main.hash']).totals[0]).toMatchObject({ status: 'over' });
  });

  test('counts from one object, which a measurement may see as a little less', () => {
    const objects = (n: number) => ({
      objects: ['main.serve;main.list:20 40', `main.serve;main.list:22;main.hash:37 ${n}`],
    });
    expect(compared(objects(10), objects(11), ['main.hash'], 'objects: { total: off, function: +5% }').verdict).toBe(
      'fail',
    );
    expect(compared(objects(10), objects(10.9), ['main.hash'], 'objects: { total: off, function: +5% }').verdict).toBe(
      'fail',
    );
    expect(compared(objects(8), objects(8.4), ['main.hash'], 'objects: { total: off, function: +5% }').verdict).toBe(
      'pass',
    );
  });
});

describe('the floor of what is allocated', () => {
  // 100 bytes and two objects more in a function that had few, beside 1350 objects, and beside 90.
  const sides = (rest: number, n: number) => ({
    objects: [`main.serve;main.list:20 ${rest}`, `main.serve;main.list:22;main.hash:37 ${n}`],
  });
  const verdict = (rest: number, rise: number, floors = '') =>
    compared(sides(rest, 8), sides(rest, 8 + rise), ['main.hash'], `objects: { function: +5%${floors} }\nbytes: off`)
      .verdict;

  test('is a share of a large total: nobody wakes up for one object in thousands', () => {
    expect(verdict(90, 1)).toBe('fail');
    expect(verdict(1350, 1)).toBe('pass');
    expect(verdict(1350, 2)).toBe('fail');
  });

  test('is the larger of those that are written', () => {
    expect(verdict(1350, 1, ', floor: 0.5')).toBe('fail');
    expect(verdict(1350, 2, ', floor: [3, "0.1%"]')).toBe('pass');
    expect(verdict(1350, 4, ', floor: [3, "0.1%"]')).toBe('fail');
  });
});

test('a load command that sends other numbers than it is asked for changes nothing per request', () => {
  const sides = (cost: number, n: number) => ({
    instructions: [REST, hash(cost)],
    objects: ['main.serve;main.list:20 40', `main.serve;main.list:22;main.hash:37 ${n}`],
  });
  const [base, head] = [sides(1000, 10), sides(1100, 11)];
  const equal = compared(base, head, ['main.hash']);
  expect(compared({ ...base, sent: 15 }, { ...head, sent: 7 }, ['main.hash'])).toEqual(equal);
  expect(equal.causes[0]?.effects.map(({ metric, base, head }) => [metric, base, head])).toEqual([
    ['instructions', 1000, 1100],
    ['objects', 10, 11],
    ['bytes', 640, 704],
  ]);
});

describe('a total over its limit', () => {
  test('fails, and is explained by the functions that rose most', () => {
    const outcome = compared(
      { instructions: [REST, hash(1000)] },
      { instructions: [REST, hash(1300)] },
      ['main.hash'],
      'instructions: { total: +2%, function: off }',
    );
    expect(outcome.verdict).toBe('fail');
    expect(outcome.causes[0]).toMatchObject({ function: 'main.hash' });
    expect(outcome.causes[0]?.effects[0]).toMatchObject({ status: 'within', explains: 1 });
  });

  test('counts the collector', () => {
    const base = { instructions: [REST], collection: 1000 };
    expect(compared(base, { instructions: [REST], collection: 1300 }, []).verdict).toBe('fail');
  });

  test('fails where nothing that the commit changed explains it, and says what rose', () => {
    const outcome = compared({ instructions: [REST, hash(1000)] }, { instructions: [REST, hash(1300)] }, []);
    expect(outcome.verdict).toBe('fail');
    expect(outcome.causes).toEqual([]);
    expect(outcome.unchanged[0]).toMatchObject({ metric: 'instructions', base: 10_000, head: 10_300 });
    expect(outcome.unchanged[0]?.functions[0]).toMatchObject({ function: 'main.hash', rise: 300 });
  });
});

describe('a total beyond its limit, but below its floor', () => {
  const objects = (n: number) => ({ objects: [`main.serve;main.list:20 ${n}`] });

  test('is no finding, and says so', () => {
    const { verdict, totals } = compared(objects(10), objects(10.4), [], 'objects: { total: +1% }');
    expect(verdict).toBe('pass');
    expect(totals.find(({ name }) => name === 'objects')).toMatchObject({ status: 'small', floor: 0.5 });
  });

  test('is one from the floor on', () => {
    const { verdict, totals } = compared(objects(10), objects(10.5), [], 'objects: { total: +1% }');
    expect(verdict).toBe('fail');
    expect(totals.find(({ name }) => name === 'objects')?.status).toBe('over');
  });

  test('of collections: a share of all instructions', () => {
    const of = (collection: number) => ({ instructions: [REST], collection });
    const status = (head: number) =>
      compared(of(100), of(head), [], 'instructions: { total: off, collection: +2% }').totals[1]?.status;
    expect([status(102), status(109), status(111)]).toEqual(['ok', 'small', 'over']);
  });
});

describe('what is not judged', () => {
  const sides = { objects: ['main.serve;main.list:20 10'] };
  const off = 'objects: { total: off, function: off }\nbytes: { total: off, function: off }';

  test('is no pass: measured, and no limit on it', () => {
    const outcome = compared(sides, sides, [], off);
    expect(outcome.verdict).toBe('invalid');
    expect(outcome.notes.map(({ code }) => code)).toContain('nothing-judged');
  });

  test('is judged where functions have a limit, or a single one has', () => {
    expect(compared(sides, sides, [], off.replace('function: off', 'function: +5%')).verdict).toBe('pass');
    const rule = 'functions: [{ match: "main.list", objects: +1% }]';
    expect(compared(sides, sides, [], `${off}\n${rule}`).verdict).toBe('pass');
  });
});

describe('what is not clear', () => {
  test('a total over its limit by less than its noise is inconclusive', () => {
    const base = { instructions: ['main.serve 10000'], again: ['main.serve 10150'] };
    const outcome = compared(base, { instructions: ['main.serve 10350'] }, []);
    expect(outcome.totals[0]?.status).toBe('close');
    expect(outcome.verdict).toBe('inconclusive');
  });

  test('a total within its limit by chance is inconclusive, unless it fell by more', () => {
    const base = { instructions: ['main.serve 10000'], again: ['main.serve 10300'] };
    const judged = (head: number) => compared(base, { instructions: [`main.serve ${head}`] }, []);
    expect([judged(10_300).totals[0]?.status, judged(10_300).verdict]).toEqual(['close', 'inconclusive']);
    expect(judged(9600).verdict).toBe('pass');
  });

  test('a function too noisy to judge is listed, never dropped', () => {
    const outcome = compared(
      { instructions: [REST, hash(1000)], again: [REST, hash(1060)] },
      { instructions: [REST, hash(1100)], again: [REST, hash(1100)] },
      ['main.hash'],
    );
    expect(outcome.noisy.map((noisy) => noisy.function)).toEqual(['main.hash']);
    expect(outcome.verdict).toBe('inconclusive');
  });

  test('a rule that matches no function guards nothing: inconclusive, and named with its line', () => {
    const yaml = `${LIMITS}\nfunctions:\n  - { match: "main.hashh", instructions: +1% }`;
    const outcome = compared({ instructions: [REST] }, { instructions: [REST] }, [], yaml);
    expect(outcome.verdict).toBe('inconclusive');
    expect(outcome.notes).toEqual([
      {
        code: 'rule-matches-nothing',
        text: expect.stringMatching(/^perf-gate.yml:\d+: "main.hashh" matches no function/),
      },
    ]);
  });

  test('an instrument that fails on the service leaves the verdict open, since the commit may be the reason', () => {
    const sides = { objects: ['main.serve;main.list:20 10'] };
    const [base, head] = [side('base', sides), side('head', sides)];
    const fault = 'service' as const;
    const failed = { instrument: 'instructions' as const, reason: 'under valgrind, it ended', fault };
    const outcome = (text: string, missing = [failed]) =>
      compareSides({
        base,
        head: { ...head, manifest: { ...head.manifest, missing } },
        changes: changedIn(),
        limits: limits(text),
        today: '2026-11-21',
      });
    expect(outcome('objects: { total: +1% }')).toMatchObject({ verdict: 'inconclusive', missing: [failed] });
    // Nothing hangs on it here.
    expect(outcome('instructions: off').verdict).toBe('pass');
  });

  test('an instrument that is missing is told', () => {
    const objects = ['main.serve 10'];
    expect(compared({ objects }, { objects }, []).missing).toEqual([
      { instrument: 'instructions', reason: 'valgrind is not installed' },
    ]);
  });
});

describe('sides of different Go versions', () => {
  const base = { instructions: [REST, hash(1000)], go: 'go1.25.3' };

  test('are judged by their totals, single functions are only told', () => {
    const outcome = compared(base, { instructions: [REST, hash(1100)] }, ['main.hash']);
    expect(outcome.verdict).toBe('pass');
    expect(outcome.notes.map(({ code }) => code)).toEqual(['fingerprint-differs', 'go-version-differs']);
    expect(compared(base, { instructions: [REST, hash(1300)] }, ['main.hash']).verdict).toBe('fail');
  });
});

describe('what people decided', () => {
  const waived = (until: string, upTo: string) => `${LIMITS}
waivers:
  - { function: main.hash, metric: instructions, up-to: ${upTo}, until: ${until}, reason: "stronger hash, #412" }`;
  const base = { instructions: [REST, hash(1000)] };
  const head = { instructions: [REST, hash(1100)] };

  test('a waiver holds up to its amount', () => {
    const outcome = compared(base, head, ['main.hash'], waived('2026-12-31', '+12%'));
    expect(outcome.verdict).toBe('pass');
    expect(outcome.causes[0]?.effects[0]).toMatchObject({
      status: 'waived',
      waiver: { reason: 'stronger hash, #412', until: '2026-12-31' },
    });
    expect(compared(base, head, ['main.hash'], waived('2026-12-31', '+9%')).verdict).toBe('fail');
  });

  test('of two sets of rules the stricter counts, and what is waived or ignored must be so in both', () => {
    const verdict = (own: string, others: string) => {
      const judged = { ...limits(own), besides: limits(others) };
      return compareSides({
        base: side('base', base),
        head: side('head', head),
        changes: changedIn('main.hash'),
        limits: judged,
        today: '2026-11-21',
      }).verdict;
    };
    const loose = 'instructions: { total: off, function: +50% }';
    const rule = (limit: string) => `${loose}\nfunctions: [{ match: main.hash, instructions: ${limit} }]`;
    const ignoring = `${LIMITS}\nignore: [main.hash]`;
    const waiving = waived('2026-12-31', '+12%');
    expect(verdict(loose, loose)).toBe('pass');
    expect([verdict(loose, rule('+1%')), verdict(rule('+1%'), loose)]).toEqual(['fail', 'fail']);
    expect(verdict(rule('+20%'), rule('+30%'))).toBe('pass');
    expect([verdict(ignoring, LIMITS), verdict(LIMITS, ignoring)]).toEqual(['fail', 'fail']);
    expect(verdict(ignoring, ignoring)).toBe('pass');
    expect([verdict(waiving, LIMITS), verdict(LIMITS, waiving)]).toEqual(['fail', 'fail']);
    expect(verdict(waiving, waived('2026-12-31', '+9%'))).toBe('fail');
    expect([verdict(waiving, waiving), verdict(waiving, waived('2027-12-31', '+40%'))]).toEqual(['pass', 'pass']);
  });

  test('a waiver ends with its day, and says so', () => {
    expect(compared(base, head, ['main.hash'], waived('2026-11-21', '+12%')).verdict).toBe('pass');
    const late = compared(base, head, ['main.hash'], waived('2026-11-20', '+12%'));
    expect(late.verdict).toBe('fail');
    expect(late.notes.map(({ code }) => code)).toEqual(['waiver-expired']);
  });

  test('what a waiver accepts does not push the total over its limit', () => {
    const much = { instructions: [REST, hash(1300)] };
    const outcome = compared(base, much, ['main.hash'], waived('2026-12-31', '+40%'));
    expect(outcome.totals[0]?.status).toBe('waived');
    expect(outcome.verdict).toBe('pass');
  });

  test('a waiver accepts what only pushes the total over its limit, too', () => {
    const waiver = (upTo: string) =>
      `instructions: { total: +2%, function: +5% }\nwaivers: [{ function: main.hash, metric: instructions, up-to: ${upTo}, until: 2026-12-31, reason: "stronger hash" }]`;
    // 60 % of all, and 4 % dearer: within the function's own limit, and +2.4 % of the total.
    const rest = 'main.serve;main.list:20 4000';
    const [base, head] = [{ instructions: [rest, hash(6000)] }, { instructions: [rest, hash(6240)] }];
    const waived = compared(base, head, ['main.hash'], waiver('+5%'));
    expect(waived.verdict).toBe('pass');
    expect(waived.totals[0]?.status).toBe('waived');
    expect(waived.causes[0]?.effects[0]).toMatchObject({ status: 'waived', waiver: { reason: 'stronger hash' } });
    expect(compared(base, head, ['main.hash'], waiver('+3%')).verdict).toBe('fail');
    // Nothing is told of a waiver that nobody needs.
    const [small] = [{ instructions: [rest, hash(6100)] }];
    expect(compared(base, small, ['main.hash'], waiver('+5%'))).toMatchObject({ verdict: 'pass', causes: [] });
  });

  test('an ignored function is not judged, and counts in the total', () => {
    const yaml = `${LIMITS}\nignore: ["main.hash"]`;
    expect(compared(base, head, ['main.hash'], yaml).verdict).toBe('pass');
    expect(compared(base, { instructions: [REST, hash(1300)] }, ['main.hash'], yaml).verdict).toBe('fail');
  });

  test('a rule of its own is stricter for one function', () => {
    const yaml = `${LIMITS}\nfunctions:\n  - { match: "main.h*", instructions: +1% }`;
    const little = { instructions: [REST, hash(1020)] };
    expect(compared(base, little, ['main.hash']).verdict).toBe('pass');
    expect(compared(base, little, ['main.hash'], yaml).verdict).toBe('fail');
  });
});

describe('work that moved', () => {
  test('is told and never red', () => {
    const outcome = compared(
      { instructions: [REST, hash(1000), 'main.serve;main.list:25;main.sort:50 500'] },
      { instructions: [REST, hash(600), 'main.serve;main.list:25;main.sort:50 900'] },
      ['main.hash', 'main.sort'],
    );
    expect(outcome.verdict).toBe('pass');
    expect(outcome.moved).toEqual([{ function: 'main.sort', metric: 'instructions', rise: 400, netRise: 0 }]);
  });
});

describe('a handler that another function makes, which is inlined where the routes are', () => {
  const handler = (called: number) => [
    'main.serve 9000',
    'main.serve;main.routes.orders.func8:31 300',
    `main.serve;main.routes.orders.func8:32;fmt.Sprintf ${called}`,
  ];

  test('counts for the function in whose source it stands, with all that it calls', () => {
    const { verdict, causes, totals } = compareSides({
      base: side('base', { instructions: handler(700) }),
      head: side('head', { instructions: handler(800) }),
      changes: { ...changedIn('main.orders'), isDeclared: (key) => ['main.routes', 'main.orders'].includes(key) },
      limits: limits(LIMITS),
      today: '2026-11-21',
    });
    expect(verdict).toBe('fail');
    expect(totals[0]).toMatchObject({ name: 'instructions', status: 'ok' });
    expect(causes[0]).toMatchObject({ function: 'main.routes.orders.func8', line: 32, changedBy: 'source' });
    expect(causes[0]?.effects[0]).toMatchObject({ base: 1000, head: 1100 });
  });
});

test('a handler of another package counts there, by the file of its closure', () => {
  const maker = new FrameMaker(
    { ...changedIn('example.com/shop/api.Orders'), isDeclared: (key) => /api\.Orders$|main\.main$/.test(key) },
    (key) => key,
  );
  maker.see({ functions: [{ name: 'main.main.Orders.func1', file: 'example.com/shop/api/orders.go', startLine: 3 }] });
  expect(maker.named('main.main.Orders.func1')).toEqual({
    key: 'main.main.Orders.func*',
    owner: 'example.com/shop/api.Orders',
    change: 'source',
    isDeclared: true,
  });
});

describe('a function of the same source that was compiled to something else', () => {
  const compiled = (base: SideText, head: SideText) =>
    compareSides({
      base: side('base', base),
      head: side('head', head),
      changes: { ...changedIn(), reasonFor: (key) => (key === 'main.list' ? MACHINE_CODE : undefined) },
      limits: limits(LIMITS),
      today: '2026-11-21',
    });
  const list = (own: number, runtime: number, called: number) => [
    'main.serve 9000',
    `main.serve;main.list:20 ${own}`,
    `main.serve;main.list:20;runtime.mallocgc ${runtime}`,
    `main.serve;main.list:21;text/template.exec ${called}`,
  ];
  const base = { instructions: list(300, 300, 900) };

  test('is charged with its own instructions and what the runtime does for it', () => {
    for (const more of [list(390, 300, 900), list(300, 390, 900)]) {
      const { verdict, causes } = compiled(base, { instructions: more });
      expect(verdict).toBe('fail');
      expect(causes[0]).toMatchObject({ function: 'main.list', changedBy: MACHINE_CODE });
      expect(causes[0]?.effects[0]).toMatchObject({ base: 600, head: 690 });
    }
  });

  test('is not charged with what it calls as before', () => {
    const { verdict, causes } = compiled(base, { instructions: list(300, 300, 990) });
    expect({ verdict, causes }).toEqual({ verdict: 'pass', causes: [] });
  });
});
