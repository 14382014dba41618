/** Which config of the base is held against that of the commit: real repositories, nothing is built. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCheckout } from '../../src/git/checkout.ts';
import { changedPaths } from '../../src/git/diff.ts';
import { openRepository } from '../../src/git/repository.ts';
import { resolveSides } from '../../src/git/sides.ts';
import type { OwnBase } from '../../src/run/own-base.ts';
import { loadConfig } from '../../src/run/project.ts';
import { rulesFor } from '../../src/run/rules-in-force.ts';
import { underRulesOfBase } from '../../src/run/under-rules-of-base.ts';
import { newRepository, type Repository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';

let scratch: string;
let repository: Repository;
beforeEach(() => {
  scratch = scratchDirectory();
  repository = newRepository(join(scratch, 'repository'));
});
afterEach(() => removeDirectory(scratch));

const config = (total: string, more = '', service = 'package: ./cmd/orders') =>
  `service: { ${service} }\nload: { requests: [{ path: /orders, method: POST, body-file: load/order.json }] }\nlimits: { objects: { total: ${total} } }\n${more}`;

interface Asked {
  readonly cwd?: string;
  readonly named?: string;
  readonly accepts?: boolean;
  readonly basePackage?: string;
  readonly ownBase?: OwnBase;
}

/** What holds for the second of two commits: its own differences by their keys, and the codes of the notes. */
async function rules(base: Record<string, string>, head: Record<string, string | undefined>, asked: Asked = {}) {
  repository.commit('base', base);
  for (const [path, text] of Object.entries(head)) {
    if (text === undefined) repository.git('rm', '--quiet', path);
    else repository.write(path, text);
  }
  repository.commit('head');
  const { cwd = '.', named, basePackage, ownBase, accepts = false } = asked;
  const world = testWorld(join(repository.directory, cwd));
  const repo = await openRepository(world.cwd, world);
  const { config: own } = await loadConfig(repo, named, world);
  const sides = await resolveSides(repo, { base: 'HEAD~1', head: 'HEAD' });
  await using before = await createCheckout(repo, sides.base, join(scratch, 'base'));
  await using after = await createCheckout(repo, sides.head, join(scratch, 'head'));
  const paths = await changedPaths(repo, sides.base.treeCommit, sides.head.treeCommit);
  const checkouts = { base: before, head: after };
  const isNamed = named !== undefined;
  const given = {
    head: own,
    settings: [],
    checkouts,
    changedPaths: paths,
    basePackage,
    isNamed,
    accepts,
    ownBase,
  };
  const found = await rulesFor(repo, given);
  return {
    keys: found.differences.map(({ key }) => key),
    notes: found.notes.map(({ code }) => code),
    limit: found.config.limits.metrics.objects.total,
    mode: found.mode,
    found,
  };
}

const LOOSER = ['limits.objects.total'];
const OLD = { 'perf-gate.yml': config('+1%') };

describe('the config of the base', () => {
  test.each<[string, Record<string, string>, Record<string, string | undefined>, Asked, string[], string[]]>([
    ['is the same', OLD, { 'a.go': '' }, {}, [], []],
    ['is another', OLD, { 'perf-gate.yml': config('+9%') }, {}, LOOSER, []],
    ['was moved', OLD, { 'perf-gate.yml': undefined, '.github/perf-gate.yml': config('+9%') }, {}, LOOSER, []],
    [
      'is hidden by a nearer one',
      { '.github/perf-gate.yml': config('+1%') },
      { 'perf-gate.yml': config('+9%') },
      {},
      LOOSER,
      [],
    ],
    [
      'is hidden by one of the same service',
      { 'perf-gate.yml': config('+1%', '', 'package: ., dir: svc') },
      { 'svc/perf-gate.yml': config('+9%', '', 'package: .') },
      { cwd: 'svc' },
      ['service.dir', ...LOOSER],
      [],
    ],
    ['is of another service', OLD, { 'svc/perf-gate.yml': config('+9%') }, { cwd: 'svc' }, [], ['new-config']],
    ['is not there', { 'a.go': '' }, OLD, {}, [], ['new-config']],
    ['is no YAML', { 'perf-gate.yml': '{' }, OLD, {}, [], ['base-config-unreadable']],
    ['is not the one that is named', OLD, { 'strict.yml': config('+9%') }, { named: 'strict.yml' }, [], ['new-config']],
    ['is accepted', OLD, { 'perf-gate.yml': config('+9%') }, { accepts: true }, LOOSER, ['config-accepted']],
    [
      'sends another file',
      { ...OLD, 'load/order.json': '1' },
      { 'load/order.json': '2' },
      {},
      ['load.requests[0]'],
      [],
    ],
  ])('%s', async (_, base, head, asked, keys, notes) => {
    const { keys: differing, notes: told } = await rules(base, head, asked);
    expect([differing, told]).toEqual([keys, notes]);
  });

  test('says what a change of it does, and the head cannot', async () => {
    const { limit, mode } = await rules(OLD, { 'perf-gate.yml': config('+9%', 'on-config-change: note\n') });
    expect([mode, limit]).toMatchObject(['base', { text: '+1%' }]);
    const left = await rules(
      { 'perf-gate.yml': config('+1%', 'on-config-change: note\n') },
      { 'perf-gate.yml': config('+9%', 'on-config-change: fail\n') },
    );
    expect([left.mode, left.limit]).toMatchObject(['note', { text: '+9%' }]);
  });

  test('does not say it alone where the head has chosen it', async () => {
    const difference = { key: 'baseline.branch', base: 'main', head: 'mine', at: 'perf-gate.yml:4' } as const;
    const ownBase: OwnBase = { difference: { ...difference, kind: 'changed', about: 'base' }, mode: 'base' };
    const { mode, limit, keys } = await rules(
      { 'perf-gate.yml': config('+1%', 'on-config-change: note\n') },
      { 'perf-gate.yml': config('+9%', 'baseline: { branch: mine }\non-config-change: note\n') },
      { ownBase },
    );
    expect([mode, limit]).toMatchObject(['base', { text: '+1%' }]);
    expect(keys).toEqual(['baseline.branch', ...LOOSER]);
  });
});

test('a package that the commit moves is built as it is, on both sides', async () => {
  const elsewhere = config('+1%', '', 'package: ./cmd/shop');
  const moved = await rules(OLD, { 'perf-gate.yml': elsewhere }, { basePackage: './cmd/orders' });
  expect([moved.keys, moved.found.isBuiltOtherwise]).toEqual([['service.package'], false]);
  const other = await rules(OLD, { 'perf-gate.yml': elsewhere });
  expect(other.found.isBuiltOtherwise).toBe(true);
});

describe('a verdict', () => {
  const PASS = { verdict: 'pass', isSameCode: false } as const;

  test('is no pass where the head leaves out what cannot be measured here', async () => {
    const { found } = await rules(OLD, { 'perf-gate.yml': config('+1%', 'instruments: [allocs]\n') });
    const under = (report: Parameters<typeof underRulesOfBase>[0]) =>
      underRulesOfBase(report, { ...found, rewritten: [] }, undefined);
    expect(under(PASS).verdict).toBe('pass');
    const missing = [{ instrument: 'instructions', reason: 'valgrind is not installed' }] as const;
    const { verdict, notes } = under({ ...PASS, missing });
    expect([verdict, notes[0]?.text]).toEqual(['inconclusive', expect.stringContaining('takes instructions out of')]);
  });

  test("stays a pass on the load of the base or on the same code, and is none on the head's or where the base has a change fail", async () => {
    const elsewhere = config('+1%').replace('path: /orders', 'path: /healthz');
    const { found } = await rules(OLD, { 'perf-gate.yml': elsewhere });
    const same = { verdict: 'pass', isSameCode: true } as const;
    const under = (report: Parameters<typeof underRulesOfBase>[0], mode = found.mode) =>
      underRulesOfBase(report, { ...found, mode, rewritten: [] }, undefined).verdict;
    const onOwn = { ...PASS, whyNotBase: "the head does not answer the base's load" };
    expect([under(same), under(PASS), under(onOwn)]).toEqual(['pass', 'pass', 'inconclusive']);
    expect(under({ ...PASS, verdict: 'inconclusive', whyNotBase: 'x' }, 'fail')).toBe('fail');
    expect([under(same, 'fail'), under(PASS, 'fail')]).toEqual(['fail', 'fail']);
    expect([under({ ...PASS, verdict: 'fail' }), under({ ...PASS, verdict: 'invalid' }, 'fail')]).toEqual([
      'fail',
      'invalid',
    ]);
  });
});
