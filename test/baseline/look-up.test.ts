/** How a run looks for its base in the store: in the clone that a CI system makes, and with what it says where it fails. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStore } from '../../src/baseline/stores.ts';
import { openRepository } from '../../src/git/repository.ts';
import { resolveSides } from '../../src/git/sides.ts';
import { MEASURING } from '../../src/measure/fingerprint.ts';
import { openProgress } from '../../src/progress/progress.ts';
import { benchFor } from '../../src/run/bench-for.ts';
import { loadConfig } from '../../src/run/project.ts';
import { fingerprintHere } from '../../src/run/side-manifest.ts';
import { findStored } from '../../src/run/stored-base.ts';
import { newRepository, type Repository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';
import { bundleOf, KEY } from './measured.ts';

const scratch = scratchDirectory();
let origin: Repository;
let parent: string;

const config = (store: string) => `service: { package: ., name: orders }
load: { requests: [GET /] }
instruments: [allocs]
baseline: { ${store}, max-distance: 3 }
`;

beforeAll(() => {
  origin = newRepository(join(scratch, 'origin'));
  origin.commit('first', { 'go.mod': 'module example.com/orders\n', 'main.go': 'package main\n' });
  parent = origin.commit('second', { 'perf-gate.yml': config('store: directory, path: store') });
  origin.commit('third', { 'README.md': '# Orders\n' });
});
afterAll(() => removeDirectory(scratch));

let runs = 0;

/** What a run on HEAD has of a fresh clone of `origin`, where its base is HEAD as well. */
async function runIn(depth: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const directory = join(scratch, `clone-${runs++}`);
  origin.git('clone', '--quiet', ...depth, pathToFileURL(origin.directory).href, directory);
  const world = testWorld(directory, { env: { PATH: process.env['PATH'], ...env } });
  const repo = await openRepository(directory, world);
  const { config, serviceDirectory } = await loadConfig(repo, undefined, world);
  const work = join(directory, 'work');
  mkdirSync(work);
  const progress = openProgress(world);
  const job = {
    ...{ config, serviceDirectory, world, progress, work },
    sides: await resolveSides(repo, { head: 'HEAD', base: 'HEAD' }),
    output: { side: (name: string) => join(work, name) },
  };
  const bench = await benchFor(job, directory);
  const code = { base: { code: KEY.code, fingerprint: { go: 'go1.26.8' } } };
  return {
    find: () => findStored(repo, job, code, bench),
    /** Stores what another version would measure of that commit here, which measures as this one does, or otherwise. */
    keep: async (commit: string, otherwise: Readonly<Record<string, string>> = {}) => {
      const fingerprint = await fingerprintHere(code.base, bench);
      const { key, bytes } = bundleOf({ commit, tool: '0.0.1', fingerprint: { ...fingerprint, ...otherwise } });
      await openStore(config.baseline.store!, { repo, world, directory }).write(key, bytes);
    },
  };
}

test('the parent is found in the clone of a job, which has the last commit alone', async () => {
  const { find, keep } = await runIn(['--depth=1'], { CIRCLECI: 'true' });
  await keep(parent);
  const { base, notes } = await find();
  expect(notes).toEqual([]);
  expect(base?.origin).toContain(` as ${parent.slice(0, 7)}, 1 commit before it and the same program`);
});

test('nothing is fetched into the clone of a person', async () => {
  const { find, keep } = await runIn(['--depth=1']);
  await keep(parent);
  expect((await find()).base).toBeUndefined();
});

test('what was measured in another way is not found', async () => {
  const { find, keep } = await runIn([]);
  await keep(origin.git('rev-parse', 'HEAD'), { measuring: '0' });
  const { base, notes } = await find();
  expect(base).toBeUndefined();
  expect(notes.map(({ text }) => text)).toEqual([expect.stringContaining(`measuring was 0 and is ${MEASURING}`)]);
});

test('what is stored and does not fit is told without secrets', async () => {
  const { find, keep } = await runIn([], { GOPROXY_TOKEN: 'sesame-0123456789' });
  await keep(origin.git('rev-parse', 'HEAD'), { go: 'go1.25 at sesame-0123456789' });
  const { notes } = await find();
  expect(notes.map(({ text }) => text)).toEqual([expect.stringContaining('go was go1.25 at *** and is go1.26.8')]);
});

test('what a store says of its failure is told without the secrets in it', async () => {
  const command = '\'echo "denied for $STORE_TOKEN at https://ann:pass@store.test" >&2; false\'';
  origin.commit('another store', { 'perf-gate.yml': config(`store: exec, command: ${command}`) });
  const { find } = await runIn([], { STORE_TOKEN: 'sesame-0123456789' });
  const { base, notes } = await find();
  expect(base).toBeUndefined();
  expect(notes).toEqual([
    { code: 'store-failed', text: expect.stringContaining('denied for *** at https://***@store') },
  ]);
});
