/** Which bundle stands for a base, and what is said when none does. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findBundle, type Wanted } from '../../src/baseline/find.ts';
import { keyText } from '../../src/baseline/key.ts';
import type { Store } from '../../src/baseline/store.ts';
import { openStore } from '../../src/baseline/stores.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { newRepository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';
import { bundleOf, type SideFacts } from './measured.ts';

const scratch = scratchDirectory();
let repo: Repository;
beforeAll(async () => {
  const repository = newRepository(join(scratch, 'repository'));
  repository.commit('first');
  repo = await openRepository(repository.directory, testWorld('/'));
});
afterAll(() => removeDirectory(scratch));

const [BASE, PARENT, GRANDPARENT] = ['b', 'a', '9'].map((digit) => digit.repeat(40)) as [string, string, string];
const VALGRIND = { valgrind: '3.19.0', processor: 'avx avx2' };
const WITHOUT_VALGRIND = { measuring: '2', go: 'go1.26.8', load: 'l1' };
const HERE = { ...WITHOUT_VALGRIND, ...VALGRIND };

let stores = 0;
/** A store that holds these sides; `changes` is what is other than usual of what is wanted. */
async function find(sides: readonly SideFacts[], changes: Partial<Wanted> = {}) {
  const store = openStore(
    { kind: 'directory', path: `store-${stores++}` },
    { repo, world: testWorld('/'), directory: scratch },
  );
  for (const side of sides) {
    const { key, bytes } = bundleOf({ fingerprint: HERE, ...side });
    await store.write(key, bytes);
  }
  return findIn(store, changes);
}

async function findIn(store: Store, changes: Partial<Wanted>) {
  const { found, reasons } = await findBundle(store, {
    service: 'orders',
    scenario: undefined,
    commits: [BASE, PARENT, GRANDPARENT],
    code: '0123456789abcdef',
    here: HERE,
    instruments: ['instructions', 'allocs', 'io', 'cpu'],
    readsTheSame: async () => true,
    ...changes,
  });
  return { commit: found?.bundle.manifest.commit, distance: found?.distance, instruments: found?.instruments, reasons };
}

const NOTHING = { commit: undefined, distance: undefined, instruments: undefined };

describe('the base itself', () => {
  test('is taken, with every exact instrument that it has', async () => {
    expect(await find([{ commit: PARENT }, { commit: BASE }])).toEqual({
      commit: BASE,
      distance: 0,
      instruments: ['instructions', 'allocs'],
      reasons: [],
    });
  });

  test('is taken with what it has, if there is nothing better', async () => {
    const { instruments } = await find([{ commit: BASE, allocsOnly: true, fingerprint: WITHOUT_VALGRIND }]);
    expect(instruments).toEqual(['allocs']);
  });

  test('measured under another valgrind has allocations that hold all the same', async () => {
    const { instruments } = await find([{ commit: BASE, fingerprint: { ...HERE, valgrind: '3.24.0' } }]);
    expect(instruments).toEqual(['allocs']);
  });

  test('measured on another kind of processor likewise', async () => {
    const { instruments } = await find([{ commit: BASE, fingerprint: { ...HERE, processor: 'avx' } }]);
    expect(instruments).toEqual(['allocs']);
  });

  test('where the config wants no instrument that it has', async () => {
    expect(await find([{ commit: BASE }], { instruments: ['io', 'cpu'] })).toEqual({
      ...NOTHING,
      reasons: ['what is stored of bbbbbbb has no figures of io, cpu'],
    });
  });

  test.each<[string, Partial<SideFacts>, string]>([
    ['another Go', { fingerprint: { ...HERE, go: 'go1.26.7' } }, 'go was go1.26.7 and is go1.26.8'],
    ['another load', { fingerprint: { ...HERE, load: 'l2' } }, 'load was l2 and is l1'],
    ['a setting', { fingerprint: { ...HERE, 'env GOGC': '50' } }, 'env GOGC was 50 and is not set'],
    ['another way of measuring', { fingerprint: { ...HERE, measuring: '1' } }, 'measuring was 1 and is 2'],
  ])('measured with %s is not', async (_, side, difference) => {
    const reasons = [`what is stored of bbbbbbb was measured otherwise: ${difference}`];
    expect(await find([{ commit: BASE, ...side }])).toEqual({ ...NOTHING, reasons });
    // Built with it too: the name alone says that it does not fit, what is in it says why.
    expect(await find([{ commit: BASE, ...side, code: 'f'.repeat(16) }])).toEqual({ ...NOTHING, reasons });
  });

  test('measured by another version in the same way is taken', async () => {
    for (const tool of ['0.9.0', '7.0.0']) {
      expect(await find([{ commit: BASE, tool }])).toMatchObject({ commit: BASE, reasons: [] });
    }
  });

  test('measured by a version that did not say in which way is not, and is not called damaged', async () => {
    const { measuring, ...fingerprint } = HERE;
    const store = openStore({ kind: 'directory', path: 'old' }, { repo, world: testWorld('/'), directory: scratch });
    const { key, bytes } = bundleOf({ commit: BASE, fingerprint, name: '0123456789abcdef' });
    await store.write(key, bytes);
    expect(await findIn(store, {})).toEqual({
      ...NOTHING,
      reasons: [`what is stored of bbbbbbb was measured otherwise: measuring was not set and is ${measuring}`],
    });
  });

  test('that builds to another program here is not', async () => {
    expect(await find([{ commit: BASE, code: 'f'.repeat(16) }])).toEqual({
      ...NOTHING,
      reasons: ['what is stored of bbbbbbb is of another program than the one that is built here'],
    });
  });
});

describe('a commit before the base', () => {
  test('stands in for it where it is the same program', async () => {
    expect(await find([{ commit: GRANDPARENT }, { commit: PARENT }])).toMatchObject({ commit: PARENT, distance: 1 });
  });

  test('never where it is another one, however near', async () => {
    expect(await find([{ commit: PARENT, code: 'f'.repeat(16) }, { commit: GRANDPARENT }])).toMatchObject({
      commit: GRANDPARENT,
      distance: 2,
    });
    expect(await find([{ commit: PARENT, code: 'f'.repeat(16) }])).toEqual({
      ...NOTHING,
      reasons: ['nothing is stored of bbbbbbb, nor of the same program in the 2 commits before it'],
    });
  });

  test('not where the service reads other files', async () => {
    const readsTheSame = async (commit: string) => commit === GRANDPARENT;
    expect(await find([{ commit: PARENT }, { commit: GRANDPARENT }], { readsTheSame })).toMatchObject({ distance: 2 });
  });

  test('not beyond the distance that is allowed', async () => {
    expect(await find([{ commit: PARENT }], { commits: [BASE] })).toEqual({
      ...NOTHING,
      reasons: ['nothing is stored of bbbbbbb'],
    });
  });

  test('that has everything is preferred to a base that has not', async () => {
    const poor = { commit: BASE, allocsOnly: true, fingerprint: WITHOUT_VALGRIND };
    expect(await find([poor, { commit: PARENT }])).toMatchObject({
      distance: 1,
      instruments: ['instructions', 'allocs'],
    });
  });
});

test('another service of the same commit is another thing', async () => {
  expect(await find([{ commit: BASE, service: 'payments' }])).toMatchObject(NOTHING);
});

test('another scenario of the same commit is another thing, and no reason why there is nothing', async () => {
  const sides = [{ commit: BASE }, { commit: BASE, scenario: 'browse', fingerprint: { ...HERE, load: 'l2' } }];
  const nothing = ['nothing is stored of bbbbbbb, nor of the same program in the 2 commits before it'];
  expect(await find(sides, { scenario: 'checkout' })).toEqual({ ...NOTHING, reasons: nothing });
  const load = { here: { ...HERE, load: 'l2' } };
  expect(await find(sides, { scenario: 'browse', ...load })).toMatchObject({ commit: BASE, reasons: [] });
  expect(await find(sides)).toMatchObject({ commit: BASE, reasons: [] });
});

test('an empty store says so', async () => {
  expect(await find([])).toEqual({
    ...NOTHING,
    reasons: ['nothing is stored of bbbbbbb, nor of the same program in the 2 commits before it'],
  });
});

test('a damaged bundle does not hide why the next does not fit', async () => {
  const store = openStore({ kind: 'directory', path: 'damaged' }, { repo, world: testWorld('/'), directory: scratch });
  const whole = bundleOf({ commit: BASE, fingerprint: HERE });
  await store.write(whole.key, whole.bytes);
  writeFileSync(join(scratch, 'damaged', `${keyText(whole.key)}.bundle`), 'x');
  const other = bundleOf({ commit: BASE, fingerprint: { ...HERE, load: 'l2' } });
  await store.write(other.key, other.bytes);
  expect((await findIn(store, {})).reasons).toEqual([
    `the bundle ${keyText(whole.key)} is damaged: it cannot be unpacked`,
    'what is stored of bbbbbbb was measured otherwise: load was l2 and is l1',
  ]);
});
