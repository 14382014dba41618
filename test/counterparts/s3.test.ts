/** The store s3 before a server that others have written: signatures, conditions and lists are its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { World } from '../../src/base/world.ts';
import { keyText } from '../../src/baseline/key.ts';
import { StoreError } from '../../src/baseline/store.ts';
import { openStore } from '../../src/baseline/stores.ts';
import type { StoreConfig } from '../../src/config/config.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { describeStore } from '../baseline/contract.ts';
import { KEY } from '../baseline/measured.ts';
import { newRepository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';

const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'perf-gate-counterparts');
const SERVER = join(CACHE, 'versitygw-1.8.0/versitygw');
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'writer', AWS_SECRET_ACCESS_KEY: 'of/baselines+every=day' };
const REGION = 'eu-central-1';
const BUCKET = 'baselines';

interface Running {
  readonly url: string;
  readonly repo: Repository;
  /** Puts an object there behind the server's back. */
  put(name: string, bytes: Uint8Array): void;
  stop(): Promise<void>;
}

async function startServer(): Promise<Running> {
  if (!existsSync(SERVER)) throw new Error(`${SERVER} is not there: run node test/counterparts/install.mjs`);
  const scratch = scratchDirectory();
  const buckets = join(scratch, 'buckets');
  mkdirSync(join(buckets, BUCKET), { recursive: true });
  const repository = newRepository(join(scratch, 'repository'));
  repository.commit('first');
  const port = await freePort();
  const { AWS_ACCESS_KEY_ID: access, AWS_SECRET_ACCESS_KEY: secret } = CREDENTIALS;
  const args = ['--quiet', '--port', `127.0.0.1:${port}`, '--access', access, '--secret', secret, '--region', REGION];
  const server = spawn(SERVER, [...args, 'posix', buckets], { stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  await answers(server, url);
  return {
    url,
    repo: await openRepository(repository.directory, testWorld('/')),
    put(name, bytes) {
      const file = join(buckets, BUCKET, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    },
    async stop() {
      server.kill('SIGKILL');
      await once(server, 'exit');
      removeDirectory(scratch);
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(server: ChildProcess, url: string): Promise<void> {
  for (const end = performance.now() + 10_000; performance.now() < end; await sleep(20)) {
    if (server.exitCode !== null) break;
    if (await fetch(url).catch(() => undefined)) return;
  }
  throw new Error('the server does not answer');
}

function open({ url, repo }: Running, changes: Partial<Extract<StoreConfig, { kind: 's3' }>>, world: World, env = {}) {
  const config = { kind: 's3', bucket: BUCKET, prefix: 'a/b', region: REGION, endpoint: url, ...changes } as const;
  return openStore(config, { repo, world: { ...world, env: { ...CREDENTIALS, ...env } }, directory: '/' });
}

describeStore('the store s3', async () => {
  const server = await startServer();
  return {
    open: async (world) => open(server, {}, world),
    put: async (name, bytes) => server.put(`a/b/${name}`, bytes),
    remove: () => server.stop(),
  };
});

describe('a real server', () => {
  let server: Running;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const key = KEY;
  const store = (changes = {}, env = {}) => open(server, changes, testWorld('/'), env);
  const refused = async (promise: Promise<unknown>) => {
    const error = await promise.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    return (error as StoreError).message;
  };

  test('refuses a wrong secret', async () => {
    const wrong = store({}, { AWS_SECRET_ACCESS_KEY: 'of/baselines' });
    expect(await refused(wrong.list('orders'))).toMatch(/refuses \(403\): SignatureDoesNotMatch/);
    expect(await refused(wrong.write(key, new Uint8Array(1)))).toMatch(/refuses \(403\): SignatureDoesNotMatch/);
  });

  test('has no bucket of that name', async () => {
    expect(await refused(store({ bucket: 'nobody' }).list('orders'))).toMatch(/refuses \(404\): NoSuchBucket/);
    expect(await refused(store({ bucket: 'nobody' }).read(key))).toMatch(/refuses \(404\): NoSuchBucket/);
  });

  test('keeps the first of two objects of one name', async () => {
    await store().write(key, new Uint8Array([1]));
    await store().write(key, new Uint8Array([2]));
    expect(await store().read(key)).toEqual(Buffer.from([1]));
    await store().remove([key]);
  });

  test('lists more than one page', async () => {
    const commits = Array.from({ length: 1100 }, (_, i) => i.toString(16).padStart(40, '0'));
    for (const commit of commits) server.put(`${keyText({ ...key, commit })}`, new Uint8Array(1));
    const listed = await store({ prefix: '' }).list('orders');
    expect(listed.map(({ commit }) => commit).sort()).toEqual(commits);
  });
});
