/** One contract, every store. */
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { World } from '../../src/base/world.ts';
import { openStore } from '../../src/baseline/stores.ts';
import { STORES, type StoreConfig } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { openRepository } from '../../src/git/repository.ts';
import { newRepository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { describeStore } from './contract.ts';
import { gitFixture } from './git-fixture.ts';
import { startGitServer } from './git-server.ts';
import { startS3Server } from './s3-server.ts';

const MINIMAL = 'service: { package: . }\nload: { requests: [GET /] }\n';

/** A store that has nothing to do with the repository it is used in. */
async function opened(config: StoreConfig, directory: string, world: World) {
  return openStore(config, { repo: await openRepository(directory, world), world, directory });
}

function repositoryIn(scratch: string): string {
  const repository = newRepository(join(scratch, 'repository'));
  repository.commit('first');
  return repository.directory;
}

describeStore('the store directory', async () => {
  const scratch = scratchDirectory();
  const directory = repositoryIn(scratch);
  const path = join(scratch, 'cache');
  return {
    open: (world) => opened({ kind: 'directory', path }, directory, world),
    put: async (name, bytes) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, `${name}.bundle`), bytes);
    },
    remove: async () => removeDirectory(scratch),
  };
});

const DOCUMENT = readFileSync(new URL('../../docs/baselines.md', import.meta.url), 'utf8');

/** The program that the documentation shows. */
const SCRIPT = /```sh\n(#!\/bin\/sh\n[\s\S]*?)```/.exec(DOCUMENT)?.[1] ?? '';

test('the stores of the documentation are legal', () => {
  const blocks = [...DOCUMENT.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const kinds = blocks.map((block) => parseConfig(`${MINIMAL}${block}`, 'perf-gate.yml').baseline.store?.kind);
  expect(new Set(kinds)).toEqual(new Set(STORES));
});

describeStore('the store exec', async () => {
  const scratch = scratchDirectory();
  const directory = repositoryIn(scratch);
  const root = join(scratch, 'kept');
  mkdirSync(root);
  writeFileSync(join(directory, 'store.sh'), SCRIPT);
  chmodSync(join(directory, 'store.sh'), 0o755);
  return {
    open: (world) =>
      opened({ kind: 'exec', command: './store.sh' }, directory, { ...world, env: { ...world.env, ROOT: root } }),
    put: async (name, bytes) => {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, 'draft'), bytes);
      renameSync(join(root, 'draft'), join(root, name));
    },
    remove: async () => removeDirectory(scratch),
  };
});

describeStore('the store s3', async () => {
  const scratch = scratchDirectory();
  const directory = repositoryIn(scratch);
  const server = await startS3Server('ci');
  const config = { kind: 's3', bucket: 'ci', prefix: 'a/b', region: 'eu-central-1', endpoint: server.url } as const;
  return {
    open: (world) =>
      opened(config, directory, { ...world, env: { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' } }),
    put: async (name, bytes) => void server.objects.set(`a/b/${name}`, bytes),
    settled: server.settled,
    remove: async () => {
      await server.close();
      removeDirectory(scratch);
    },
  };
});

describeStore('the store git', () =>
  gitFixture(async (root) => {
    const server = await startGitServer(root, 'sesame');
    return { url: server.url, token: 'sesame', settled: server.settled, close: server.close };
  }),
);
