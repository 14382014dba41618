import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/base/errors.ts';
import { findConfig, readConfig } from '../../src/config/read.ts';
import { config } from './problems-of.ts';

let repo: string;

beforeEach(async () => {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'perf-gate-config-')));
  repo = join(parent, 'shop');
  await mkdir(repo);
});

afterEach(async () => {
  await rm(dirname(repo), { recursive: true });
});

async function write(path: string, content: string | Uint8Array = config()): Promise<string> {
  await mkdir(dirname(join(repo, path)), { recursive: true });
  await writeFile(join(repo, path), content);
  return join(repo, path);
}

describe('findConfig', () => {
  test('the nearest one on the way up', async () => {
    const outer = await write('perf-gate.yml');
    const inner = await write('services/orders/perf-gate.yaml');
    await mkdir(join(repo, 'services/orders/cmd/orders'), { recursive: true });
    expect(await findConfig(join(repo, 'services/orders/cmd/orders'), repo)).toBe(inner);
    expect(await findConfig(join(repo, 'services/orders'), repo)).toBe(inner);
    expect(await findConfig(join(repo, 'services'), repo)).toBe(outer);
    expect(await findConfig(repo, repo)).toBe(outer);
  });

  test('perf-gate.yml before perf-gate.yaml before .github', async () => {
    const hidden = await write('.github/perf-gate.yml');
    expect(await findConfig(repo, repo)).toBe(hidden);
    const long = await write('perf-gate.yaml');
    expect(await findConfig(repo, repo)).toBe(long);
    const short = await write('perf-gate.yml');
    expect(await findConfig(repo, repo)).toBe(short);
  });

  test('none: undefined, and never one from above the repository', async () => {
    await writeFile(join(dirname(repo), 'perf-gate.yml'), config());
    expect(await findConfig(repo, repo)).toBeUndefined();
  });

  test('from outside the repository, its root', async () => {
    const path = await write('perf-gate.yml');
    expect(await findConfig(dirname(repo), repo)).toBe(path);
    await writeFile(join(dirname(repo), 'perf-gate.yml'), config());
    expect(await findConfig(dirname(repo), repo)).toBe(path);
  });

  test('by way of a link to the repository', async () => {
    const path = await write('a/perf-gate.yml');
    const link = join(dirname(repo), 'link');
    await symlink(repo, link);
    expect(await findConfig(join(link, 'a'), repo)).toBe(path);
    expect(await findConfig(join(repo, 'a'), link)).toBe(path);
  });

  test('an explicit one is relative to where one stands, and must exist', async () => {
    await write('perf-gate.yml');
    const other = await write('ci/gate.yml');
    expect(await findConfig(join(repo, 'ci'), repo, 'gate.yml')).toBe(other);
    expect(await findConfig(join(repo, 'ci'), repo, other)).toBe(other);
    await expect(findConfig(repo, repo, 'gate.yml')).rejects.toThrow(
      new UserError(`there is no config ${join(repo, 'gate.yml')}`),
    );
  });
});

describe('readConfig', () => {
  test('calls the file by its path in the repository, and a service in the root by the repository', async () => {
    const text = 'service: { package: . }\nload: { requests: [GET /] }\n';
    expect(await readConfig(await write('.github/perf-gate.yml', text), repo)).toMatchObject({
      fileName: '.github/perf-gate.yml',
      service: { name: 'shop' },
    });
    expect(await readConfig(await write('services/billing/perf-gate.yml', text), repo)).toMatchObject({
      fileName: 'services/billing/perf-gate.yml',
      service: { name: 'billing' },
    });
  });

  test('a link is called by its own name', async () => {
    await write('shared/gate.yml');
    await symlink(join(repo, 'shared/gate.yml'), join(repo, 'perf-gate.yml'));
    expect((await readConfig(join(repo, 'perf-gate.yml'), repo)).fileName).toBe('perf-gate.yml');
  });

  test('a file outside the repository is called by its whole path', async () => {
    const path = join(dirname(repo), 'gate.yml');
    await writeFile(path, config());
    expect((await readConfig(path, repo)).fileName).toBe(path);
    expect((await readConfig(path)).fileName).toBe('gate.yml');
  });

  test('problems have the place in the repository', async () => {
    const path = await write('a/perf-gate.yml', config({ rest: 'budget: x' }));
    await expect(readConfig(path, repo)).rejects.toThrow('a/perf-gate.yml:5:9  budget: "x" is not a duration');
  });

  test.each([
    ['is not a file', async () => void (await mkdir(join(repo, 'perf-gate.yml')))],
    ['is not UTF-8 text', async () => void (await write('perf-gate.yml', Uint8Array.of(0x61, 0xff, 0xfe)))],
    ['is larger than 1 MB', async () => void (await write('perf-gate.yml', new Uint8Array(1_000_001)))],
    ['cannot be read: ENOENT', async () => undefined],
  ])('a config that %s', async (reason, prepare) => {
    await prepare();
    const read = readConfig(join(repo, 'perf-gate.yml'), repo);
    await expect(read).rejects.toThrow(`the config ${join(repo, 'perf-gate.yml')} ${reason}`);
    await expect(read).rejects.toThrow(UserError);
  });
});
