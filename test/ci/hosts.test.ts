/** Which CI system it is, and what CircleCI says. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/base/errors.ts';
import { hosts, isInCi, readJob } from '../../src/ci/hosts.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { EVENTS, environment } from './events.ts';

const directory = scratchDirectory();
afterAll(() => removeDirectory(directory));

const CIRCLE = {
  CIRCLECI: 'true',
  CIRCLE_SHA1: 'a'.repeat(40),
  CIRCLE_BRANCH: 'faster',
  CIRCLE_BUILD_URL: 'https://circleci.com/gh/acme/shop/12',
};
const onCircle = async (page: string, env: Readonly<Record<string, string>> = {}) =>
  (await readJob({ ...CIRCLE, CIRCLE_PULL_REQUEST: page, ...env }))?.pullRequest;

test('outside of CI there is no job, and no two systems take the same one for theirs', async () => {
  expect(await readJob({ PATH: '/bin', CI: 'true' })).toBeUndefined();
  for (const env of [environment(), CIRCLE]) expect(hosts.filter(({ isHere }) => isHere(env))).toHaveLength(1);
});

test('nobody sits in front of a job of ours, or of a system that says so', () => {
  for (const env of [environment(), CIRCLE, { CI: 'true' }, { CI: '1' }]) expect(isInCi(env)).toBe(true);
  for (const env of [{}, { CI: '' }, { CI: 'false' }]) expect(isInCi(env)).toBe(false);
});

describe('GitHub’s event', () => {
  const at = (path: string) => environment({ GITHUB_EVENT_PATH: path });

  test('is read from its file', async () => {
    const path = join(directory, 'event.json');
    writeFileSync(path, JSON.stringify(EVENTS.pullRequest.payload));
    expect((await readJob(at(path)))?.pullRequest?.number).toBe(7);
  });

  test('that is not there, or larger than any that GitHub sends, is told', async () => {
    await expect(readJob(at(join(directory, 'none.json')))).rejects.toThrow(/cannot be read from .*none.json: ENOENT/);
    const large = join(directory, 'large.json');
    writeFileSync(large, '{}');
    truncateSync(large, 26e6);
    await expect(readJob(at(large))).rejects.toThrow('it is larger than 25 MB');
    await expect(readJob(at(large))).rejects.toThrow(UserError);
  });
});

describe('CircleCI', () => {
  test('compares as a laptop does: with the merge base', async () => {
    const job = await readJob(CIRCLE);
    expect(job).toMatchObject({ host: 'CircleCI', heads: ['a'.repeat(40)], bases: [], pullRequest: undefined });
    expect(job?.runUrl).toBe('https://circleci.com/gh/acme/shop/12');
  });

  test('names the page of a pull request on GitHub, or on an Enterprise server', async () => {
    const shop = { owner: 'acme', repo: 'shop' };
    expect(await onCircle('https://github.com/acme/shop/pull/7')).toEqual({
      apiUrl: 'https://api.github.com',
      ...shop,
      number: 7,
      measured: 'a'.repeat(40),
    });
    expect(await onCircle('https://ghe.test/acme/shop/pull/7')).toEqual({
      apiUrl: 'https://ghe.test/api/v3',
      ...shop,
      number: 7,
      measured: 'a'.repeat(40),
    });
    const api = { GITHUB_API_URL: 'https://api.acme.ghe.com' };
    expect((await onCircle('https://acme.ghe.com/acme/shop/pull/7', api))?.apiUrl).toBe('https://api.acme.ghe.com');
  });

  test.each(['git@github.com:acme/shop.git', 'https://github.com/acme/shop', 'https://github.com/acme/shop.git'])(
    'that names no pull request is one of the branch and commit, in %s',
    async (url) => {
      const job = await readJob({ ...CIRCLE, CIRCLE_REPOSITORY_URL: url });
      const head = { commit: 'a'.repeat(40), owner: 'acme', repository: 'acme/shop', branch: 'faster' };
      expect(job?.pullRequest).toEqual({ apiUrl: 'https://api.github.com', owner: 'acme', repo: 'shop', head });
      // That of a tag has no branch.
      const ofTag = await readJob({ ...CIRCLE, CIRCLE_BRANCH: '', CIRCLE_REPOSITORY_URL: url });
      expect(ofTag?.pullRequest).toBeUndefined();
    },
  );

  test('elsewhere than on github.com is no such one', async () => {
    for (const url of [
      'git@bitbucket.org:acme/shop.git',
      'https://github.com.evil.test/acme/shop',
      'git@github.com:shop',
    ]) {
      expect((await readJob({ ...CIRCLE, CIRCLE_REPOSITORY_URL: url }))?.pullRequest).toBeUndefined();
    }
  });

  test.each([
    'https://bitbucket.org/acme/shop/pull-requests/7',
    'http://github.com/acme/shop/pull/7',
    'https://github.com/acme/shop/pull/7/files',
    'https://ann:secret@github.com/acme/shop/pull/7',
    'https://github.com/acme/shop/pull/0',
    '',
  ])('takes %j for no pull request', async (page) => {
    expect(await onCircle(page)).toBeUndefined();
  });
});
