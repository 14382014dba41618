/** Stores that do not do what they should. Each fault is told as what it is; none is taken for 'there is nothing'. */
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { World } from '../../src/base/world.ts';
import { keyText } from '../../src/baseline/key.ts';
import { StoreError } from '../../src/baseline/store.ts';
import { openStore } from '../../src/baseline/stores.ts';
import type { StoreConfig } from '../../src/config/config.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { eventually } from '../service/processes.ts';
import { newRepository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';
import { KEY } from './measured.ts';
import { type S3Server, startS3Server } from './s3-server.ts';

const scratch = scratchDirectory();
let repo: Repository;
beforeAll(async () => {
  const repository = newRepository(join(scratch, 'repository'));
  repository.commit('first');
  repo = await openRepository(repository.directory, testWorld('/'));
});
afterAll(() => removeDirectory(scratch));

const key = KEY;
const BYTES = new Uint8Array(Buffer.from('a bundle'));

const open = (config: StoreConfig, changes: Partial<World> = {}) =>
  openStore(config, { repo, world: testWorld(scratch, changes), directory: scratch });

async function refused(promise: Promise<unknown>): Promise<StoreError> {
  const error = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

describe('a directory', () => {
  test('that is a file', async () => {
    writeFileSync(join(scratch, 'file'), '');
    const store = open({ kind: 'directory', path: 'file' });
    expect((await refused(store.write(key, BYTES))).message).toMatch(/^the directory file cannot be written to: /);
    expect(await store.list('orders')).toEqual([]);
  });

  test('with a link to somewhere else under the name of a bundle', async () => {
    const path = join(scratch, 'links', `${keyText(key)}.bundle`);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync('/etc/passwd', path);
    const store = open({ kind: 'directory', path: 'links' });
    expect(await store.list('orders')).toEqual([]);
    expect((await refused(store.read(key))).message).toMatch(/that is no file$/);
    await store.write(key, BYTES);
    expect(readFileSync(path)).toEqual(Buffer.from(BYTES));
  });
});

describe('a program', () => {
  const program = (script: string) => {
    writeFileSync(join(scratch, 'store.sh'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(scratch, 'store.sh'), 0o755);
    return open({ kind: 'exec', command: './store.sh' });
  };

  test('is given one action and one word, which no shell takes apart', async () => {
    const store = program('printf "%s|" "$@" >> calls; [ "$1" = read ] && exit 44; cat > /dev/null');
    await store.list('orders');
    await store.read(key);
    await store.write(key, BYTES);
    await store.remove([key]);
    const name = keyText(key);
    expect(readFileSync(join(scratch, 'calls'), 'utf8')).toBe(`list|orders|read|${name}|write|${name}|remove|${name}|`);
  });

  test('may have arguments of its own', async () => {
    program('echo "$@" > arguments');
    await open({ kind: 'exec', command: "./store.sh --bucket 'a b'" }).list('orders');
    expect(readFileSync(join(scratch, 'arguments'), 'utf8')).toBe('--bucket a b list orders\n');
  });

  test.each([
    ['list', (store: ReturnType<typeof open>) => store.list('orders')],
    ['read', (store: ReturnType<typeof open>) => store.read(key)],
    ['write', (store: ReturnType<typeof open>) => store.write(key, BYTES)],
    ['remove', (store: ReturnType<typeof open>) => store.remove([key])],
  ])('that fails to %s is told with its last words', async (action, act) => {
    const error = await refused(act(program('echo "no \x1b[31mspace" >&2; exit 3')));
    expect(error.message).toMatch(new RegExp(`^./store.sh ${action} .* failed \\(exit code 3\\)$`));
    expect(error.detail).toBe('no space');
  });

  test('that says 44 of anything but a read has failed', async () => {
    expect((await refused(program('exit 44').list('orders'))).message).toMatch(/failed \(exit code 44\)$/);
  });

  test('that is not there', async () => {
    const error = await refused(open({ kind: 'exec', command: './nothing.sh' }).list('orders'));
    expect(error.message).toMatch(/failed \(exit code 127\)$/);
    expect(error.detail).toMatch(/not found/);
  });

  test('that does not read what it is given', async () => {
    await program('exit 0').write(key, new Uint8Array(2_000_000));
  });

  test('that lists keys of others and nonsense', async () => {
    const other = keyText({ ...key, service: 'payments' });
    const store = program(`printf '%s\\r\\n%s\\n%s\\n\\n' '${keyText(key)}' '${other}' '../../etc/passwd'`);
    expect(await store.list('orders')).toEqual([key]);
  });

  test('that never stops writing', async () => {
    expect((await refused(program('cat /dev/zero').read(key))).message).toMatch(/is larger than 64 MB$/);
  });

  test('leaves no process behind', async () => {
    const store = program('sleep 1000 & echo $! > left; echo done');
    expect(await store.list('orders')).toEqual([]);
    const pid = Number(readFileSync(join(scratch, 'left'), 'utf8'));
    expect(await eventually(() => !isAlive(pid))).toBe(true);
  });

  test('is stopped with the run', async () => {
    writeFileSync(join(scratch, 'store.sh'), '#!/bin/sh\nsleep 1000 & echo $! > slept\nwait\n');
    const stop = new AbortController();
    const listing = open({ kind: 'exec', command: './store.sh' }, { signal: stop.signal }).list('orders');
    expect(await eventually(() => existsSync(join(scratch, 'slept')))).toBe(true);
    stop.abort(new Error('interrupted'));
    await expect(listing).rejects.toThrow('interrupted');
    const pid = Number(readFileSync(join(scratch, 'slept'), 'utf8'));
    expect(await eventually(() => !isAlive(pid))).toBe(true);
  });
});

/** Not as a zombie either: nobody collects those of a test. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}

describe('a bucket', () => {
  const SECRETS = {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
    AWS_SESSION_TOKEN: 'tokentoken',
  };
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server('ci');
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.faults.splice(0);
    server.requests.splice(0);
    server.objects.clear();
  });
  const bucket = (env: Readonly<Record<string, string>> = SECRETS, name = 'ci', endpoint = server.url) =>
    open({ kind: 's3', bucket: name, prefix: 'pg', region: undefined, endpoint }, { env });

  test('is asked again after a moment, where that may help', async () => {
    const store = bucket();
    server.faults.push({ status: 503, code: 'SlowDown', headers: { 'retry-after': '0' } }, 'hang up');
    await store.write(key, BYTES);
    server.faults.push({ status: 500 }, 'cut');
    expect(await store.read(key)).toEqual(Buffer.from(BYTES));
    server.faults.push({ status: 429 });
    expect(await store.list('orders')).toEqual([key]);
    server.faults.push('hang up');
    await store.remove([key]);
    expect(server.objects.size).toBe(0);
    expect(server.requests).toHaveLength(3 + 3 + 2 + 2);
  });

  test('is given up after four times', async () => {
    server.faults.push(...Array.from({ length: 4 }, () => ({ status: 503, code: 'SlowDown' })));
    expect((await refused(bucket().list('orders'))).message).toBe(
      `the bucket ci at ${server.url} refuses (503): SlowDown: SlowDown`,
    );
    server.faults.push('cut', 'cut', 'cut', 'cut');
    expect((await refused(bucket().read(key))).message).toMatch(/ does not answer: /);
    expect(server.requests).toHaveLength(8);
  });

  test('that refuses is told at once, and what may be missing', async () => {
    for (const act of [
      () => bucket().list('orders'),
      () => bucket().read(key),
      () => bucket().write(key, BYTES),
      () => bucket().remove([key]),
    ]) {
      server.faults.push({ status: 403, code: 'AccessDenied' });
      const error = await refused(act());
      expect(error.message).toMatch(/refuses \(403\): AccessDenied/);
      expect(error.hint).toContain('s3:GetObject');
    }
    expect(server.requests).toHaveLength(4);
  });

  test('that is not there is another thing than an object that is not', async () => {
    expect(await bucket().read(key)).toBeUndefined();
    expect((await refused(bucket(SECRETS, 'nobody').read(key))).message).toMatch(/refuses \(404\): NoSuchBucket/);
    expect((await refused(bucket(SECRETS, 'nobody').list('orders'))).message).toMatch(/NoSuchBucket/);
  });

  test('in another region says so; the signature is not sent elsewhere', async () => {
    const headers = { location: 'http://127.0.0.1:1/', 'x-amz-bucket-region': 'eu-west-3' };
    server.faults.push({ status: 301, code: 'PermanentRedirect', headers });
    const error = await refused(bucket().list('orders'));
    expect(error.message).toMatch(/refuses \(301\): PermanentRedirect/);
    expect(error.hint).toBe('the bucket is in eu-west-3: write it as baseline.region');
    expect(server.requests).toHaveLength(1);
  });

  test('an object that is there is not written again', async () => {
    await bucket().write(key, BYTES);
    await bucket().write(key, new Uint8Array(Buffer.from('another')));
    expect(server.objects.get(`pg/${keyText(key)}`)).toEqual(Buffer.from(BYTES));
  });

  test('two who write the same at once are asked to try again', async () => {
    server.faults.push({ status: 409, code: 'ConditionalRequestConflict' });
    await bucket().write(key, BYTES);
    expect(server.objects.size).toBe(1);
  });

  test('that knows no conditions is written to without', async () => {
    server.faults.push({ status: 501, code: 'NotImplemented' });
    await bucket().write(key, BYTES);
    expect(server.objects.get(`pg/${keyText(key)}`)).toEqual(Buffer.from(BYTES));
    expect(server.requests).toHaveLength(2);
  });

  test('with many objects is listed page by page', async () => {
    const keys = Array.from({ length: 5 }, (_, i) => ({ ...key, commit: i.toString().repeat(40) }));
    for (const one of keys) server.objects.set(`pg/${keyText(one)}`, BYTES);
    server.objects.set('pg/orders/readme', BYTES);
    server.objects.set(`elsewhere/${keyText(key)}`, BYTES);
    expect(await bucket().list('orders')).toEqual(keys);
    expect(server.requests).toHaveLength(3);
  });

  test('that answers with something else', async () => {
    const { createServer } = await import('node:http');
    const web = createServer((_, response) => response.end('<html>welcome</html>')).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => web.once('listening', resolve));
      const { port } = web.address() as { port: number };
      const error = await refused(bucket(SECRETS, 'ci', `http://127.0.0.1:${port}`).list('orders'));
      expect(error.message).toMatch(/does not answer as S3 does$/);
    } finally {
      web.closeAllConnections();
      web.close();
    }
  });

  test('that nobody serves', async () => {
    const error = await refused(bucket(SECRETS, 'ci', 'http://127.0.0.1:1').list('orders'));
    expect(error.message).toMatch(/^the bucket ci at http:\/\/127\.0\.0\.1:1 does not answer: /);
  });

  test('without credentials is not even asked', async () => {
    const error = await refused(bucket({ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }).list('orders'));
    expect(error.message).toBe('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
    expect(server.requests).toEqual([]);
  });

  test('secrets that come back in an answer are not shown', async () => {
    server.faults.push({ status: 400, code: `Bad ${Object.values(SECRETS).join(' ')}` });
    const error = await refused(bucket().list('orders'));
    for (const secret of Object.values(SECRETS)) expect(`${error.message}${error.detail}`).not.toContain(secret);
    expect(error.message).toContain('Bad *** *** ***');
  });

  test('is found by what the environment says', async () => {
    const env = { ...SECRETS, AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: server.url };
    const store = open({ kind: 's3', bucket: 'ci', prefix: '', region: undefined, endpoint: undefined }, { env });
    await store.write(key, BYTES);
    expect([...server.objects.keys()]).toEqual([keyText(key)]);
    const aws = open(
      { kind: 's3', bucket: 'ci', prefix: '', region: 'eu-west-3', endpoint: undefined },
      { env: SECRETS },
    );
    expect(aws.place).toBe('the bucket ci at https://s3.eu-west-3.amazonaws.com');
  });
});
