/** Whose code a job runs: in jobs with the rights of the repository, its own alone. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { github } from '../../src/ci/github.ts';
import { assertMayMeasureHere, assertOwnCode } from '../../src/ci/own-code.ts';
import { commit, git, newRepository, open, removeTemporaryDirectories, temporaryDirectory } from '../git/fixture.ts';
import { testWorld } from '../support/world.ts';
import { EVENTS, environment } from './events.ts';

let origin: string;
/** The directory of a server's repositories, with acme/shop as a copy of it. */
let server: string;
let first: string;
let main: string;
let release: string;
/** What GitHub keeps of a fork's pull request. */
let foreign: string;

beforeAll(() => {
  origin = newRepository();
  first = git(origin, 'rev-parse', 'HEAD');
  commit(origin, { 'a.go': 'package main\n' });
  main = commit(origin, { 'b.go': 'package main\n' });
  git(origin, 'checkout', '--quiet', '-b', 'release');
  release = commit(origin, { 'c.go': 'package main\n' });
  git(origin, 'tag', '-a', 'v1', '-m', 'v1');
  git(origin, 'checkout', '--quiet', '-b', 'theirs', first);
  foreign = commit(origin, { 'evil.go': 'package main\n' });
  git(origin, 'update-ref', 'refs/pull/7/head', foreign);
  git(origin, 'checkout', '--quiet', 'main');
  git(origin, 'branch', '--quiet', '-D', 'theirs');
  server = temporaryDirectory();
  git(server, 'clone', '--quiet', '--mirror', origin, join(server, 'acme', 'shop'));
});
afterAll(removeTemporaryDirectories);

function checkout(ref: string, ...depth: string[]): string {
  const clone = temporaryDirectory();
  git(clone, 'init', '--quiet');
  git(clone, 'fetch', '--quiet', '--no-tags', ...depth, origin, ref);
  git(clone, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
  return clone;
}

const jobEnvironment = (event: keyof typeof EVENTS) =>
  environment({
    GITHUB_EVENT_NAME: EVENTS[event].name,
    GITHUB_SHA: main,
    GITHUB_SERVER_URL: pathToFileURL(server).href,
  });
const jobOf = (event: keyof typeof EVENTS) => github.read(jobEnvironment(event), JSON.stringify(EVENTS[event].payload));
const judge = async (event: keyof typeof EVENTS, clone: string, ...refs: string[]) =>
  assertOwnCode(await open(clone), jobOf(event), refs);

const refusal = { message: expect.stringMatching(/^[0-9a-f]{7} is neither the commit of this event nor on a branch/) };

describe.each(['issueComment', 'workflowRunOfPush'] as const)('on %s', (event) => {
  test('the code of a pull request is refused, wherever it is named and however much was fetched', async () => {
    await expect(judge(event, checkout(foreign))).rejects.toMatchObject(refusal);
    await expect(judge(event, checkout(foreign, '--depth=1'))).rejects.toMatchObject(refusal);
    const clone = checkout(main);
    git(clone, 'fetch', '--quiet', origin, 'refs/pull/7/head:refs/remotes/origin/looks-ours');
    await expect(judge(event, clone, 'origin/looks-ours')).rejects.toMatchObject(refusal);
    // A fork that is called origin.
    git(clone, 'remote', 'add', 'origin', clone);
    await expect(judge(event, clone, foreign)).rejects.toMatchObject(refusal);
  });

  test('the commit of the event, what is before it, and what is on branches and tags, is not', async () => {
    await judge(event, checkout(main, '--depth=1'));
    await judge(event, checkout(main), first, 'HEAD~1');
    await judge(event, checkout('refs/heads/release', '--depth=1'));
    await judge(event, checkout('refs/tags/v1', '--depth=1'), release);
    await judge(event, checkout(first));
  });
});

test('an older commit of the default branch is known by its history, also in a clone of one commit', async () => {
  const clone = checkout(git(origin, 'rev-parse', `${main}~1`), '--depth=1');
  const job = jobOf('schedule');
  const own = { ...job.own!, commits: [] };
  await assertOwnCode(await open(clone), { ...job, own }, []);
  await expect(
    assertOwnCode(await open(clone), { ...job, own: { ...own, repositoryUrl: undefined } }, []),
  ).rejects.toMatchObject(refusal);
});

test.each(['pullRequest', 'review'] as const)('on %s the job has only the rights of the author', async (event) => {
  await judge(event, checkout(foreign));
});

test('the command line asks too, and a person may say that anybody’s code is welcome', async () => {
  const world = testWorld(checkout(foreign), { env: { ...jobEnvironment('unknown'), GITHUB_EVENT_PATH: '' } });
  await expect(assertMayMeasureHere(world, false, [])).rejects.toMatchObject(refusal);
  await assertMayMeasureHere(world, true, []);
  await assertMayMeasureHere({ ...world, env: {} }, false, []);
});
