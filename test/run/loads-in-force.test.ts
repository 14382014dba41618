/** Which load is sent, scenario by scenario, where a commit changes it. Nothing is built, nothing is sent. */
import { expect, test } from '@jest/globals';
import { differencesOf } from '../../src/config/differences.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { withLoadOfBase, withRulesOfBoth } from '../../src/config/rules.ts';
import { sendingsOf } from '../../src/run/loads-in-force.ts';
import { underRulesOfBase } from '../../src/run/under-rules-of-base.ts';

const config = (rest: string) => parseConfig(`service: { package: . }\n${rest}`, 'perf-gate.yml');

function rules(base: string, head: string) {
  const [old, own] = [config(base), config(head)];
  const headsOwn = withRulesOfBoth(old, own);
  const differences = differencesOf(old, own);
  return { config: withLoadOfBase(old, headsOwn), differences, ofBase: { directory: '/base', headsOwn } };
}

/** `name: path`, with the head's own path where it may have to take its place, and why it is the head's. */
function sent(base: string, head: string, { named = undefined as string | undefined, isNew = false } = {}) {
  const pathOf = ({ load }: ReturnType<typeof config>) => load.requests[0]?.path;
  return sendingsOf(rules(base, head), named, isNew).map(({ config: one, ofBase, whyNotBase }) => {
    const first = `${one.scenario ?? 'load'}: ${pathOf(one)}`;
    if (whyNotBase !== undefined) return `${first}, ${whyNotBase}`;
    if (ofBase === undefined) return first;
    return `${first}, or ${ofBase.headsOwn === undefined ? 'nothing' : pathOf(ofBase.headsOwn)}`;
  });
}

const ORDERS = 'load: { requests: [GET /orders] }';
const HEALTH = 'load: { requests: [GET /healthz] }';
const TWO = 'scenarios: { a: { requests: [GET /a] }, b: { requests: [GET /b] } }';
const OTHER = 'scenarios: { b: { requests: [GET /x] }, c: { requests: [GET /c] } }';

test.each<[string, string, string, Parameters<typeof sent>[2], string[]]>([
  ["the base's, and the head's where it is not answered", ORDERS, HEALTH, {}, ['load: /orders, or /healthz']],
  [
    "the head's, of a service that is new",
    ORDERS,
    HEALTH,
    { isNew: true },
    ['load: /healthz, the base does not have the service'],
  ],
  ['of all scenarios of the base', TWO, OTHER, {}, ['a: /a, or nothing', 'b: /b, or /x']],
  ['as it is, of a scenario that is the same', TWO, TWO.replace('/a', '/x'), {}, ['a: /a, or /x', 'b: /b']],
  ['of one that is gone, by its name', TWO, OTHER, { named: 'a' }, ['a: /a, or nothing']],
  ['of one that is new, by its name', TWO, OTHER, { named: 'c' }, ['c: /c, the base has no scenario c']],
  ["the base's only one, where the head has several", ORDERS, TWO, {}, ['load: /orders, or nothing']],
  ["the base's several, where the head has one", TWO, ORDERS, {}, ['a: /a, or nothing', 'b: /b, or nothing']],
])('%s', (_, base, head, asked, expected) => {
  expect(sent(base, head, asked)).toEqual(expected);
});

test("a name that neither has is nobody's", () => {
  expect(() => sent(TWO, OTHER, { named: 'd' })).toThrow('has no scenario "d"');
});

test('a scenario without any load that is answered is told as not measured', () => {
  const { differences } = rules(TWO, OTHER);
  const open = { verdict: 'inconclusive', isSameCode: false, whyNotBase: 'the head does not answer it' } as const;
  const given = { mode: 'base', differences, dropped: [], notes: [], rewritten: [] } as const;
  const { verdict, notes, configChanges } = underRulesOfBase(open, given, 'a');
  expect([verdict, notes.map(({ text }) => text)]).toEqual([
    'inconclusive',
    [expect.stringMatching(/^the head does not answer it: nothing was measured \(scenarios.c, scenarios.a\); /)],
  ]);
  expect(configChanges.map(({ key, counts }) => [key, counts])).toEqual([
    ['scenarios.c', 'base'],
    ['scenarios.a', 'head'],
  ]);
});
